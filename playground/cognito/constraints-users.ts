import {
  AttributeName,
  GroupName,
  Limit,
  oneUser,
  PageToken,
  Username,
  UserPoolId,
} from './constraint-parts.ts'
import { flag, list, oneOf, optional, structure, text } from './shapes.ts'

const SessionId = text({ min: 28, max: 28, pattern: '(tkn|sso)[a-z0-9]+' })
const mfaSettings = structure({ Enabled: optional(flag), PreferredMfa: optional(flag) })

/** What the API model allows in requests about a user's sessions, factors, history and devices. */
export const userRequests = {
  AdminListUserSessions: structure({ UserPoolId, Username, NextToken: optional(PageToken) }),
  AdminRevokeUserSession: structure({
    UserPoolId,
    Username,
    SessionId,
    RevokeAssociatedSessions: optional(oneOf('NONE', 'LINKED')),
  }),
  GetUserPoolSessionConfiguration: structure({ UserPoolId }),

  AdminDeleteUserAttributes: structure({
    UserPoolId,
    Username,
    UserAttributeNames: list(AttributeName),
  }),

  GetGroup: structure({ UserPoolId, GroupName }),
  ListUsersInGroup: structure({
    UserPoolId,
    GroupName,
    Limit: optional(Limit),
    NextToken: optional(PageToken),
  }),

  AdminGetUserAuthFactors: oneUser,
  AdminDeleteSoftwareToken: oneUser,
  AdminSetUserMFAPreference: structure({
    UserPoolId,
    Username,
    SMSMfaSettings: optional(mfaSettings),
    SoftwareTokenMfaSettings: optional(mfaSettings),
    EmailMfaSettings: optional(mfaSettings),
    WebAuthnMfaSettings: optional(structure({ Enabled: optional(flag) })),
  }),
}
