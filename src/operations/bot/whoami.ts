import { z } from 'zod'
import { query } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import type { Request } from '../../core/request.ts'

export const whoami = query({
  name: 'whoami',
  title: 'Who you are here',
  summary: 'Show your groups, what they allow, and what waits for you.',
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
        { term: 'Requests', text: await openWork(look) },
      ],
      note: `Read from Slack ${seconds} s ago. The pool and its environment decide too.`,
    }
  },
})

async function openWork(look: Look): Promise<string> {
  const [waiting, own] = await Promise.all([look.waitingRequests(), look.ownRequests()])
  const open = own.filter(isOpen)
  if (waiting.length + open.length === 0) return 'none is open'
  return `${waiting.length} waiting for you, ${open.length} of your own open. /cognito requests lists them.`
}

const isOpen = ({ state }: Request): boolean =>
  state === 'pending' || state === 'approved' || state === 'executing'
