import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../playground/main.ts', import.meta.url))
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], { env: { PATH: '/bin', ...environment } })
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => (output += piece.toString()))
  return { child, output: () => output, gone: once(child, 'exit') }
}

async function ready() {
  const playground = start()
  const url = await expect
    .poll(() => /http:\/\/127\.0\.0\.1:\d+\/\?key=\S+/u.exec(playground.output())?.[0], {
      timeout: 20_000,
    })
    .toBeDefined()
    .then(() => /http:\S+key=\S+/u.exec(playground.output())?.[0] ?? '')
  return { ...playground, url }
}

/** The bot's process id, from the page. */
async function pidOfBot(url: string): Promise<number> {
  const entry = await fetch(url, { redirect: 'manual' })
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
  const events = await fetch(new URL('/events?as=U0ADA', url), { headers: { cookie } })
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  const first = await reader.read()
  await reader.cancel()
  return Number(/"pid":(\d+)/u.exec(first.value ?? '')?.[1])
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('Ctrl+C ends everything that was started', async () => {
  const { child, url, gone } = await ready()
  const pid = await pidOfBot(url)
  expect(isAlive(pid)).toBe(true)
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
  expect(isAlive(pid)).toBe(false)
  await expect(fetch(url)).rejects.toThrow()
})

test('Ctrl+C also works after the bot has died', async () => {
  const { child, url, gone } = await ready()
  process.kill(await pidOfBot(url), 'SIGKILL')
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
})

test('it does not start beside real credentials, and says which to unset', async () => {
  const { output, gone } = start({ AWS_ACCESS_KEY_ID: 'AKIAREAL' })
  expect(await gone).toEqual([1, null])
  expect(output()).toContain('unset AWS_ACCESS_KEY_ID')
  expect(output()).not.toContain('AKIAREAL')
})

test('a port that is none is refused with advice', async () => {
  const { output, gone } = start({ PLAYGROUND_PORT: 'eighty' })
  expect(await gone).toEqual([1, null])
  expect(output()).toContain('PLAYGROUND_PORT is not a port number')
})
