import { z } from 'zod'
import { labelOf } from '../../core/directory.ts'
import { pool, user } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Answer } from '../../core/operation.ts'
import { revokeLink, sessionCount, sessionRow } from '../../domain/user/sessions.ts'
import { showLink, targetOf, userCase } from '../../domain/user/user-plan.ts'

/** Blocks that a view has room for. */
const MOST = 40

export const listSessions = query({
  name: 'list-sessions',
  title: 'Sign-ins of a user',
  summary: 'List where a user is signed in, where the pool remembers it.',
  input: z.object({ pool: pool(), user: user() }),
  examples: [
    {
      typed: 'list-sessions customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async answer(input, look): Promise<Answer> {
    const { user: who, seen, pool: place } = await userCase(input, look)
    const sessions = await look.sessions(who)
    const rows = sessions.tracked ? sessions.rows : []
    const whole = look.seesPersonalData(place)
    const may = look.may('revoke-session', place)
    const links = [
      showLink({ pool: place, target: targetOf(who) }),
      {
        label: 'Sign out everywhere',
        operation: 'sign-out-user',
        values: { pool: place.id, user: who.sub },
      },
    ]
    return {
      heading: labelOf(seen),
      facts: [{ term: 'Sign-ins', text: sessionCount(sessions) }],
      rows: rows
        .slice(0, MOST)
        .map((one) => sessionRow(one, look.now(), whole, may ? revokeLink(who, one) : undefined)),
      note: [
        ...(rows.length > MOST ? [`${rows.length - MOST} more are not shown.`] : []),
        ...(sessions.tracked && !sessions.complete
          ? ['There are so many that not all were read.']
          : []),
        'Cognito’s list may be some seconds late.',
      ].join(' '),
      links,
      about: { pool: place.id, target: who.username },
    }
  },
})
