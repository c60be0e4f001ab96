import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuditEntry, entryOf } from '../../src/core/audit.ts'
import type { Bench, MakeBench } from './store-contract.ts'
import { readerAt, storeAt } from './place.ts'
import { draft, pending } from './samples.ts'

const scriptIn = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const WRITER = scriptIn('writer.ts')
const RACER = scriptIn('racer.ts')
const POSTER = scriptIn('poster.ts')
/** Votes that the request with this number needs: the third person comes too late, or is waited for. */
const needed = (turn: number) => 2 + (turn % 2)

const THREE = ['U0BEA', 'U0CAM', 'U0DAN']

/** What holds when several processes share one store, or die while they write to it. */
export function processesContract(name: string, make: MakeBench, races: number): void {
  describe(`processes that share a store on ${name}`, () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await make()
    })
    afterEach(() => bench[Symbol.asyncDispose]())

    it('open a new one at once and write to it without losing anything', async () => {
      const written = await Promise.all(
        THREE.map((person) => run(WRITER, [bench.place, person, '100'])),
      )
      expect(written.flat()).toHaveLength(300)
      expect(await requestsIn(bench.place)).toEqual(new Set(written.flat()))
      expect(await jobsIn(bench.place)).toEqual(new Set(written.flat()))
    })

    it(`race to approve and execute ${races} requests: one vote each, one execution`, async () => {
      const ids = Array.from({ length: races }, (_, turn) => `r${turn}`)
      const store = await storeAt(bench.place)
      for (const [turn, id] of ids.entries())
        await store.open(pending(id, { approvals: needed(turn) }), { entries: [draft('asked')] })
      const lines = await Promise.all(
        THREE.map((person) => run(RACER, [bench.place, person, String(races)])),
      )
      const said = (word: string) => lines.flat().filter((line) => line.startsWith(word))
      expect(said('lost').length).toBeGreaterThan(0)
      expect(said('executed').toSorted()).toEqual(ids.map((id) => `executed ${id}`).toSorted())
      const entries = Map.groupBy(await entriesIn(bench.place), ({ request }) => request)
      for (const [turn, id] of ids.entries()) {
        const votes = await store.votes(id, 1)
        expect(votes).toHaveLength(needed(turn))
        expect(lines.flat().filter((line) => line === `voted ${id}`)).toHaveLength(votes.length)
        const events = (entries.get(id) ?? []).map(({ event }) => event)
        expect(events).toEqual([...votes.map(() => 'approved-by'), 'intent', 'done'])
        expect(await store.request(id)).toMatchObject({ state: 'done', attempt: 1 })
      }
      await store.close()
    }, 300_000)

    it('post every entry in one message', async () => {
      const store = await storeAt(bench.place)
      const drafts = Array.from({ length: 200 }, () => draft('done'))
      await store.append(...drafts)
      await store.close()
      const ranges = await Promise.all(THREE.map(() => run(POSTER, [bench.place])))
      const covered = ranges.flat().flatMap((range) => {
        const [from = 0, to = 0] = range.split(' ').map(Number)
        return Array.from({ length: to - from + 1 }, (_, index) => from + index)
      })
      expect(covered.toSorted((one, other) => one - other)).toEqual(
        drafts.map((_, index) => index + 1),
      )
    })

    it('lose nothing that was acknowledged when they are killed while writing', async () => {
      const acknowledged: string[] = []
      for (const [kill, killAfter] of [1, 20, 60, 7].entries())
        acknowledged.push(
          ...(await run(WRITER, [bench.place, `kill${kill}`, '1000000'], killAfter)),
        )
      expect(acknowledged.length).toBeGreaterThanOrEqual(88)
      const [requests, jobs] = [await requestsIn(bench.place), await jobsIn(bench.place)]
      expect(acknowledged.filter((mark) => !requests.has(mark) || !jobs.has(mark))).toEqual([])
    })
  })
}

/** Runs a script of its own process, kills it after so many lines, and answers all it printed. */
async function run(script: string, args: readonly string[], killAfter = Infinity) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === killAfter) child.kill('SIGKILL')
  }
  expect(await exit).toEqual(killAfter === Infinity ? [0, null] : [null, 'SIGKILL'])
  return lines
}

/** Every entry, once the log was verified. */
async function entriesIn(place: string): Promise<readonly AuditEntry[]> {
  await using reader = await readerAt(place)
  expect(await reader.verify()).toMatchObject({ ok: true })
  const entries: AuditEntry[] = []
  for await (const page of reader.lines({})) entries.push(...page.map(entryOf))
  return entries
}

async function requestsIn(place: string): Promise<ReadonlySet<string | undefined>> {
  return new Set((await entriesIn(place)).map(({ request }) => request))
}

async function jobsIn(place: string): Promise<ReadonlySet<string>> {
  const store = await storeAt(place)
  const jobs = await store.take(Date.now(), 10_000, 1_000)
  await store.close()
  return new Set(jobs.map(({ id }) => id))
}
