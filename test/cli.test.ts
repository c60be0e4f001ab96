import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeguard-command-'))
  copyFileSync(join(ROOT, 'lifeguard.example.yml'), join(folder, 'lifeguard.yml'))
  copyFileSync(join(ROOT, 'policy.example.cedar'), join(folder, 'policy.cedar'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command line in a folder that holds nothing but the settings, without any token. */
async function lifeguard(...args: string[]) {
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; out: string; err: string }>()
  execFile(
    process.execPath,
    [join(ROOT, 'src/cli.ts'), ...args],
    { cwd: folder, env: {} },
    (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
  )
  return promise
}

test('the command line checks the starter files', async () => {
  const { code, out, err } = await lifeguard('policy', 'check')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^policy\.cedar is valid/)
})

test('a mistyped command exits with 64 and goes to standard error', async () => {
  const { code, out, err } = await lifeguard('policy', 'chekc')
  expect({ code, out }).toEqual({ code: 64, out: '' })
  expect(err).toContain('Did you mean: policy check?')
})

test('help names every command', async () => {
  const { code, out } = await lifeguard('help')
  expect(code).toBe(0)
  const named = out
    .split('\n')
    .flatMap((line) => /^ {2}([a-z]+(?: [a-z]+)?) /.exec(line)?.[1] ?? [])
  expect(named).toEqual([
    'doctor',
    'policy check',
    'policy matrix',
    'policy test',
    'audit verify',
    'audit export',
    'store migrate',
  ])
})
