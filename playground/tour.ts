import { startCompany } from './company.ts'
import type { Company, Transport } from './company.ts'
import { Scene } from './tour/scene.ts'
import { everything, inShort } from './tour/steps.ts'
import { Transcript } from './tour/transcript.ts'
import { walk } from './tour/walk.ts'
import type { Step } from './tour/walk.ts'

interface Part {
  readonly title: string
  readonly transport: Transport
  readonly steps: readonly Step[]
}

const parts: readonly [Part, ...Part[]] = [
  { title: 'Lifeguard over signed HTTP', transport: 'http', steps: everything },
  {
    title: 'The same over Socket Mode, in short, and what time does',
    transport: 'socket',
    steps: inShort,
  },
]

const start = ({ transport }: Part): Promise<Company> => startCompany({ transport })

/** Walks every part with a bot of its own; gives the number of steps that held, or fails loudly. */
async function main(): Promise<void> {
  const written = new Transcript(console.log, process.stdout.isTTY)
  const running: Company[] = []
  const stopWatching = closeOnSignal(running)
  let held = 0
  let coming = start(parts[0])
  try {
    for (const [index, part] of parts.entries()) {
      written.title(part.title)
      const company = await coming
      running.push(company)
      const next = parts[index + 1]
      // The next bot gets ready while this one is looked at.
      if (next) coming = start(next)
      const { held: steps, failed } = await walk(part.steps, new Scene(company, written), held + 1)
      held += steps
      if (failed) return giveUp(held + 1, failed, company)
    }
    console.log(`\nEvery step held: ${held} of ${held}. Try it yourself: npm run playground\n`)
  } finally {
    stopWatching()
    running.push(
      ...(await coming.then(
        (one) => (running.includes(one) ? [] : [one]),
        () => [],
      )),
    )
    await Promise.all(running.map((company) => company.close()))
  }
}

function giveUp(number: number, failed: { sentence: string; why: string }, company: Company): void {
  console.error(`\nThe tour stopped at step ${number}: ${failed.sentence}\n  ${failed.why}`)
  const words = company.bot.log.slice(-8)
  if (words.length > 0) console.error(`\nThe bot's last words:\n  ${words.join('\n  ')}\n`)
  process.exitCode = 1
}

function closeOnSignal(running: readonly Company[]): () => void {
  const end = () =>
    void Promise.all(running.map((company) => company.close())).finally(() => process.exit(130))
  process.once('SIGINT', end).once('SIGTERM', end)
  return () => process.off('SIGINT', end).off('SIGTERM', end)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
