import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { page } from './pages.ts'
import type { Group, Pool } from './pool.ts'
import { invalidParameter, notFound } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import { userOf } from './names.ts'
import type { Call } from './state.ts'
import { userAnswer } from './users.ts'

export function listGroups(input: Input<'ListGroups'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  return groupPage('ListGroups', input, call, pool, [...pool.groups.values()])
}

export function getGroup(input: Input<'GetGroup'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  return { Group: groupAnswer(pool, groupOf(pool, input.GroupName)) }
}

function groupOf(pool: Pool, name: string): Group {
  const group = pool.groups.get(name)
  if (group) return group
  throw notFound('Group not found.')
}

export function listUsersInGroup(input: Input<'ListUsersInGroup'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const { name } = groupOf(pool, input.GroupName)
  const members = [...pool.users.touched()].filter((user) => user.groups.has(name))
  const { NextToken: token, ...parameters } = input
  const request = { operation: 'ListUsersInGroup', parameters, token, limit: input.Limit }
  const found = page(call, request, (seq) => members.filter((user) => user.seq > seq))
  return {
    Users: found.items.map((user) => userAnswer(user)),
    ...(found.token && { NextToken: found.token }),
  }
}

export function adminListGroupsForUser(
  input: Input<'AdminListGroupsForUser'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  const groups = [...pool.groups.values()].filter(({ name }) => user.groups.has(name))
  return groupPage('AdminListGroupsForUser', input, call, pool, groups)
}

export function adminAddUserToGroup(input: Input<'AdminAddUserToGroup'>, call: Call): undefined {
  changeMembership(input, call, true)
}

export function adminRemoveUserFromGroup(
  input: Input<'AdminRemoveUserFromGroup'>,
  call: Call,
): undefined {
  changeMembership(input, call, false)
}

function changeMembership(input: Input<'AdminAddUserToGroup'>, call: Call, member: boolean): void {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  groupOf(pool, input.GroupName)
  const repeated = user.groups.has(input.GroupName) === member
  if (repeated && call.state.switches.repeatedMembership === 'refuse')
    throw invalidParameter(member ? 'User is already in the group.' : 'User is not in the group.')
  const change = () => {
    if (member) user.groups.add(input.GroupName)
    else user.groups.delete(input.GroupName)
  }
  changeUser(call.state, pool, user, change, false)
}

function groupPage(
  operation: string,
  input: Input<'ListGroups'>,
  call: Call,
  pool: Pool,
  groups: readonly Group[],
): JsonObject {
  const { NextToken: token, ...parameters } = input
  const request = { operation, parameters, token, limit: input.Limit }
  const found = page(call, request, (seq) => groups.filter((group) => group.seq > seq))
  return {
    Groups: found.items.map((group) => groupAnswer(pool, group)),
    ...(found.token && { NextToken: found.token }),
  }
}

const groupAnswer = (pool: Pool, group: Group): JsonObject => ({
  GroupName: group.name,
  UserPoolId: pool.id,
  ...(group.description !== undefined && { Description: group.description }),
  ...(group.roleArn !== undefined && { RoleArn: group.roleArn }),
  ...(group.precedence !== undefined && { Precedence: group.precedence }),
  LastModifiedDate: epochSeconds(group.modifiedAt),
  CreationDate: epochSeconds(group.createdAt),
})
