import {
  AdminGetUserAuthFactorsCommand,
  AdminListGroupsForUserCommand,
  AdminListUserSessionsCommand,
  GetUserPoolSessionConfigurationCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
  type GroupType,
  type SessionDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider'
import { CloudFault } from '../core/cloud-fault.ts'
import type {
  AuthFactors,
  PoolRef,
  Sessions,
  User,
  UserGroup,
  UserSession,
} from '../core/directory.ts'
import { send, type Wire } from './call.ts'

/** The largest page that Cognito gives. */
const PAGE = 60

/** All pages of something: `read` gives one page and the token of the next. */
async function allOf<T>(
  read: (token: string | undefined) => Promise<readonly [readonly T[], string | undefined]>,
): Promise<readonly T[]> {
  const rows: T[] = []
  let token: string | undefined
  do {
    const [page, next] = await read(token)
    rows.push(...page)
    token = next
  } while (token !== undefined)
  return rows
}

function groupOf({ GroupName = '', Description, RoleArn, Precedence }: GroupType): UserGroup {
  return {
    name: GroupName,
    description: Description,
    roleArn: RoleArn,
    precedence: Precedence,
  }
}

/** All groups of a user. */
export async function readUserGroups(wire: Wire, pool: PoolRef, name: string) {
  return allOf(async (NextToken) => {
    const input = { UserPoolId: pool.id, Username: name, Limit: PAGE, NextToken }
    const answer = await send(
      wire,
      'AdminListGroupsForUser',
      new AdminListGroupsForUserCommand(input),
    )
    return [(answer.Groups ?? []).map(groupOf), answer.NextToken]
  })
}

/** All groups of a pool. */
export async function readPoolGroups(wire: Wire, pool: PoolRef) {
  return allOf(async (NextToken) => {
    const input = { UserPoolId: pool.id, Limit: PAGE, NextToken }
    const answer = await send(wire, 'ListGroups', new ListGroupsCommand(input))
    return [(answer.Groups ?? []).map(groupOf), answer.NextToken]
  })
}

/** Usernames of everybody in a group. */
export async function readMembers(wire: Wire, pool: PoolRef, group: string) {
  return allOf(async (NextToken) => {
    const input = { UserPoolId: pool.id, GroupName: group, Limit: PAGE, NextToken }
    const answer = await send(wire, 'ListUsersInGroup', new ListUsersInGroupCommand(input))
    return [(answer.Users ?? []).flatMap(({ Username }) => Username ?? []), answer.NextToken]
  })
}

export async function readFactors(wire: Wire, user: User): Promise<AuthFactors> {
  const input = { UserPoolId: user.pool.id, Username: user.username }
  const answer = await send(
    wire,
    'AdminGetUserAuthFactors',
    new AdminGetUserAuthFactorsCommand(input),
  )
  return {
    configured: answer.ConfiguredUserAuthFactors ?? [],
    mfa: answer.UserMFASettingList ?? [],
    preferred: answer.PreferredMfaSetting,
  }
}

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
    const input = { UserPoolId, Username: user.username }
    const command = new AdminListUserSessionsCommand(input)
    const { Sessions: rows = [], NextToken } = await send(wire, 'AdminListUserSessions', command)
    return { tracked: true, rows: rows.map(sessionOf), complete: NextToken === undefined }
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
