import type { types } from '@slack/bolt'
import type { Request } from '../core/request.ts'
import type { Ending, Submitted } from '../core/workflow/workflow.ts'
import { AckLost } from './acknowledgement.ts'
import type { Desk, Reply } from './desk.ts'
import { askedView } from './screens/asked.ts'
import { noticeView, workingView } from './screens/notice.ts'
import { hiddenView, outcomeView, requestView } from './screens/outcome.ts'

/** Slack waits three seconds for an acknowledgement; past two we say that we are still working (slack.md 10). */
const GUARD_MS = 2000
const HIDE_AFTER_MS = 120_000

/** Something to show. `secretOf` is the request whose secret the view holds. */
export interface ViewResult {
  readonly kind: 'view'
  readonly view: types.ModalView
  readonly secretOf?: Request
}

/** What to show for a form that was sent. */
export type Result =
  | ViewResult
  | { readonly kind: 'errors'; readonly errors: Record<string, string> }
  /** The form stays as it is; the words come on top of it. */
  | { readonly kind: 'notice'; readonly text: string }

/** A form as it was sent: where it is, and how it looks again with words on top. */
export interface Sheet {
  readonly viewId: string
  readonly heading: string
  again(trouble: string): types.ModalView
}

/** The result of a form rides in the acknowledgement, or follows it when AWS is slow. */
export async function settle(
  desk: Desk,
  sheet: Sheet,
  work: Promise<Result>,
  reply: Reply,
): Promise<void> {
  const result = await within(desk, GUARD_MS, work)
  if (result) return answer(desk, sheet, result, reply)
  await reply({ response_action: 'update', view: workingView(sheet.heading) })
  await bring(desk, sheet.viewId, lateResult(sheet, await work))
}

/** What an attempt that ended looks like to its requester. */
export function endingResult(desk: Desk, { request, outcome, bug }: Ending): ViewResult {
  if (bug !== undefined) desk.report(bug)
  const title = titleOf(desk, request)
  if (!outcome) return { kind: 'view', view: requestView(title, request, desk.now()) }
  const view = outcomeView(title, outcome)
  return outcome.secret ? { kind: 'view', view, secretOf: request } : { kind: 'view', view }
}

export function submittedResult(desk: Desk, submitted: Submitted): ViewResult {
  switch (submitted.kind) {
    case 'ended':
      return endingResult(desk, submitted)
    case 'asked': {
      const { card, breakGlass } = submitted
      const { approvalsChannel: channel } = desk
      return { kind: 'view', view: askedView(card, { channel, breakGlass }) }
    }
    case 'repeated': {
      const { request } = submitted
      return { kind: 'view', view: requestView(titleOf(desk, request), request, desk.now()) }
    }
  }
}

/** Puts a result into a view that is open already, if the person still has it open. */
export async function bring(desk: Desk, viewId: string, result: ViewResult): Promise<void> {
  const { view, secretOf } = result
  const shown = await show(desk, viewId, view)
  if (!secretOf) return
  await desk.workflow.revealed(secretOf, shown)
  if (shown) hideLater(desk, viewId, secretOf)
}

/** Whether the view is there now. */
async function show(desk: Desk, viewId: string, view: types.ModalView): Promise<boolean> {
  return desk.client.update(viewId, view).catch((error: unknown) => {
    desk.report(error)
    return false
  })
}

async function within<T>(desk: Desk, ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const cancel = desk.after(ms, () => resolve(undefined))
  try {
    return await Promise.race([work, promise])
  } finally {
    cancel()
  }
}

async function answer(desk: Desk, sheet: Sheet, result: Result, reply: Reply): Promise<void> {
  switch (result.kind) {
    case 'errors':
      return reply({ response_action: 'errors', errors: result.errors })
    case 'notice':
      return reply({
        response_action: 'push',
        view: noticeView(sheet.heading, result.text, 'error'),
      })
    case 'view':
      return result.secretOf
        ? hand(desk, sheet, result, result.secretOf, reply)
        : reply({ response_action: 'update', view: result.view })
  }
}

/** The secret rides in the acknowledgement; if that is lost on the way, a call brings it. */
async function hand(
  desk: Desk,
  { viewId }: Sheet,
  result: ViewResult,
  secretOf: Request,
  reply: Reply,
): Promise<void> {
  await desk.workflow.revealed(secretOf, true)
  try {
    await reply({ response_action: 'update', view: result.view })
  } catch (error) {
    if (!(error instanceof AckLost)) throw error
    if (!(await show(desk, viewId, result.view))) return desk.workflow.revealed(secretOf, false)
  }
  hideLater(desk, viewId, secretOf)
}

function lateResult(sheet: Sheet, result: Result): ViewResult {
  if (result.kind === 'view') return result
  const text = result.kind === 'notice' ? result.text : Object.values(result.errors).join(' ')
  return { kind: 'view', view: sheet.again(text) }
}

/** Best effort: the timer lives in memory, and the person may have closed the view. */
function hideLater(desk: Desk, viewId: string, request: Request): void {
  desk.after(HIDE_AFTER_MS, () => {
    const view = hiddenView(titleOf(desk, request), request, desk.now())
    desk.client.update(viewId, view).catch(() => undefined)
  })
}

function titleOf({ operations }: Desk, { operation }: Request): string {
  return operations.get(operation)?.title ?? 'Lifeguard'
}
