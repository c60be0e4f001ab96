// A process in which one person approves every request by clicking twice, and which then tries to
// execute it. It prints the votes that counted, the executions that it began, and those it lost.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request } from '../../src/core/request.ts'
import { storeAt } from './place.ts'
import { after, done, draft, vote } from './samples.ts'

/** Looks of a millisecond or more: far longer than the slowest of the others is behind. */
const PATIENCE = 10_000

const [place = '', person = '', count = ''] = process.argv.slice(2)
const store = await storeAt(place)

for (let turn = 0; turn < Number(count); turn++) {
  const id = `r${turn}`
  await Promise.all([click(id), click(id)])
  await execute(await decided(id))
}
await store.close()

/** Votes on what is stored, again after every change by somebody else. */
async function click(id: string): Promise<void> {
  for (;;) {
    const request = await stored(id)
    if (request.state !== 'pending') return
    const voters = [...(await store.votes(id, 1)).map((ballot) => ballot.person), person]
    const needed = request.approvals
    const enough = new Set(voters).size >= needed
    const next = enough
      ? after(request, { kind: 'approve', voters, needed, revealUntil: 0 })
      : after(request, { kind: 'vote' })
    const entries = [draft('approved-by', { request: id, actor: person })]
    const { kind } = await store.vote(vote(id, person, { at: Date.now() }), request, next, {
      entries,
    })
    if (kind === 'swapped') process.stdout.write(`voted ${id}\n`)
    if (kind !== 'moved') return
  }
}

/** Waits for the others, so that all begin at once. */
async function decided(id: string): Promise<Request> {
  for (let look = 0; look < PATIENCE; look++) {
    const request = await stored(id)
    if (request.state !== 'pending') return request
    await sleep(1)
  }
  throw new Error(`Nobody decides about ${id}.`)
}

async function execute(request: Request): Promise<void> {
  if (request.state !== 'approved') return
  const next = after(request, { kind: 'begin', now: Date.now() })
  const intent = { entries: [draft('intent', { request: request.id, actor: person })] }
  const { kind } = await store.swap(request, next, intent)
  process.stdout.write(`${kind === 'swapped' ? 'executed' : 'lost'} ${request.id}\n`)
  if (kind !== 'swapped' || next.state !== 'executing') return
  await store.swap(next, done(next, person), { entries: [draft('done', { request: request.id })] })
}

async function stored(id: string): Promise<Request> {
  const request = await store.request(id)
  if (!request) throw new Error(`${id} was never opened`)
  return request
}
