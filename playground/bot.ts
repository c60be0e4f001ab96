import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** `starting` until /readyz says so; `ended` when the process went away by itself or was killed. */
export type BotState = 'starting' | 'ready' | 'stopping' | 'ended'

export interface BotOptions {
  /** The whole environment of the process: nothing else is inherited. */
  readonly environment: Readonly<Record<string, string>>
  /** Where /readyz answers. */
  readonly url: string
  /** The program to run; the real bot unless a test says otherwise. */
  readonly program?: string
  /** Milliseconds to become ready (default 20,000). */
  readonly patienceMs?: number
  /** Told of every line it writes. */
  readonly onLine?: (line: string) => void
}

/** The real bot in a process of its own, started the way production starts it. */
export interface Bot {
  readonly state: BotState
  readonly pid: number | undefined
  /** Why it is not running, in a sentence; undefined while it runs. */
  readonly ending: string | undefined
  /** The last lines it wrote. */
  readonly log: readonly string[]
  /**
   * Resolves when it is ready; rejects with its last words when it ends first.
   * With `aheadMs` its clock is so many milliseconds ahead of ours.
   */
  start(aheadMs?: number): Promise<void>
  /** Asks it to finish (SIGTERM) and waits; after 12 s it is killed. */
  stop(): Promise<void>
  /** kill -9: no chance to say goodbye. */
  kill(): Promise<void>
  onChange(listener: () => void): () => void
}

const LINES = 400
const GOODBYE_MS = 12_000
const realBot = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const aheadBot = fileURLToPath(new URL('ahead.ts', import.meta.url))

export function createBot(options: BotOptions): Bot {
  return new BotProcess(options)
}

class BotProcess implements Bot {
  readonly #options: BotOptions
  readonly #listeners = new Set<() => void>()
  readonly #log: string[] = []
  #child: ChildProcess | undefined
  #state: BotState = 'ended'
  #ending: string | undefined = 'It has not been started yet.'

  constructor(options: BotOptions) {
    this.#options = options
  }

  get state(): BotState {
    return this.#state
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  get ending(): string | undefined {
    return this.#ending
  }

  get log(): readonly string[] {
    return this.#log
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(aheadMs = 0): Promise<void> {
    if (this.#child) return
    const { program = realBot, environment } = this.#options
    const child = spawn(process.execPath, [aheadMs === 0 ? program : aheadBot], {
      env: { ...environment, ...(aheadMs === 0 ? {} : { PLAYGROUND_AHEAD_MS: String(aheadMs) }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#ending = undefined
    this.#become('starting')
    this.#read(child.stdout)
    this.#read(child.stderr)
    child.once('error', (error) => this.#ended(child, `It could not be started: ${error.message}`))
    child.once('exit', (code, signal) =>
      this.#ended(child, signal ? `It was ended by ${signal}.` : `It ended with code ${code}.`),
    )
    await this.#ready(child)
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child) return
    if (signal === 'SIGTERM') this.#become('stopping')
    const gone = once(child, 'exit')
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MS)
    await gone
    clearTimeout(late)
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + (this.#options.patienceMs ?? 20_000)
    while (this.#child === child && Date.now() < deadline) {
      if (await answers(`${this.#options.url}/readyz`)) return this.#become('ready')
      await pause(50)
    }
    const words = this.#log.slice(-12).join('\n')
    if (this.#child === child) await this.kill()
    throw new Error(`The bot did not become ready. ${this.#ending ?? ''}\n${words}`.trimEnd())
  }

  #read(stream: Readable | null): void {
    if (!stream) return
    createInterface({ input: stream }).on('line', (line) => {
      this.#options.onLine?.(line)
      this.#log.push(line)
      if (this.#log.length > LINES) this.#log.splice(0, this.#log.length - LINES)
      this.#changed()
    })
  }

  #ended(child: ChildProcess, ending: string): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#ending = ending
    this.#become('ended')
  }

  #become(state: BotState): void {
    this.#state = state
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
