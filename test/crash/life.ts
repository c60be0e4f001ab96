import { expect, vi } from 'vitest'
import { openForm } from '../../playground/journeys.ts'
import { secretIn } from '../../playground/reading.ts'
import type { Actor, Reply } from '../../playground/slack/types.ts'
import type { Request } from '../../src/core/request.ts'
import { openStore } from '../../src/store/store.ts'
import { approveAll, ask, card, cardSays, cardsOf } from '../story/approvals/acts.ts'
import { grounds, offers, press, textOf } from '../story/approvals/acts.ts'
import type { Method } from '../story/approvals/acts.ts'
import { expectBalancedBooks, linesOf, stored, writesIn } from '../story/approvals/books.ts'
import type { Firm } from '../story/approvals/firm.ts'
import { openFirm, PROD } from '../story/approvals/firm.ts'
import type { Act, Moment } from './moments.ts'

/** Longer than the leases of a job and of an execution. */
const LEASED_MS = 61_000

const SUPPORT_BREAKS_GLASS = `
@id("support-breaks-glass")
permit (principal in Group::"support", action == Action::"break-glass", resource);
`

/** One request up to the act that is about to happen. */
export interface Life {
  readonly firm: Firm
  readonly ada: Actor
  readonly user: string
  readonly method: Method
  readonly id: string
  /** Does it, and may never come back. */
  readonly act: () => Promise<Reply>
}

export const openCrashFirm = (): Promise<Firm> => openFirm({ rules: SUPPORT_BREAKS_GLASS })

/** Everything that comes before the act. */
export async function upTo(firm: Firm, act: Act, method: Method): Promise<Life> {
  const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
  const grace = firm.slack.person('U0GRACE')
  const linus = firm.slack.person('U0LINUS')
  const life = { firm, ada, user, method }
  if (act === 'submit') {
    const view = await openForm(firm.slack, ada.id, 'reset-password', `${PROD.name} ${user}`)
    await ada.set({ method, ...grounds })
    return { ...life, id: view.private_metadata, act: () => ada.submit() }
  }
  const { id } = await ask(firm, ada, { pool: PROD, user, method })
  await card(firm, id)
  switch (act) {
    case 'vote':
      return { ...life, id, act: () => press(firm, grace, id, 'approve') }
    case 'last vote':
      await press(firm, grace, id, 'approve')
      await cardSays(firm, id, '1 of 2 approvals')
      return { ...life, id, act: () => press(firm, linus, id, 'approve') }
    case 'reveal': {
      await approveAll(firm, id, grace, linus)
      await firm.until(() => offers(firm, ada, id, 'reveal').length > 0)
      await cardSays(firm, id, 'Reset a password: approved')
      const { channel = '', ts = '' } = offers(firm, ada, id, 'reveal').at(-1) ?? {}
      return { ...life, id, act: () => ada.click({ channel, ts }, 'reveal') }
    }
    case 'deny':
      await press(firm, grace, id, 'deny')
      await grace.waitForView((view) => view.callback_id === 'deny')
      return { ...life, id, act: () => grace.submit({ reason: 'Not like this.' }) }
    case 'withdraw':
      return { ...life, id, act: () => press(firm, ada, id, 'withdraw') }
    case 'break-glass':
      await ada.click('view', 'break-glass')
      await ada.waitForView((view) => view.callback_id === 'break-glass')
      await ada.set({ reason: 'The whole shop is down.', confirm: 'break glass' })
      return { ...life, id, act: () => ada.submit() }
  }
}

/**
 * Does the act, and kills the process as soon as the call was sent that is never answered.
 * True when the act was acknowledged before.
 */
export async function dieAt(life: Life, { call, fault }: Moment): Promise<boolean> {
  const { firm } = life
  const { slack, cognito } = firm
  const [calls, requests] = [slack.calls.length, cognito.requests.length]
  if (call.startsWith('Admin'))
    cognito.fail({ operation: call, kind: fault.kind as 'hang' | 'hang-after-commit' })
  else slack.faults.inject(call, fault as { kind: 'hang' })
  const acted = life.act().catch(() => undefined)
  await firm.until(
    () =>
      slack.calls.slice(calls).some(({ injected }) => injected !== undefined) ||
      cognito.requests.slice(requests).some((request) => request.fault !== undefined),
  )
  await firm.kill()
  slack.faults.clear()
  return (await acted)?.acknowledged === true
}

/** Starts again when every lease is over, and lets everything that is due be done. */
export async function recover(life: Life, aheadMs = LEASED_MS): Promise<Request | undefined> {
  await life.firm.start({ aheadMs })
  return quiet(life, aheadMs)
}

/** The request once nothing more happens by itself. */
export async function quiet({ firm, id }: Life, aheadMs: number): Promise<Request | undefined> {
  const store = await openStore({ folder: firm.folder, now: Date.now })
  try {
    return await vi.waitFor(
      async () => {
        const request = await store.request(id)
        expect(request?.state).not.toBe('executing')
        const next = (await store.nextDue()) ?? Number.POSITIVE_INFINITY
        expect(next - (Date.now() + aheadMs)).toBeGreaterThan(100_000)
        return request
      },
      { timeout: 100_000, interval: 250 },
    )
  } finally {
    await store.close()
  }
}

const TERMINAL = ['done', 'failed', 'denied', 'withdrawn', 'expired', 'unknown']

/** What a person can still do is done, and then everything adds up. */
export async function expectGoodEnd(life: Life): Promise<void> {
  const { firm, id, user, method } = life
  if ((await stored(firm, id))?.state === 'pending') {
    await card(firm, id)
    await press(firm, firm.slack.person('U0MARIA'), id, 'approve')
    await cardSays(firm, id, 'of 2 approvals so far: ').catch(() => undefined)
    await press(firm, firm.slack.person('U0NINA'), id, 'approve').catch(() => undefined)
    await firm.until(() => !textOf(cardsOf(firm, id)[0]).includes('waiting for approval'))
  }
  const request = await stored(firm, id)
  const opened = request && 'revealUntil' in request
  if (opened && method === 'temporary') await expectRevealed(life)
  else if (opened)
    await vi.waitFor(
      async () => expect(TERMINAL).toContain((await stored(firm, id))?.state),
      20_000,
    )
  const lines = await linesOf(firm, id)
  const intents = lines.filter(({ event }) => event === 'intent')
  expect(writesIn(firm.cognito.requests, user).length).toBeLessThanOrEqual(intents.length)
  if (method === 'email-code') expect(intents.length).toBeLessThanOrEqual(1)
  expect(cardsOf(firm, id)).toHaveLength(request ? 1 : 0)
  await expectBalancedBooks(firm)
  expect(firm.slack.problems.filter((problem) => !/acknowledge/.test(problem))).toEqual([])
}

/** The right to reveal has outlived the process: the Home tab has the button, and the password works. */
async function expectRevealed({ firm, ada, user, id }: Life): Promise<void> {
  await ada.close({ all: true }).catch(() => undefined)
  await ada.openHome()
  await firm.until(() => JSON.stringify(firm.slack.home(ada.id)).includes('"reveal"'))
  const before = ada.view()?.id
  await ada.click('home', 'reveal', id)
  const view = await ada.waitForView(
    (shown) => shown.id !== before && !textOf(shown).includes('Working on it'),
    15_000,
  )
  const password = secretIn(view)
  expect(password, textOf(view)).toHaveLength(22)
  expect(await firm.cognito.signIn(PROD.id, user, password ?? '')).toBe('new-password-required')
  await vi.waitFor(async () => expect((await stored(firm, id))?.state).toBe('done'), 10_000)
}

/** What the store must say after the restart, whatever had been waited for. */
export function expectKept(
  request: Request | undefined,
  { act, method, call, fault }: Moment,
  acknowledged: boolean,
): void {
  const lost = fault.kind === 'hang'
  const states: Readonly<Record<Act, readonly (string | undefined)[]>> = {
    submit: call === 'AdminGetUser' ? [undefined] : ['pending'],
    vote: ['pending'],
    'last vote': method === 'temporary' ? ['approved'] : sentStates(call, lost),
    reveal: shownStates(call),
    deny: ['denied'],
    withdraw: ['withdrawn'],
    'break-glass': brokenStates(call, method, lost),
  }
  // The audit channel has posts of its own: one of those may have come before the act.
  const before = call === 'chat.postMessage' && !acknowledged ? ['pending', undefined] : []
  expect([...states[act], ...before]).toContain(request?.state)
}

function sentStates(call: string, lost: boolean): readonly string[] {
  return call === 'AdminResetUserPassword' && lost ? ['unknown'] : ['done', 'unknown']
}

function shownStates(call: string): readonly string[] {
  if (call === 'AdminSetUserPassword') return ['unknown']
  if (call === 'views.update') return ['done']
  return call === 'chat.update' ? ['approved', 'unknown', 'done'] : ['approved']
}

function brokenStates(call: string, method: Method, lost: boolean): readonly string[] {
  if (call === 'users.info') return ['pending']
  if (call === 'AdminGetUser') return method === 'temporary' ? ['approved'] : ['done']
  if (call === 'AdminSetUserPassword') return ['unknown']
  if (call === 'AdminResetUserPassword') return lost ? ['unknown'] : ['done', 'unknown']
  return method === 'temporary' ? ['approved', 'unknown', 'done'] : ['done', 'unknown']
}
