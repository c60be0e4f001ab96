import { expect, vi } from 'vitest'
import type { Company } from '../../playground/company.ts'
import type { RequestRecord } from '../../playground/cognito/index.ts'
import type { AuditEvent } from '../../src/core/audit.ts'
import type { EntryFilter } from '../../src/store/audit-log.ts'
import { openReader } from '../../src/store/reader.ts'
import { auditChannel } from '../../playground/world.ts'

/** An entry as `audit export` prints it. */
export interface Line {
  readonly seq: number
  readonly at: string
  readonly event: AuditEvent
  readonly operation: string | null
  readonly request: string | null
  readonly actor: string
  readonly pool: string | null
  readonly target: string | null
  readonly outcome: string | null
  readonly aws_request_ids: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
}

/** The audit log as it is on disk now, read beside the running bot. */
export async function linesOf(folder: string, filter: EntryFilter = {}): Promise<Line[]> {
  await using reader = await openReader(folder)
  const lines: Line[] = []
  for await (const page of reader.lines(filter))
    lines.push(...page.map((line) => JSON.parse(line) as Line))
  return lines
}

/** The same, once there are so many. */
export async function linesWritten(
  folder: string,
  filter: EntryFilter,
  enough = 1,
): Promise<Line[]> {
  return vi.waitFor(async () => {
    const lines = await linesOf(folder, filter)
    expect(lines.length).toBeGreaterThanOrEqual(enough)
    return lines
  }, 5000)
}

export const eventsOf = (lines: readonly Line[]): AuditEvent[] => lines.map(({ event }) => event)

/** The ranges of entries that messages in the audit channel stand for. */
export function postedRanges({ slack }: Company): { from: number; to: number }[] {
  return slack
    .channel(auditChannel)
    .messages.flatMap(({ metadata }) =>
      metadata?.event_type === 'lifeguard_audit'
        ? [metadata.event_payload as { from: number; to: number }]
        : [],
    )
}

/** Resolves when every entry written so far has its message. */
export async function posted(company: Company): Promise<void> {
  const newest = (await linesOf(company.folder)).at(-1)?.seq ?? 0
  await company.slack.until(
    () => postedRanges(company).some(({ to }) => to >= newest),
    POSTED_WITHIN_MS,
  )
}

/** A process that dies while it posts keeps its claim for 30 s. */
const POSTED_WITHIN_MS = 45_000

const WRITES = /^Admin(SetUserPassword|ResetUserPassword|UserGlobalSignOut)$/

export function writesIn(requests: readonly RequestRecord[], user?: string): RequestRecord[] {
  return requests.filter(
    ({ operation, input }) =>
      WRITES.test(operation) &&
      (user === undefined || (input as { Username: string }).Username === user),
  )
}

/** What must hold after any story: reliability.md 3, I3, I5 and I6. */
export async function expectBalancedBooks(company: Company): Promise<void> {
  await posted(company)
  const lines = await linesOf(company.folder)
  for (const { seq } of lines) {
    const covering = postedRanges(company).filter(({ from, to }) => from <= seq && seq <= to)
    expect(covering, `messages for entry ${seq}`).toHaveLength(1)
  }
  for (const write of writesIn(company.cognito.requests)) expectWitnessed(lines, write)
  await using reader = await openReader(company.folder)
  expect(await reader.verify()).toMatchObject({ ok: true })
}

/** Each write has an earlier intent and a later outcome, which names it when AWS has answered. */
function expectWitnessed(
  lines: readonly Line[],
  { at, input, requestId, error, status }: RequestRecord,
) {
  const { UserPoolId, Username } = input as { UserPoolId: string; Username: string }
  const about = lines.filter(({ pool, target }) => pool === UserPoolId && target === Username)
  const before = about.filter((line) => line.event === 'intent' && Date.parse(line.at) <= at)
  expect(before, `intent before ${requestId}`).not.toHaveLength(0)
  const outcomes = about.filter(
    ({ event, at: written }) => /^(done|failed|unknown)$/.test(event) && Date.parse(written) >= at,
  )
  expect(outcomes, `outcome after ${requestId}`).not.toHaveLength(0)
  const answered = status === 200 && error === undefined
  if (answered) {
    const naming = outcomes.filter((line) => line.aws_request_ids.includes(requestId))
    expect(naming, `outcome that names ${requestId}`).toHaveLength(1)
  }
}
