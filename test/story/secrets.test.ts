import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transport } from '../../playground/company.ts'
import { linesOf, linesWritten, posted, writesIn } from './ledger.ts'
import { grounds, openWorkplace, secretOf, STAGING, textOf, transports } from './workplace.ts'
import type { Workplace } from './workplace.ts'

const LENGTH = 22
const temporary = { ...grounds, method: 'temporary' }

interface Used {
  readonly place: Workplace
  /** Shown passwords, whole and as they are spelled for reading out. */
  readonly shown: readonly string[]
}

const used = new Map<Transport, Used>()
beforeAll(async () => {
  await Promise.all(transports.map((transport) => use(transport)))
})
afterAll(() => Promise.all([...used.values()].map(({ place }) => place.close())))

async function use(transport: Transport): Promise<void> {
  const place = await openWorkplace({ transport, logLevel: 'trace' })
  used.set(transport, { place, shown: await resetsOfEveryKind(place) })
  await posted(place)
}

/** Shown at once, shown late, set and never shown, refused, and lost on the way. */
async function resetsOfEveryKind(place: Workplace): Promise<string[]> {
  const reset = async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.submit(temporary)
    return who
  }
  const prompt = await reset()
  const shown = [secretOf(prompt.view()) ?? '', spelledIn(textOf(prompt.view()))]

  for (const kind of ['access-denied', 'reset-after-commit', 'internal-error', 'html'] as const) {
    place.cognito.fail({ operation: 'AdminSetUserPassword', kind })
    await reset()
  }
  place.cognito.fail({ operation: 'AdminSetUserPassword', kind: 'slow', ms: 2200, times: 3 })
  // Of the two answers that are cut at least one carries a password.
  place.slack.faults.inject('views.update', { kind: 'truncated' }, 2)
  const slow = await Promise.all([reset(), reset(), reset()])
  const [closed, ...late] = slow
  await closed.close({ all: true })
  for (const who of late) await who.waitForView((view) => secretOf(view) !== undefined)
  for (const who of slow) await linesWritten(place.folder, { actor: who.id }, 3)
  return [...shown, ...late.map((who) => secretOf(who.view()) ?? '')]
}

describe.each(transports)('a generated password over %s', (transport) => {
  let place: Workplace
  let shown: readonly string[]
  beforeAll(() => {
    ;({ place, shown } = used.get(transport)!)
  })

  /** Every password that was ever sent to Cognito, known by its digest alone. */
  const digests = () =>
    new Set(
      writesIn(place.cognito.requests).map(({ input }) => (input as { Password: string }).Password),
    )

  function expectClean(text: string) {
    const known = digests()
    const found = windowsOf(text).filter((piece) => known.has(place.cognito.digest(piece)))
    // Never print what was found.
    expect(found.length).toBe(0)
    for (const secret of shown)
      for (const form of [secret, encodeURIComponent(secret), btoa(secret)])
        expect(text.includes(form)).toBe(false)
  }

  it('is in the reveal view, where this very search finds it', () => {
    expect(shown.map((text) => text.length > 20)).toEqual([true, true, true, true])
    const view = `"${shown[0]}"`
    const found = windowsOf(view).filter((piece) => digests().has(place.cognito.digest(piece)))
    expect(found).toHaveLength(1)
    expect(digests().size).toBe(8)
  })

  it('is in no line of the log, at its lowest level', () => {
    expect(place.lines.join()).toContain('Lifeguard is ready.')
    expect(place.lines.join()).toContain('A fault.')
    expectClean(place.lines.join('\n'))
  })

  it('is in no byte of the store', async () => {
    const files = await readdir(place.folder)
    expect(files).toContain('lifeguard.db')
    for (const file of files) expectClean(await readFile(join(place.folder, file), 'latin1'))
  })

  it('is in nothing that was sent to Slack or came from there, but the views of modals', () => {
    const calls = place.slack.calls.map(({ args, response, error }) => ({
      args: withoutBlocks(args),
      response: withoutBlocks(response),
      error,
    }))
    expectClean(JSON.stringify(calls))
    const deliveries = place.slack.deliveries.map(({ body, ack }) => [body, withoutBlocks(ack)])
    expectClean(JSON.stringify(deliveries))
    expect(place.slack.problems).toEqual([])
  })

  it('is in no message, visible to anybody', () => {
    const people = place.slack.users().map(({ id }) => {
      const { modals: _where, ...seen } = place.slack.snapshot(id)
      return seen
    })
    expectClean(JSON.stringify(people))
  })

  it('is on none of the pages for machines', async () => {
    for (const page of ['metrics', 'healthz', 'readyz'])
      expectClean(await (await fetch(`${place.url}/${page}`)).text())
  })

  it('is in no audit entry, and in no record of the calls to AWS', async () => {
    expectClean(JSON.stringify(await linesOf(place.folder)))
    expectClean(JSON.stringify(place.cognito.requests))
  })
})

/** Every piece of the text as long as a password and without white space. */
function windowsOf(text: string): string[] {
  const pieces = new Set<string>()
  for (let at = 0; at + LENGTH <= text.length; at += 1) {
    const piece = text.slice(at, at + LENGTH)
    if (/^[!-~]+$/.test(piece)) pieces.add(piece)
  }
  return [...pieces]
}

/** The words after "To read out:". */
function spelledIn(text: string): string {
  return /To read out: (.*)/.exec(text)?.[1] ?? ''
}

/** A call or an answer without what a modal shows. */
function withoutBlocks(value: unknown): unknown {
  const { view, ...rest } = (value ?? {}) as { view?: { type?: string } }
  if (view?.type !== 'modal') return value
  const { blocks: _shown, state: _typed, ...bare } = view as { blocks?: unknown; state?: unknown }
  return { ...rest, view: bare }
}
