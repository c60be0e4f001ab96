import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Clock } from '../core/ports.ts'
import type { Health } from '../telemetry/health.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { slackLog } from '../slack/bolt-log.ts'
import { slackFault } from '../slack/slack-fault.ts'

export interface Surroundings {
  readonly log: Logger
  readonly now: Clock
  /** The process cannot go on: end it and let its supervisor start it again. */
  readonly onFatal: (sentence: string) => void
}

/** What every part of the house is built with. */
export interface Shared extends Surroundings {
  readonly config: Config
  readonly metrics: Metrics
  readonly health: Health
  /** A name for a fault that a person can quote. */
  readonly reference: () => string
}

export function slackAccess({ config, log }: Shared) {
  const { botToken, apiUrl } = config.slack
  return {
    botToken,
    slackLog: slackLog(log),
    log,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  }
}

/** Logs a fault whole; the person gets the reference. Slack's errors are named by their code alone. */
export function reported({ log, reference }: Shared, error: unknown): string {
  const name = reference()
  log.error({ err: error, code: slackFault(error).code, reference: name }, 'A fault.')
  return name
}

/** Runs once after so many milliseconds, unless the process ends first. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms).unref()
  return () => clearTimeout(timer)
}

export function every(ms: number, run: () => Promise<unknown>, { log }: Shared): () => void {
  const timer = setInterval(() => {
    run().catch((error: unknown) => log.error({ err: error }, 'A recurring task failed.'))
  }, ms).unref()
  return () => clearInterval(timer)
}

export async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const cancel = after(ms, () => resolve(undefined))
  await Promise.race([work, promise])
  cancel()
}
