import { flag, integer, list, oneOf, optional, structure, text } from './shapes.ts'

const name = { min: 1, max: 128, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }
const UserPoolId = text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` })
const Username = text({ ...name, sensitive: true })
const PageToken = text({ min: 1, max: 131_072, pattern: String.raw`[\S]+` })
const user = structure({ UserPoolId, Username })
const preference = optional(structure({ Enabled: optional(flag), PreferredMfa: optional(flag) }))

/** Calls about one user's sessions, factors and attributes. */
export const userRequests = {
  AdminDeleteUserAttributes: structure({
    UserPoolId,
    Username,
    UserAttributeNames: list(
      text({ min: 1, max: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+` }),
    ),
  }),
  AdminGetUserAuthFactors: user,
  AdminDeleteSoftwareToken: user,
  AdminSetUserMFAPreference: structure({
    UserPoolId,
    Username,
    SMSMfaSettings: preference,
    SoftwareTokenMfaSettings: preference,
    EmailMfaSettings: preference,
  }),
  GetUserPoolSessionConfiguration: structure({ UserPoolId }),
  AdminListUserSessions: structure({ UserPoolId, Username, NextToken: optional(PageToken) }),
  AdminRevokeUserSession: structure({
    UserPoolId,
    Username,
    SessionId: text({ min: 28, max: 28, pattern: '(tkn|sso)[0-9a-z]{25}' }),
    RevokeAssociatedSessions: optional(oneOf('NONE', 'LINKED')),
  }),
  ListUsersInGroup: structure({
    UserPoolId,
    GroupName: text(name),
    Limit: optional(integer(0, 60)),
    NextToken: optional(PageToken),
  }),
}
