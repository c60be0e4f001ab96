import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventsOf, expectBalancedBooks, linesOf, linesWritten, writesIn } from './ledger.ts'
import { commandOf, formOf, send, submissionOf } from './letters.ts'
import {
  grounds,
  openWorkplace,
  outsiders,
  saidIn,
  secretOf,
  STAGING,
  textOf,
  transports,
} from './workplace.ts'
import type { Workplace } from './workplace.ts'

const temporary = { ...grounds, method: 'temporary' }
const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString()

const now = () => Math.floor(Date.now() / 1000)

/** After whatever it was, the same process still serves. */
async function expectAlive(place: Workplace, pid: number | undefined) {
  expect(place.bot.pid).toBe(pid)
  expect((await fetch(`${place.url}/healthz`)).status).toBe(200)
}

describe.each(transports)('hostile input over %s', (transport) => {
  let place: Workplace
  let pid: number | undefined
  beforeAll(async () => {
    place = await openWorkplace({ transport })
    pid = place.bot.pid
  })
  afterAll(() => place.close())
  afterEach(() => expectAlive(place, pid))

  it.each([
    ['of another workspace', 'members of its own workspace only'],
    ['a stranger', 'members of its own workspace only'],
    ['a guest', 'does not work for guest accounts'],
    ['a single-channel guest', 'does not work for guest accounts'],
    ['a bot', 'Bots cannot use Lifeguard'],
    ['deactivated', 'Your Slack account is deactivated'],
  ] as const)('refuses somebody who is %s, with a form and without', async (what, says) => {
    const who = place.slack.person(outsiders[what].id)
    const colleague = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(colleague, STAGING, user)
    await colleague.set(temporary)

    const reply = await who.slash('/cognito', `reset-password ${STAGING.name} ${user}`)
    expect(saidIn(reply)).toContain(says)
    expect(reply.view).toBeUndefined()

    await send(place, submissionOf(place, { user: who.id, view: colleague.view()! }))
    await expect
      .poll(async () =>
        (await linesOf(place.folder, { actor: who.id })).map((line) => line.outcome),
      )
      .toEqual([expect.stringContaining(says), expect.stringContaining(says)])
    expect(writesIn(place.cognito.requests, user)).toEqual([])
  })

  it.each([
    ['a contractor whom the policy forbids it', 'U0MALLORY', '(contractors-never)'],
    ['somebody in no group', 'U0NOBODY', 'a Cognito admin can add you to a group'],
  ])('refuses %s, and names the reason', async (_who, id, says) => {
    const who = place.slack.person(id)
    await who.slash('/cognito', `reset-password ${STAGING.name} grace`)
    await place.until(() => {
      const said = [...place.slack.ephemerals(id).map(({ text }) => text), textOf(who.view())]
      expect(said.join('\n')).toContain(says)
    })
    const lines = await linesWritten(place.folder, { actor: id })
    expect(eventsOf(lines)).toEqual(['refused'])
    expect(lines[0]).toMatchObject({ operation: 'reset-password', pool: STAGING.id })
  })

  it('does nothing for a form that arrives from another workspace', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set(temporary)
    const bent = submissionOf(place, { user: who.id, view: who.view()!, team: 'T0OTHER' })
    await send(place, bent)
    expect(secretOf((await who.submit()).view)).toBeDefined()
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })

  it('refuses a request id that it did not mint, and one that was sent with other values', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set(temporary)
    const view = who.view()!
    await send(
      place,
      submissionOf(place, { user: who.id, view: { ...view, private_metadata: 'x' } }),
    )
    await linesWritten(place.folder, { actor: who.id })
    await who.submit()
    await send(place, submissionOf(place, { user: who.id, view, chosen: { method: 'email-code' } }))
    await expect
      .poll(async () => eventsOf(await linesOf(place.folder, { actor: who.id })))
      .toEqual(['refused', 'intent', 'done', 'revealed', 'refused'])
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })

  it('says that it does not know a command, and never repeats the words', async () => {
    const who = place.supporter()
    const typo = await who.slash('/cognito', 'reset-pasword hunter2hunter2')
    expect(saidIn(typo)).toContain('Did you mean `/cognito reset-password`?')
    const words = await who.slash('/cognito', 'reset-password a b hunter2hunter2')
    expect(saidIn(words)).toContain('more words than I can use')
    expect(saidIn(typo) + saidIn(words)).not.toContain('hunter2')
  })

  it('leaves balanced books', async () => {
    await expectBalancedBooks(place)
  })

  if (transport === 'socket') {
    it.each(['null', '[]', '7', 'not json', '{}', '{"type":"interactive","envelope_id":"1"}'])(
      'survives the frame %s',
      async (frame) => {
        place.slack.sendFrame(frame)
        const who = place.supporter()
        expect(who.id).toBeDefined()
      },
    )
    return
  }

  const asJson = { 'content-type': 'application/json' }
  const forged = { 'x-slack-signature': `v0=${'0'.repeat(64)}` }
  const command = () => form(commandOf(place, 'U0ADA', '/cognito', 'help'))

  it.each([
    ['a forged signature', () => ({ body: command(), headers: forged }), 401],
    ['no signature', () => ({ body: command(), sign: false }), 401],
    ['an unsigned ssl_check', () => ({ body: 'ssl_check=1', sign: false }), 401],
    ['a date in the future', () => ({ body: command(), timestamp: now() + 3600 }), 401],
    ['a date long past', () => ({ body: command(), timestamp: now() - 3600 }), 401],
    ['a date without end', () => ({ body: command(), timestamp: 'Infinity' }), 401],
    ['signed null', () => ({ body: 'null', headers: asJson }), 400],
    ['signed null as a payload', () => ({ body: 'payload=null' }), 400],
    ['a list', () => ({ body: '[]', headers: asJson }), 400],
    ['a member twice', () => ({ body: `${command()}&user_id=U0GRACE` }), 400],
  ])('refuses %s', async (_what, raw, status) => {
    const answer = await place.slack.deliverRaw(raw())
    expect(answer.status).toBe(status)
    expect(answer.body).toBe('')
  })

  it('does not read five megabytes', async () => {
    const body = 'x'.repeat(5 * 1024 * 1024)
    const answer = await place.slack.deliverRaw({ body }).catch((error: Error) => error)
    // The answer comes before the body has left, so the sender may see a cut connection instead.
    if (!(answer instanceof Error)) expect(answer.status).toBe(413)
  })

  it('takes a content type with a character set', async () => {
    const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }
    const { status } = await place.slack.deliverRaw({ body: command(), headers })
    expect(status).toBe(200)
  })

  it('answers a command it does not have', async () => {
    const body = form(commandOf(place, 'U0ADA', '/other', ''))
    const answer = await place.slack.deliverRaw({ body })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Lifeguard does not know this one')
  })

  it('writes once when the very same signed form is sent twice', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set(temporary)
    const body = formOf(submissionOf(place, { user: who.id, view: who.view()! }))
    const timestamp = now()
    const both = await Promise.all([
      place.slack.deliverRaw({ body, timestamp }),
      place.slack.deliverRaw({ body, timestamp }),
    ])
    const late = await place.slack.deliverRaw({ body, timestamp })
    const shown = [...both, late].filter((answer) => answer.body.includes('"block_id":"secret"'))
    expect(shown).toHaveLength(1)
    expect(late.body).toContain('This was already done once')
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })
})
