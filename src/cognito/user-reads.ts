import {
  AdminGetUserAuthFactorsCommand,
  AdminListGroupsForUserCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
  type GroupType,
} from '@aws-sdk/client-cognito-identity-provider'
import type { AuthFactors, PoolRef, User, UserGroup } from '../core/directory.ts'
import { send, type Wire } from './call.ts'
import { allPages } from './paging.ts'

/** The largest page that Cognito gives. */
const PAGE = 60

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
  return allPages(async (NextToken) => {
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
  return allPages(async (NextToken) => {
    const input = { UserPoolId: pool.id, Limit: PAGE, NextToken }
    const answer = await send(wire, 'ListGroups', new ListGroupsCommand(input))
    return [(answer.Groups ?? []).map(groupOf), answer.NextToken]
  })
}

/** Usernames of everybody in a group. */
export async function readMembers(wire: Wire, pool: PoolRef, group: string) {
  return allPages(async (NextToken) => {
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
