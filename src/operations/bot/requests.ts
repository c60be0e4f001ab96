import { z } from 'zod'
import { query } from '../../core/operation.ts'
import type { Fact } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { STATE_WORDS } from '../../core/request.ts'
import type { Request } from '../../core/request.ts'
import { spanOf } from '../../core/span.ts'
import { waitOf } from '../../core/wait.ts'

const MOST = 15

export const requests = query({
  name: 'requests',
  title: 'Your requests',
  summary: 'List what waits for your approval and what you asked for lately.',
  input: z.object({}),
  examples: [{ typed: 'requests', means: {} }],
  async answer(_input, look) {
    const [waiting, own] = await Promise.all([look.waitingRequests(), look.ownRequests()])
    const facts = [
      ...waiting.slice(0, MOST).map((request) => line('Waiting for you', request, look)),
      ...own.slice(0, MOST).map((request) => line('Yours', request, look)),
    ]
    return { heading: 'Your requests', facts, note: noteOn(waiting.length, own.length) }
  },
})

function line(whose: string, request: Request, look: Look): Fact {
  const { operation, shown, pool, askedAt } = request
  const asked = `Asked ${spanOf(look.now() - askedAt)} ago.`
  return {
    term: `${whose}: ${operation} for ${shown.label} in ${look.poolName(pool)}`,
    text: `${standing(request, look.now())} ${asked}`,
  }
}

function standing(request: Request, now: number): string {
  const words = STATE_WORDS[request.state]
  const { emergency, approvals } = request
  const reviewed =
    emergency !== undefined && emergency.reviewedBy === undefined ? ' A review is open.' : ''
  const state = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.${reviewed}`
  if (request.state !== 'pending') return state
  const needed = approvals === 1 ? '1 approval is' : `${approvals} approvals are`
  return `${state} ${needed} needed, and it stays open for ${waitOf(request.expiresAt - now)}.`
}

function noteOn(waiting: number, own: number): string {
  if (waiting + own === 0) return 'Nothing waits for you, and you have asked for nothing lately.'
  const more = Math.max(0, waiting - MOST) + Math.max(0, own - MOST)
  const rest = more > 0 ? `${more} more are not shown. ` : ''
  return `${rest}The buttons are on Lifeguard’s Home tab and on the cards in the approvals channel.`
}
