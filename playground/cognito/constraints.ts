import {
  AttributeName,
  GroupName,
  Limit,
  oneUser,
  PageToken,
  SearchToken,
  Username,
  UserPoolId,
} from './constraint-parts.ts'
import { flag, list, map, oneOf, optional, structure, text } from './shapes.ts'
import type { InputOf } from './shapes.ts'
import { userRequests } from './constraints-users.ts'
import { poolRequests } from './constraints-pools.ts'

/**
 * What the API model of `cognito-idp` allows, as one table. Written apart from the bot's own
 * schemas, so that one mistake does not hide the other.
 */
const Password = text({ max: 256, pattern: String.raw`[\S]+`, sensitive: true, secret: true })
const ClientId = text({ min: 1, max: 128, pattern: String.raw`[\w+]+`, sensitive: true })
const ConfirmationCode = text({ min: 1, max: 2048, pattern: String.raw`[\S]+`, secret: true })
const Session = text({ min: 20, max: 2048, sensitive: true, secret: true })
const SecretHash = text({ min: 1, max: 128, pattern: String.raw`[\w+=/]+`, secret: true })
const plain = text({ max: 131_072 })
const ClientMetadata = map(plain)
const hidden = map(text({ max: 131_072, sensitive: true, secret: true }), { sensitive: true })

const Attribute = structure({
  Name: AttributeName,
  Value: optional(text({ max: 2048, sensitive: true, secret: true })),
})

const AuthFlow = oneOf(
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
)
const ChallengeName = oneOf(
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
)

const membership = structure({ UserPoolId, Username, GroupName })
const metered = structure({ UserPoolId, Username, ClientMetadata: optional(ClientMetadata) })

export const requests = {
  ...poolRequests,
  ...userRequests,

  ListUsers: structure({
    UserPoolId,
    AttributesToGet: optional(list(AttributeName)),
    Limit: optional(Limit),
    PaginationToken: optional(SearchToken),
    Filter: optional(text({ max: 256 })),
  }),
  AdminGetUser: oneUser,
  AdminCreateUser: structure({
    UserPoolId,
    Username,
    UserAttributes: optional(list(Attribute)),
    ValidationData: optional(list(Attribute)),
    TemporaryPassword: optional(Password),
    ForceAliasCreation: optional(flag),
    MessageAction: optional(oneOf('RESEND', 'SUPPRESS')),
    DesiredDeliveryMediums: optional(list(oneOf('SMS', 'EMAIL'))),
    ClientMetadata: optional(ClientMetadata),
  }),
  AdminUpdateUserAttributes: structure({
    UserPoolId,
    Username,
    UserAttributes: list(Attribute),
    ClientMetadata: optional(ClientMetadata),
  }),
  AdminDeleteUser: oneUser,
  AdminConfirmSignUp: metered,
  AdminEnableUser: oneUser,
  AdminDisableUser: oneUser,
  AdminUserGlobalSignOut: oneUser,
  AdminSetUserPassword: structure({ UserPoolId, Username, Password, Permanent: optional(flag) }),
  AdminResetUserPassword: metered,

  ListGroups: structure({ UserPoolId, Limit: optional(Limit), NextToken: optional(PageToken) }),
  AdminListGroupsForUser: structure({
    UserPoolId,
    Username,
    Limit: optional(Limit),
    NextToken: optional(PageToken),
  }),
  AdminAddUserToGroup: membership,
  AdminRemoveUserFromGroup: membership,

  InitiateAuth: structure({
    AuthFlow,
    ClientId,
    AuthParameters: optional(hidden),
    ClientMetadata: optional(ClientMetadata),
  }),
  RespondToAuthChallenge: structure({
    ClientId,
    ChallengeName,
    Session: optional(Session),
    ChallengeResponses: optional(hidden),
    ClientMetadata: optional(ClientMetadata),
  }),
  ConfirmForgotPassword: structure({
    ClientId,
    Username,
    ConfirmationCode,
    Password,
    SecretHash: optional(SecretHash),
    ClientMetadata: optional(ClientMetadata),
  }),
}

export type OperationName = keyof typeof requests
export type Input<Name extends OperationName> = InputOf<(typeof requests)[Name]>
