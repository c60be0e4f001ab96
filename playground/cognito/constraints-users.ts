import { PageToken, Username, UserPoolId } from './constraint-parts.ts'
import { oneOf, optional, structure, text } from './shapes.ts'

const SessionId = text({ min: 28, max: 28, pattern: '(tkn|sso)[a-z0-9]+' })

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
}
