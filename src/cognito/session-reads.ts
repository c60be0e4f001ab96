import {
  AdminListUserSessionsCommand,
  GetUserPoolSessionConfigurationCommand,
  type SessionDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider'
import { CloudFault } from '../core/cloud-fault.ts'
import type { Sessions, User, UserSession } from '../core/directory.ts'
import { send, type Wire } from './call.ts'
import { pagesOf } from './paging.ts'

/** Of 125 sessions each: more than a pool lets one user have, were no page empty. */
const MOST_PAGES = 10

const NOT_TRACKED = 'This pool does not remember who is signed in: session tracking is off.'

/** Tracking is off by default, and a lower tier has none: that is an answer, not a failure. */
export async function readSessions(wire: Wire, user: User): Promise<Sessions> {
  const UserPoolId = user.pool.id
  try {
    const configuration = await send(
      wire,
      'GetUserPoolSessionConfiguration',
      new GetUserPoolSessionConfigurationCommand({ UserPoolId }),
    )
    if (configuration.UserSessionTracking !== 'ENABLED') return { tracked: false, why: NOT_TRACKED }
    return { tracked: true, ...(await sessionPages(wire, user)) }
  } catch (error) {
    if (error instanceof CloudFault && UNAVAILABLE.has(error.code))
      return { tracked: false, why: 'The tier of this pool does not remember who is signed in.' }
    throw error
  }
}

const UNAVAILABLE = new Set([
  'FeatureUnavailableInTierException',
  'InvalidUserPoolConfigurationException',
  'UserPoolAddOnNotEnabledException',
])

async function sessionPages(wire: Wire, { pool, username }: User) {
  return pagesOf(async (NextToken) => {
    const input = { UserPoolId: pool.id, Username: username, NextToken }
    const answer = await send(
      wire,
      'AdminListUserSessions',
      new AdminListUserSessionsCommand(input),
    )
    return [(answer.Sessions ?? []).map(sessionOf), answer.NextToken]
  }, MOST_PAGES)
}

function sessionOf(session: SessionDescriptionType): UserSession {
  const { City, Country } = session.LastLocation ?? {}
  const place = [City, Country].filter(Boolean).join(', ')
  return {
    id: session.SessionId ?? '',
    createdAt: session.CreateDate,
    lastSeenAt: session.LastActiveDate,
    where: [session.DeviceType, place, session.LastIPAddress].filter(Boolean).join(' · '),
  }
}
