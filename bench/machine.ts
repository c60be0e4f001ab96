import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { median } from './figure.ts'

/** What the figures were measured on. */
export interface Machine {
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  /** Averages over 1, 5 and 15 minutes before the start. */
  readonly load: readonly number[]
  /** Milliseconds to append 300 bytes to a file and wait for the disk, median. */
  readonly durableAppendMs: number
  readonly node: string
  readonly libraries: Readonly<Record<string, string>>
}

const LIBRARIES = [
  '@slack/bolt',
  '@slack/web-api',
  '@aws-sdk/client-cognito-identity-provider',
  '@cedar-policy/cedar-wasm',
  'kysely',
  'zod',
  'pino',
]

export function thisMachine(): Machine {
  return {
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    load: loadavg().map((load) => Number(load.toFixed(2))),
    durableAppendMs: durableAppendMs(),
    node: process.versions.node,
    libraries: Object.fromEntries(LIBRARIES.map((name) => [name, versionOf(name)])),
  }
}

function versionOf(library: string): string {
  const file = new URL(`../node_modules/${library}/package.json`, import.meta.url)
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const version: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined
  return typeof version === 'string' ? version : 'unknown'
}

function durableAppendMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'lifeguard-bench-'))
  const file = openSync(join(folder, 'appended'), 'a')
  const times = Array.from({ length: 200 }, () => {
    const startedAt = performance.now()
    writeSync(file, 'x'.repeat(300))
    fdatasyncSync(file)
    return performance.now() - startedAt
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return Number(median(times).toFixed(2))
}
