import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

/** A program in a process of its own. */
export interface Program extends AsyncDisposable {
  /** Milliseconds from exec until it said that it was ready. */
  readonly readyMs: number
  /** One question at a time. */
  ask<T>(question: object, shape: z.ZodType<T>): Promise<T>
}

/** Floors say `ready`; the bot writes a log line. */
const READY = /^ready$|Lifeguard is ready\./
const PATIENCE_MS = 60_000
const LAST_WORDS = 15

/** Starts it with this environment and nothing else; resolves when it says that it is ready. */
export async function startProgram(
  program: URL,
  environment: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<Program> {
  const startedAt = performance.now()
  const path = fileURLToPath(program)
  const child = spawn(process.execPath, [...flags, path], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { ready, ended } = watch(child, path)
  try {
    await Promise.race([ready, ended])
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    readyMs: performance.now() - startedAt,
    async ask(question, shape) {
      const answer = once(child, 'message')
      child.send(question)
      const [message] = (await Promise.race([answer, ended])) as unknown[]
      return shape.parse(message)
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

interface Watched {
  readonly ready: Promise<void>
  /** Rejects with its last words when it ends, or when it is not ready in time. */
  readonly ended: Promise<never>
}

function watch(child: ChildProcess, path: string): Watched {
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<never>()
  const said: string[] = []
  const end = (why: string) => ended.reject(new Error(`${path} ${why}.\n${said.join('\n')}`))
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        if (said.push(line) > LAST_WORDS) said.shift()
        if (READY.test(line)) ready.resolve()
      })
  child.once('close', (code, signal) => end(`ended (${signal ?? code})`))
  const late = setTimeout(() => end('did not become ready in time'), PATIENCE_MS)
  void ready.promise.then(() => clearTimeout(late))
  // Nobody may be waiting at the moment it ends.
  ended.promise.catch(() => clearTimeout(late))
  return { ready: ready.promise, ended: ended.promise }
}
