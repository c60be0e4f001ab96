import type { Json } from '../../core/canonical.ts'
import type { Difference } from './difference.ts'
import { plainText } from './paths.ts'

type Says = (before: Json | undefined, after: Json | undefined) => string | undefined

const numberIn = (value: Json | undefined) => (typeof value === 'number' ? value : undefined)

const TIERS = ['LITE', 'ESSENTIALS', 'PLUS']

/** What follows from a change beyond the setting itself: what a person would want to know before. */
const CONSEQUENCES: Readonly<Record<string, Says>> = {
  'Policies.PasswordPolicy.TemporaryPasswordValidityDays': (before, after) => {
    const [was, is] = [numberIn(before) ?? 7, numberIn(after) ?? 7]
    return is > was
      ? 'A longer validity does not revive temporary passwords that have expired: those users need a new invitation.'
      : 'A shorter validity may end invitations that were sent and not used yet.'
  },
  'Policies.PasswordPolicy.MinimumLength': (before, after) =>
    (numberIn(after) ?? 0) < (numberIn(before) ?? 0)
      ? 'Shorter passwords are easier to guess.'
      : 'Passwords that people have now stay as they are; the rule counts when one is set.',
  'Policies.PasswordPolicy.PasswordHistorySize': () =>
    'It counts for passwords that are set from now on.',
  DeletionProtection: (_before, after) =>
    after === 'INACTIVE'
      ? 'Without deletion protection one call deletes the pool with all its users.'
      : undefined,
  MfaConfiguration: (_before, after) => {
    if (after === 'ON')
      return 'Users who have no second factor yet have to set one up at their next sign-in.'
    return after === 'OFF'
      ? 'Second factors that users have set up are no longer asked for.'
      : undefined
  },
  UserPoolTier: (before, after) =>
    TIERS.indexOf(plainText(after)) < TIERS.indexOf(plainText(before))
      ? 'A lower tier loses features that are in use, and AWS may refuse it while they are on.'
      : 'A higher tier costs more for each active user.',
  'AdminCreateUserConfig.AllowAdminCreateUserOnly': (_before, after) =>
    after === true
      ? 'People can no longer sign up by themselves.'
      : 'Anybody who reaches the app can sign up.',
  'AccountRecoverySetting.RecoveryMechanisms': () =>
    'Who cannot be reached this way can no longer reset a password without help.',
  AutoVerifiedAttributes: () =>
    'It counts for people who sign up or change the attribute from now on.',
  'Policies.SignInPolicy.AllowedFirstAuthFactors': () =>
    'Apps have to support what people may begin with.',
  'EmailConfiguration.EmailSendingAccount': (_before, after) =>
    after === 'COGNITO_DEFAULT' ? 'Cognito itself sends 50 e-mails a day at most.' : undefined,
  'DcrConfiguration.EnableStatus': (_before, after) =>
    after === 'Enabled' ? 'Programs can register themselves as apps of this pool.' : undefined,
  'LambdaConfig.KMSKeyID': (_before, after) =>
    after === undefined
      ? undefined
      : 'Cognito encrypts the codes with this key, and the senders have to be allowed to decrypt with it.',
  'UserPoolAddOns.AdvancedSecurityMode': (_before, after) =>
    after === 'ENFORCED' ? 'Sign-ins that look risky may be blocked.' : undefined,
  'IssuerConfiguration.Type': () =>
    'Apps that check the issuer of tokens have to expect the new one.',
}

/** Settings of one parent share a consequence. */
const PARENTS: Readonly<Record<string, Says>> = {
  LambdaConfig: (_before, after) =>
    after === undefined
      ? undefined
      : 'Cognito needs permission to invoke the function: a resource policy on the Lambda.',
  DeviceConfiguration: (before) =>
    before === undefined ? 'This turns device remembering on for the whole pool.' : undefined,
  SmsConfiguration: () => 'AWS checks that the role may be passed and used, and may refuse.',
}

/** Each consequence once. */
export function consequencesOf(changed: readonly Difference[]): readonly string[] {
  const said = changed.flatMap(({ path, before, after }) => {
    const parent = path.split('.')[0] ?? path
    return CONSEQUENCES[path]?.(before, after) ?? PARENTS[parent]?.(before, after) ?? []
  })
  return [...new Set(said)]
}
