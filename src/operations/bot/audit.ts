import { z } from 'zod'
import { pool, user } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Answer } from '../../core/operation.ts'
import { maskedUsername } from '../../core/mask.ts'
import { userNamed } from '../../domain/user/conflicts.ts'
import { entryText, entryTitle } from '../../domain/user/history.ts'

export const audit = query({
  name: 'audit',
  title: 'Audit record',
  summary: 'Show what was done lately in a pool, or with one of its users.',
  input: z.object({ pool: pool(), user: user().optional() }),
  examples: [
    { typed: 'audit customers', means: { pool: 'customers' } },
    {
      typed: 'audit customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async answer({ pool: id, user: name }, look): Promise<Answer> {
    const place = await look.pool(id)
    const whole = look.seesPersonalData(place)
    // Whoever was deleted is remembered by the name they had.
    const target = name === undefined ? undefined : await usernameOf(look, id, name)
    const entries = await look.history({ pool: id, ...(target === undefined ? {} : { target }) })
    const shown = (text: string) => (whole ? text : maskedUsername(text))
    const whom = target === undefined ? 'everything in the pool' : shown(target)
    return {
      heading: 'Audit record',
      facts: [{ term: 'About', text: `${whom}, ${look.poolName(id)}` }],
      rows: entries.map((entry) => ({
        title:
          entry.target === undefined
            ? entryTitle(entry)
            : `${entryTitle(entry)} · ${shown(entry.target)}`,
        text: entryText(entry, whole),
        by: entry.actor,
      })),
      note:
        entries.length === 0
          ? 'Nothing is recorded about this.'
          : 'The latest entries, newest first. “lifeguard audit export” prints all of them.',
      about: { pool: id, ...(target === undefined ? {} : { target }) },
    }
  },
})

async function usernameOf(
  look: Parameters<typeof userNamed>[0],
  id: string,
  name: string,
): Promise<string> {
  return (await userNamed(look, id, name))?.username ?? name
}
