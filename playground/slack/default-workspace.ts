import type { Channel, Person, Team, Usergroup } from './types.ts'

export const defaultTeam: Team = { id: 'T0LOCAL', domain: 'local', name: 'Local' }

export const defaultUsers: readonly Person[] = [
  { id: 'U0ADA', name: 'ada', real_name: 'Ada Lovelace', title: 'Platform', is_admin: true },
  { id: 'U0GRACE', name: 'grace', real_name: 'Grace Hopper', title: 'Platform' },
  { id: 'U0SAM', name: 'sam', real_name: 'Sam Rivera', title: 'Support' },
  { id: 'U0LIN', name: 'lin', real_name: 'Lin Chen', title: 'Engineering' },
  { id: 'U0CARL', name: 'carl', real_name: 'Carl Jensen', title: 'Contractor' },
  { id: 'U0GUS', name: 'gus', real_name: 'Gus Moreno', title: 'Guest', is_restricted: true },
].map((person) => ({ email: `${person.name}@example.com`, ...person }))

const everyone = defaultUsers.map((person) => person.id)
const staff = everyone.filter((id) => id !== 'U0GUS')

export const defaultUsergroups: readonly Usergroup[] = [
  { id: 'S0SUPPORT', handle: 'support', name: 'Support', users: ['U0SAM', 'U0LIN'] },
  { id: 'S0ADMINS', handle: 'cognito-admins', name: 'Cognito admins', users: ['U0ADA', 'U0GRACE'] },
]

export const defaultChannels: readonly Channel[] = [
  { id: 'C0GENERAL', name: 'general', members: everyone },
  { id: 'C0APPROVE', name: 'cognito-approvals', members: staff },
  { id: 'C0AUDIT', name: 'cognito-audit', members: staff },
]
