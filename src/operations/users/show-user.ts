import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import { labelOf } from '../../core/directory.ts'
import type { User, UserGroup } from '../../core/directory.ts'
import { pool, user } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Answer, Fact, Part } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { spanOf } from '../../core/span.ts'
import { factorList, factorsOf, secondFactors } from '../../domain/user/factors.ts'
import { groupList } from '../../domain/user/groups.ts'
import { helpFor } from '../../domain/user/help.ts'
import { entryText, entryTitle, isTelling, passwordSetAt } from '../../domain/user/history.ts'
import { helpLinks } from '../../domain/user/links.ts'
import { sessionCount } from '../../domain/user/sessions.ts'
import { userCase } from '../../domain/user/user-plan.ts'

const MOST_ENTRIES = 10

export const showUser = query({
  name: 'show-user',
  title: 'User',
  summary: 'Show how a user stands and what would help them now.',
  input: z.object({ pool: pool(), user: user() }),
  examples: [
    {
      typed: 'show-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async answer(input, look): Promise<Answer> {
    const { pool: place, user: who, seen } = await userCase(input, look)
    const [groups, factors, sessions, history] = await Promise.all([
      orWhy(look.userGroups(place.id, who.username)),
      orWhy(look.factors(who)),
      orWhy(look.sessions(who)),
      look.history({ pool: place.id, target: who.username }),
    ])
    const mfa = factors.got ? secondFactors(factors.got) : seen.mfa
    const help = helpFor({ ...seen, mfa }, place, look.now(), passwordSetAt(history))
    const signIns = sessions.got?.tracked === true && sessions.got.rows.length > 0
    return {
      heading: labelOf(seen),
      facts: [
        { term: 'State', text: help.state },
        ...contactsOf(seen),
        { term: 'Username', text: seen.username },
        { term: 'Second factors', text: factorsOf(seen) },
        {
          term: 'Signs in with',
          text: factors.got ? factorList(factors.got.configured) : factors.why,
        },
        { term: 'Groups', text: groups.got ? groupsIn(groups.got, look) : groups.why },
        { term: 'Sign-ins', text: sessions.got ? sessionCount(sessions.got) : sessions.why },
        ...datesOf(seen, look.now()),
      ],
      parts: [attributesOf(seen), lately(history, look.seesPersonalData(place))].filter(
        (part) => part.facts.length > 0,
      ),
      ...(help.first.length === 0 ? { note: 'Nothing here can help this user now.' } : {}),
      links: helpLinks(help, who, signIns),
      about: { pool: place.id, target: who.username },
    }
  },
})

type Got<T> = { readonly got: T; readonly why: '' } | { readonly got?: never; readonly why: string }

/** A part that cannot be read does not keep the rest from being shown. */
async function orWhy<T>(reading: Promise<T>): Promise<Got<T>> {
  try {
    return { got: await reading, why: '' }
  } catch (error) {
    if (error instanceof CloudFault) return { why: `Could not be read. ${error.message}` }
    throw error
  }
}

function contactsOf({ email, emailVerified, phone, phoneVerified }: User): readonly Fact[] {
  return [
    { term: 'E-mail address', text: contact(email, emailVerified) },
    { term: 'Phone number', text: contact(phone, phoneVerified) },
  ]
}

function contact(value: string | undefined, verified: boolean): string {
  return value === undefined ? 'None' : `${value} (${verified ? 'verified' : 'not verified'})`
}

function groupsIn(groups: readonly UserGroup[], { inventory }: Look): string {
  const guarded = groups.some(({ name }) => inventory.protectedGroups.includes(name))
  return guarded ? `${groupList(groups)}. Protected: changes need approval.` : groupList(groups)
}

function datesOf({ createdAt, modifiedAt }: User, now: number): readonly Fact[] {
  const ago = (at: Date) => `${spanOf(Math.max(0, now - at.getTime()))} ago`
  return [
    ...(createdAt ? [{ term: 'Created', text: ago(createdAt) }] : []),
    ...(modifiedAt ? [{ term: 'Last changed', text: ago(modifiedAt) }] : []),
  ]
}

/** Shown above already. */
const SHOWN = new Set(['email', 'email_verified', 'phone_number', 'phone_number_verified'])

function attributesOf({ attributes = {} }: User): Part {
  const facts = Object.entries(attributes)
    .filter(([name]) => !SHOWN.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([term, value]) => ({ term, text: value }))
  return { heading: 'Attributes', facts }
}

function lately(history: Awaited<ReturnType<Look['history']>>, whole: boolean): Part {
  const facts = history
    .filter(isTelling)
    .slice(0, MOST_ENTRIES)
    .map((entry) => ({ term: entryTitle(entry), text: entryText(entry, whole), by: entry.actor }))
  return { heading: 'Lately, through Lifeguard', facts }
}
