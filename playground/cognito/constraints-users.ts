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

  AdminListUserAuthEvents: structure({
    UserPoolId,
    Username,
    MaxResults: optional(Limit),
    NextToken: optional(SearchToken),
  }),
  AdminListDevices: structure({
    UserPoolId,
    Username,
    Limit: optional(Limit),
    PaginationToken: optional(SearchToken),
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
