import { fileURLToPath } from 'node:url'
import type { Channel, Person, Usergroup } from './slack/types.ts'

export interface Persona {
  readonly person: Person
  /** What this person is here to show, in a few words. */
  readonly role: string
}

export const team = { id: 'T0LOCAL', domain: 'local', name: 'Example Company' }

export const personas: readonly Persona[] = [
  {
    person: { id: 'U0ADA', name: 'ada', real_name: 'Ada Lovelace', title: 'Customer support' },
    role: 'Asks for resets',
  },
  {
    person: { id: 'U0GRACE', name: 'grace', real_name: 'Grace Hopper', title: 'Cognito admin' },
    role: 'Approves',
  },
  {
    person: {
      id: 'U0KATHERINE',
      name: 'katherine',
      real_name: 'Katherine Johnson',
      title: 'Cognito admin',
    },
    role: 'Approves',
  },
  {
    person: { id: 'U0MARGARET', name: 'margaret', real_name: 'Margaret Hamilton', title: 'Lead' },
    role: 'May break the glass',
  },
  {
    person: { id: 'U0LINUS', name: 'linus', real_name: 'Linus Larsson', title: 'Platform' },
    role: 'Runs the pools',
  },
  {
    person: { id: 'U0MALLORY', name: 'mallory', real_name: 'Mallory Moss', title: 'Contractor' },
    role: 'May do nothing',
  },
  {
    person: { id: 'U0GUS', name: 'gus', real_name: 'Gus Guest', is_restricted: true },
    role: 'Is not let in',
  },
]

export const usergroups: readonly Usergroup[] = [
  {
    id: 'S0SUPPORT',
    handle: 'support',
    name: 'Support',
    users: ['U0ADA', 'U0MARGARET', 'U0MALLORY'],
  },
  {
    id: 'S0ADMINS',
    handle: 'cognito-admins',
    name: 'Cognito admins',
    users: ['U0GRACE', 'U0KATHERINE'],
  },
  { id: 'S0LEADS', handle: 'support-leads', name: 'Support leads', users: ['U0MARGARET'] },
  { id: 'S0PLATFORM', handle: 'platform', name: 'Platform', users: ['U0LINUS'] },
  { id: 'S0CONTRACT', handle: 'contractors', name: 'Contractors', users: ['U0MALLORY'] },
]

const everybody = personas.map((persona) => persona.person.id)
const members = everybody.filter((id) => id !== 'U0GUS')

export const channels: readonly Channel[] = [
  { id: 'C0SUPPORT', name: 'support', members: everybody },
  { id: 'C0APPROVE', name: 'lifeguard-approvals', members },
  { id: 'C0AUDIT', name: 'lifeguard-audit', members },
]

export const auditChannel = 'C0AUDIT'
export const approvalsChannel = 'C0APPROVE'

/** The bot's lifeguard.yml for this world; its policy lies beside it. */
export const configPath = fileURLToPath(new URL('world/lifeguard.yml', import.meta.url))

export const manifestPath = fileURLToPath(new URL('../manifest.yml', import.meta.url))

export const region = 'eu-west-1'

/** Commands worth a first try, offered on the page. */
export const suggestions: readonly string[] = [
  '/cognito help',
  '/cognito reset-password staging-customers grace@example.com',
  '/cognito reset-password customers alan@example.com',
  '/cognito show-user staging-customers katherine@example.com',
  '/cognito show-pool customers',
  '/cognito update-pool dev-customers password_policy',
  '/cognito requests',
]
