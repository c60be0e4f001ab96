import { parseArgs } from 'node:util'
import { startCompany } from './company.ts'
import type { Company } from './company.ts'
import { refusalToStart } from './credentials.ts'
import { startPage } from './page/server.ts'
import type { Page } from './page/server.ts'

const usage = `Usage: npm run playground [-- --socket]
  --socket  the bot comes over Socket Mode instead of signed HTTP
  PLAYGROUND_PORT  port of the page (default: any free one)`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { socket: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return console.log(usage)
  const refusal = refusalToStart(process.env)
  if (refusal !== undefined) return giveUp(refusal)
  console.log('Starting a local Slack, a local Cognito and the bot ...')
  const port = portFrom(process.env['PLAYGROUND_PORT'])
  const company = await startCompany({ transport: values.socket ? 'socket' : 'http' })
  const page = await startPage(company, port).catch(async (error: unknown) => {
    await company.close()
    throw error
  })
  endOnSignal(company, page)
  console.log(`
  The playground is ready:  ${page.url}

  Everything runs on this machine. Nothing here is Slack, and nothing is AWS.
  Press Ctrl+C to end it.`)
}

function portFrom(text = ''): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Error('PLAYGROUND_PORT is not a port number. Give one such as 4000, or unset it.')
}

/** The first signal ends everything that was started; a later one does not wait for it. */
function endOnSignal(company: Company, page: Page): void {
  let since = 0
  const end = () => {
    if (since > 0) {
      // A terminal and npm both pass on one Ctrl+C.
      if (Date.now() - since < 1000) return
      void company.bot.kill().finally(() => process.exit(130))
      return
    }
    since = Date.now()
    page
      .close()
      .then(() => company.close())
      .then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

function giveUp(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}

function fail(error: unknown): void {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (taken) giveUp('That port is taken. Give another one in PLAYGROUND_PORT, or unset it.')
  else giveUp(error instanceof Error ? error.message : String(error))
  process.exit()
}

await main().catch(fail)
