type Refusal = readonly [type: string, message: string, status: number]

/** Refusals of writes to a pool that depend on what lies outside Cognito. */
export const poolRefusals = {
  'sms-role-access': [
    'InvalidSmsRoleAccessPolicyException',
    'Role does not have permission to publish with SNS',
    400,
  ],
  'sms-role-trust': [
    'InvalidSmsRoleTrustRelationshipException',
    'Role does not have a trust relationship allowing Cognito to assume the role',
    400,
  ],
  'email-role-access': [
    'InvalidEmailRoleAccessPolicyException',
    'Cognito is not allowed to use your email identity',
    400,
  ],
  'limit-exceeded': ['LimitExceededException', 'Exceeded user pools limit for account.', 400],
  'tier-change': ['TierChangeNotAllowedException', 'The feature plan cannot be changed.', 400],
  'user-import': ['UserImportInProgressException', 'A user import job is in progress.', 400],
  tagging: ['UserPoolTaggingException', 'The tags of the user pool cannot be set.', 400],
} as const satisfies Record<string, Refusal>
