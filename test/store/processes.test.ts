import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { entryOf } from '../../src/core/audit.ts'
import { openReader } from '../../src/store/reader.ts'
import { openStore } from '../../src/store/store.ts'
import { draft, executing, temporaryFolder } from './samples.ts'

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url))
const RACER = fileURLToPath(new URL('racer.ts', import.meta.url))

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

/** The request of every entry, once the log was verified. */
async function requestsIn(folder: string): Promise<ReadonlySet<string | undefined>> {
  await using reader = await openReader(folder)
  expect(await reader.verify()).toMatchObject({ ok: true })
  const requests = new Set<string | undefined>()
  for await (const page of reader.lines({}))
    for (const line of page) requests.add(entryOf(line).request)
  return requests
}

it('three processes that open a new store at once and write to it lose nothing', async () => {
  await using folder = await temporaryFolder()
  const written = await Promise.all(
    ['a', 'b', 'c'].map((name) => run(WRITER, [folder.path, name, '100'])),
  )
  expect(written.flat()).toHaveLength(300)
  expect(await requestsIn(folder.path)).toEqual(new Set(written.flat()))
})

it('of processes that race to end a request, exactly one does', async () => {
  await using folder = await temporaryFolder()
  const store = await openStore({ folder: folder.path, now: Date.now })
  const ids = Array.from({ length: 150 }, (_, turn) => `r${turn}`)
  for (const id of ids) await store.open(executing(id), draft('intent', { request: id }))
  await store.close()
  const won = await Promise.all(
    ['a', 'b', 'c'].map((name) => run(RACER, [folder.path, name, String(ids.length)])),
  )
  expect(won.flat()).toHaveLength(ids.length)
  expect(new Set(won.flat())).toEqual(new Set(ids))
  expect(await requestsIn(folder.path)).toEqual(new Set(ids))
})

it('kill -9 in a write loop loses no acknowledged entry', async () => {
  await using folder = await temporaryFolder()
  const acknowledged: string[] = []
  for (const [kill, killAfter] of [1, 20, 60, 7].entries())
    acknowledged.push(...(await run(WRITER, [folder.path, `kill${kill}`, '1000000'], killAfter)))
  expect(acknowledged.length).toBeGreaterThanOrEqual(88)
  const kept = await requestsIn(folder.path)
  expect(acknowledged.filter((request) => !kept.has(request))).toEqual([])
})
