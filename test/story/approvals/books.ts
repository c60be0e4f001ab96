import { expect, vi } from 'vitest'
import type { RequestRecord } from '../../../playground/cognito/index.ts'
import { auditChannel } from '../../../playground/world.ts'
import type { AuditEvent } from '../../../src/core/audit.ts'
import type { Request } from '../../../src/core/request.ts'
import { Secret } from '../../../src/core/secret.ts'
import { openReader } from '../../../src/store/reader.ts'
import { openStore } from '../../../src/store/store.ts'
import type { Firm } from './firm.ts'

/** An entry as `audit export` prints it. */
export interface Line {
  readonly seq: number
  readonly at: string
  readonly event: AuditEvent
  readonly request: string | null
  readonly actor: string
  readonly pool: string | null
  readonly target: string | null
  readonly outcome: string | null
  readonly aws_request_ids: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
}

const placeOf = ({ place }: Firm) => (place.startsWith('postgres') ? new Secret(place) : place)

/** The audit log as it is stored now, read beside the running bot. */
export async function linesOf(firm: Firm, request?: string): Promise<readonly Line[]> {
  await using reader = await openReader(placeOf(firm))
  const lines: Line[] = []
  for await (const page of reader.lines({}))
    lines.push(...page.map((line) => JSON.parse(line) as Line))
  return request === undefined ? lines : lines.filter((line) => line.request === request)
}

/** What happened to a request, in order. */
export async function eventsOf(firm: Firm, request: string): Promise<readonly AuditEvent[]> {
  return (await linesOf(firm, request)).map(({ event }) => event)
}

/** The same, once this has happened. */
export async function eventsWith(
  firm: Firm,
  request: string,
  last: AuditEvent,
): Promise<readonly AuditEvent[]> {
  return vi.waitFor(async () => {
    const events = await eventsOf(firm, request)
    expect(events).toContain(last)
    return events
  }, 15_000)
}

/** The request as it is stored now. */
export async function stored({ place }: Firm, id: string): Promise<Request | undefined> {
  const at = place.startsWith('postgres') ? { url: new Secret(place) } : { folder: place }
  const store = await openStore({ ...at, now: Date.now })
  try {
    return await store.request(id)
  } finally {
    await store.close()
  }
}

const WRITES = /^Admin(SetUserPassword|ResetUserPassword|UserGlobalSignOut)$/

/** Write calls that reached Cognito; of one user when they are named. */
export function writesIn(requests: readonly RequestRecord[], user?: string): RequestRecord[] {
  return requests.filter(
    ({ operation, input }) =>
      WRITES.test(operation) &&
      (user === undefined || (input as { Username: string }).Username === user),
  )
}

/** The ranges of entries that messages in the audit channel stand for. */
function postedRanges({ slack }: Firm): readonly { from: number; to: number }[] {
  return slack
    .channel(auditChannel)
    .messages.flatMap(({ metadata }) =>
      metadata?.event_type === 'lifeguard_audit'
        ? [metadata.event_payload as { from: number; to: number }]
        : [],
    )
}

/** What must hold after any story (reliability.md 3: I1 to I7). */
export async function expectBalancedBooks(firm: Firm): Promise<void> {
  await expectPosted(firm)
  const lines = await linesOf(firm)
  expectWitnessed(lines, writesIn(firm.cognito.requests))
  for (const about of Map.groupBy(lines, ({ request }) => request).values()) expectVoted(about)
  await using reader = await openReader(placeOf(firm))
  expect(await reader.verify()).toMatchObject({ ok: true })
}

/** Each entry is in the channel, once. */
async function expectPosted(firm: Firm): Promise<void> {
  await vi.waitFor(
    async () => {
      const lines = await linesOf(firm)
      const ranges = postedRanges(firm)
      const covered = lines.map(
        ({ seq }) => ranges.filter(({ from, to }) => from <= seq && seq <= to).length,
      )
      expect(covered).toEqual(lines.map(() => 1))
    },
    { timeout: 40_000, interval: 200 },
  )
}

const userIn = (pool: string | null, user: string | null) => `${user} in ${pool}`

/** No write without an intent of its own; an answered one is named by one outcome, after an intent. */
function expectWitnessed(lines: readonly Line[], writes: readonly RequestRecord[]): void {
  const entries = Map.groupBy(lines, ({ pool, target }) => userIn(pool, target))
  const sent = Map.groupBy(writes, ({ input }) => {
    const { UserPoolId, Username } = input as { UserPoolId: string; Username: string }
    return userIn(UserPoolId, Username)
  })
  for (const [place, calls] of sent) {
    const about = entries.get(place) ?? []
    const intents = about.filter(({ event }) => event === 'intent')
    expect(intents.length, `intents for ${place}`).toBeGreaterThanOrEqual(calls.length)
    for (const { requestId, status, error } of calls) {
      if (status !== 200 || error !== undefined) continue
      const naming = about.filter((line) => line.aws_request_ids.includes(requestId))
      // A process that was killed in between has nobody to name the answer.
      expect(naming.length, `outcomes that name ${requestId}`).toBeLessThanOrEqual(1)
      if (naming[0]) expect(intents[0]?.seq).toBeLessThan(naming[0].seq)
    }
  }
}

/** No intent without the votes it needs; one outcome for each intent. */
function expectVoted(about: readonly Line[]): void {
  const first = about[0]
  const intents = about.filter(({ event, outcome }) => event === 'intent' && outcome === null)
  if (!first?.request || intents.length === 0) return
  const asked = about.find(({ event }) => event === 'asked')
  const alone = about.some(({ event }) => event === 'broke-glass')
  if (asked && !alone) {
    const voters = new Set(
      about.flatMap(({ event, actor }) => (event === 'approved-by' ? [actor] : [])),
    )
    expect(voters.has(asked.actor), 'the requester voted').toBe(false)
    expect(voters.size).toBeGreaterThanOrEqual(Number(asked.details['approvals']))
    expect(about.find(({ event }) => event === 'approved')?.seq).toBeLessThan(intents[0]?.seq ?? 0)
  }
  const outcomes = about.filter(({ event }) => /^(done|failed|unknown)$/.test(event))
  expect(outcomes, `outcomes of ${first.request}`).toHaveLength(intents.length)
}
