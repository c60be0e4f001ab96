import { z } from 'zod'
import type { PoolProfile, User } from '../../core/directory.ts'
import { carried, choice, kept, pool, reason, text, toggle } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Advice, Outcome, Plan, Values } from '../../core/operation.ts'
import type { Act } from '../../core/ports.ts'
import { temporaryPassword } from '../../domain/password.ts'
import { userNamed } from '../../domain/user/conflicts.ts'
import { userCreation } from '../../domain/user/create.ts'
import type { UserCreation } from '../../domain/user/create.ts'
import {
  alreadyMade,
  contactsHeld,
  fieldsFor,
  isOurs,
  notesOn,
  USUAL_FIELDS,
  STANDARD_NAMES,
} from '../../domain/user/new-user.ts'

const METHODS = [
  {
    value: 'email',
    label: 'Invitation by e-mail',
    description: 'Cognito mails a temporary password. No colleague sees it.',
  },
  {
    value: 'temporary',
    label: 'Temporary password',
    description: 'Shown once, to you. Cognito sends no message.',
  },
  {
    value: 'sms',
    label: 'Invitation by SMS',
    description: 'Cognito texts a temporary password. It costs money.',
  },
] as const

/** Attributes that a pool may require, each with a field that only such a pool shows. */
const standard = (label: string) => text(label, { missing: 'Leave it out.', most: 2048 }).optional()

interface Creation extends Plan {
  readonly profile: PoolProfile
  readonly creation: UserCreation
  /** Made by an earlier attempt of the same request, whose password nobody has seen. */
  readonly made: User | undefined
  readonly length: number
}

export const createUser = mutation({
  name: 'create-user',
  title: 'Create a user',
  button: 'Create',
  summary: 'Create a user and invite them by e-mail, or get a temporary password shown once.',
  risk: 'support',
  input: z.object({
    pool: pool(),
    username: text('Username', {
      missing: 'Give the user a username.',
      most: 128,
      hint: 'It cannot be changed later.',
    }).optional(),
    email: text('E-mail address', { missing: 'Give an e-mail address.', most: 320 }).optional(),
    email_verified: toggle(
      'Their address?',
      'Mark the e-mail address as verified',
      'Reset codes go there.',
    ),
    phone_number: text('Phone number', {
      missing: 'Give a phone number.',
      most: 16,
      placeholder: '+353871234567',
    }).optional(),
    phone_number_verified: toggle('Their number?', 'Mark the phone number as verified'),
    name: text('Name', { missing: 'Give a name.', most: 2048 }).optional(),
    given_name: standard('Given name'),
    family_name: standard('Family name'),
    middle_name: standard('Middle name'),
    nickname: standard('Nickname'),
    preferred_username: standard('Preferred username'),
    profile: standard('Profile page'),
    picture: standard('Picture'),
    website: standard('Website'),
    gender: standard('Gender'),
    birthdate: standard('Date of birth'),
    zoneinfo: standard('Time zone'),
    locale: standard('Language'),
    address: standard('Address'),
    attributes: text('Further attributes', {
      missing: 'Leave it out.',
      most: 3000,
      lines: 'many',
      placeholder: 'custom:plan=gold',
      hint: 'One name=value a line.',
    }).optional(),
    method: choice('How the user gets in', METHODS),
    reason: reason(),
    asks: carried(500).optional(),
    sent: kept(z.record(z.string(), z.string())),
  }),
  attributes: ['method'],
  words: ['pool', 'email'],
  examples: [
    {
      typed: 'create-user customers ada@example.com',
      means: { pool: 'customers', email: 'ada@example.com' },
    },
  ],

  shows({ asks }) {
    const asked = typeof asks === 'string' ? asks.split(' ') : USUAL_FIELDS
    return ['pool', ...asked, 'attributes', 'method', 'reason']
  },

  prefill(values, { snapshots: { pool: snapshot } }, chosen): Values {
    return {
      // Ticked from the start, in plain sight; whoever unticks it finds it so.
      email_verified: chosen === undefined ? true : values['email_verified'],
      ...(snapshot ? { asks: fieldsFor(snapshot).join(' ') } : {}),
    }
  },

  advise: ({ snapshots: { pool: snapshot } }): Advice => ({
    notes: snapshot ? notesOn(snapshot) : [],
  }),

  async plan(input, look): Promise<Creation> {
    const [profile, snapshot] = await Promise.all([
      look.pool(input.pool),
      look.described(input.pool),
    ])
    const given = Object.fromEntries(
      ['email', 'phone_number', 'name', ...STANDARD_NAMES].map((name) => [
        name,
        textIn(input, name),
      ]),
    )
    const creation = userCreation(snapshot, {
      username: input.username,
      given,
      lines: input.attributes ?? '',
      verified: { email: input.email_verified, phone_number: input.phone_number_verified },
      method: input.method,
    })
    const made = await alreadyMade(creation, look)
    const shared = made ? [] : await contactsHeld(creation, snapshot, look)
    const { username, attributes } = creation.draft
    return {
      pool: profile,
      target: {
        name: username,
        // Cognito gives the sub; until then the name is all there is.
        id: `new:${profile.id}:${username}`,
        label: creation.label,
        emails: input.email === undefined ? [] : [input.email],
      },
      facts: [
        { term: 'New user', text: creation.label },
        {
          term: 'Now',
          text: made ? 'This request has created the user.' : 'Nobody has this name.',
          state: true,
        },
        { term: 'What happens', text: happens(input.method, creation, profile) },
        ...creation.facts,
      ],
      warnings: [...creation.warnings, ...shared],
      secret: input.method === 'temporary',
      keep: { ...input, sent: attributes },
      profile,
      creation,
      made,
      length: look.inventory.passwordLength,
    }
  },

  async apply(plan, act): Promise<Outcome> {
    const { draft } = plan.creation
    if (draft.invitation === 'none') return withPassword(plan, act)
    const username = await act.createUser(draft)
    const to =
      draft.invitation === 'SMS' ? draft.attributes['phone_number'] : draft.attributes['email']
    return {
      sentence: `${plan.target.label} is created, and Cognito has sent an invitation to ${to ?? username}.`,
      notes: [`Its temporary password works for ${daysOf(plan.profile.temporaryPasswordDays)}.`],
      facts: [{ term: 'Username', text: username }],
      links: [
        {
          label: 'Show user',
          operation: 'show-user',
          values: { pool: plan.pool.id, user: username },
        },
      ],
    }
  },

  async resolve(values, { pool: id, target, since }, reads) {
    // Twice: a user who was made just now may be missed once.
    const found = (await userNamed(reads, id, target)) ?? (await userNamed(reads, id, target))
    if (!found) return 'not-applied'
    const sent = z.record(z.string(), z.string()).parse(values['sent'])
    return isOurs(found, sent, since) ? 'applied' : 'not-applied'
  },
})

function textIn(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

function happens(
  method: (typeof METHODS)[number]['value'],
  { draft: { attributes } }: UserCreation,
  { temporaryPasswordDays }: PoolProfile,
): string {
  const works = `It works for ${daysOf(temporaryPasswordDays)}.`
  switch (method) {
    case 'email':
      return `Cognito mails a temporary password to ${attributes['email'] ?? ''}. ${works}`
    case 'sms':
      return `Cognito texts a temporary password to ${attributes['phone_number'] ?? ''}. ${works}`
    case 'temporary':
      return `A temporary password is made and shown once, to whoever asks. ${works}`
  }
}

/** A further attempt finds the user made and gives them another password: the first was never seen. */
async function withPassword(plan: Creation, act: Act): Promise<Outcome> {
  const { profile, creation, made, length, target } = plan
  const secret = temporaryPassword(profile.passwordPolicy, length)
  const username = made ? made.username : await act.createUser(creation.draft, secret)
  if (made) await act.setPassword(made, secret, 'temporary')
  return {
    sentence: `${target.label} is created and has a temporary password.`,
    notes: [
      `It works for ${daysOf(profile.temporaryPasswordDays)}, for one sign-in: then the user chooses a new one.`,
    ],
    facts: [{ term: 'Username', text: username }],
    secret,
  }
}

const daysOf = (count: number) => (count === 1 ? '1 day' : `${count} days`)
