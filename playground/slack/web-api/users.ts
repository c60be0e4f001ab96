import type { JsonRecord } from '../json.ts'
import { isTrue, type Method, type Methods, needed, page, Refused } from './method.ts'
import { wireUser } from './wire.ts'

const groupsRead = () => ['usergroups:read']
const usersRead = () => ['users:read']

const usersInfo: Method = {
  tier: 4,
  scopes: usersRead,
  run(args, host) {
    const person = host.people.get(needed(args, 'user'))
    if (!person) throw new Refused('user_not_found')
    return { user: wireUser(person, host) }
  },
}

const lookupByEmail: Method = {
  tier: 3,
  scopes: () => ['users:read.email'],
  run(args, host) {
    const email = needed(args, 'email')
    const person = [...host.people.values()].find((one) => one.email === email && !one.deleted)
    if (!person) throw new Refused('users_not_found')
    return { user: wireUser(person, host) }
  },
}

function groupMembers(args: JsonRecord, users: readonly string[]): JsonRecord {
  return isTrue(args['include_users']) ? { users } : {}
}

export const userMethods: Methods = {
  'users.info': usersInfo,
  'users.lookupByEmail': lookupByEmail,
  'users.list': {
    tier: 2,
    scopes: usersRead,
    run(args, host) {
      const { items, next } = page([...host.people.values()], args, 1000)
      return {
        members: items.map((person) => wireUser(person, host)),
        response_metadata: { next_cursor: next },
      }
    },
  },
  'usergroups.list': {
    tier: 2,
    scopes: groupsRead,
    run: (args, host) => ({
      usergroups: [...host.usergroups.values()].map((group) => ({
        id: group.id,
        team_id: host.team.id,
        is_usergroup: true,
        name: group.name ?? group.handle,
        handle: group.handle,
        date_delete: 0,
        user_count: group.users.length,
        ...groupMembers(args, group.users),
      })),
    }),
  },
  'usergroups.users.list': {
    tier: 2,
    scopes: groupsRead,
    run(args, host) {
      const group = host.usergroups.get(needed(args, 'usergroup'))
      if (!group) throw new Refused('no_such_subteam')
      return { users: group.users }
    },
  },
}
