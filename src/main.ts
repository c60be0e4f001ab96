import { compose } from './compose.ts'
import type { House } from './compose.ts'
import { environment, loadConfig } from './config.ts'
import { Faults } from './core/faults.ts'
import { createLog } from './telemetry/log.ts'

/** sysexits.h: the configuration is wrong, and starting again will not help. */
const EXIT_CONFIG = 78
const STOP_WITHIN_MS = 15_000

async function main(): Promise<void> {
  const config = loadConfig(environment())
  const log = createLog({ level: config.logLevel })
  let house: House | undefined
  let ending = false

  const end = async (code: number, sentence: string): Promise<void> => {
    if (ending) return
    ending = true
    log.info({ code }, sentence)
    setTimeout(() => process.exit(code), STOP_WITHIN_MS).unref()
    await house?.stop()
    process.exit(code)
  }
  const fatal = (error: unknown, sentence: string): void => {
    log.fatal({ err: error }, sentence)
    void end(1, 'Ending, so that the supervisor starts a fresh process.')
  }
  process.on('uncaughtException', (error) => fatal(error, 'An error that nothing caught.'))
  process.on('unhandledRejection', (error) => fatal(error, 'A rejection that nothing handled.'))

  const onFatal = (sentence: string) => fatal(undefined, sentence)
  house = await compose(config, { log, now: Date.now, onFatal })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void end(0, `Stopping on ${signal}.`))
  const mode = config.slack.appToken ? 'socket' : 'http'
  log.info({ port: house.port, mode, aws: config.aws.endpoints }, 'Lifeguard is ready.')
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`Lifeguard did not start.\n${text}\n`)
  process.exit(error instanceof Faults ? EXIT_CONFIG : 1)
})
