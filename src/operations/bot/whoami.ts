import { z } from 'zod'
import { query } from '../../core/operation.ts'

export const whoami = query({
  name: 'whoami',
  title: 'Who you are here',
  summary: 'Show your groups and what they allow.',
  input: z.object({}),
  examples: [{ typed: 'whoami', means: {} }],
  async answer(_input, look) {
    const { person, groups, readAt } = look.standing
    const pooled = look.permitted().filter((operation) => operation.pooled)
    const seconds = Math.max(0, Math.round((look.now() - readAt) / 1000))
    return {
      heading: `You are ${person.name}`,
      facts: [
        { term: 'Groups', text: groups.join(', ') || 'none' },
        {
          term: 'You may ask for',
          text: pooled.map(({ name }) => name).join(', ') || 'nothing on a user pool yet',
        },
      ],
      note: `Read from Slack ${seconds} s ago. The pool and its environment decide too.`,
    }
  },
})
