import type { types } from '@slack/bolt'
import { fieldsOf } from '../../core/field.ts'
import type { Mutation, Operation, Values } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Ended } from '../../core/request.ts'
import type { Submitted } from '../../core/workflow.ts'
import { AckLost } from '../acknowledgement.ts'
import { draftForm, sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { faultsOf, readForm } from '../form.ts'
import { operationOf } from '../ids.ts'
import type { ViewSubmission } from '../payloads.ts'
import { answerView } from '../screens/answer.ts'
import { noticeView, workingView } from '../screens/notice.ts'
import { failureText, hiddenView, outcomeView, requestView } from '../screens/outcome.ts'

/** Slack waits three seconds for an acknowledgement; past two we say that we are still working (slack.md 10). */
const GUARD_MS = 2000
const HIDE_AFTER_MS = 120_000

/** What to show for a form that was sent. `secretOf` is the request whose secret the view holds. */
type Result =
  | { readonly kind: 'view'; readonly view: types.ModalView; readonly secretOf?: Ended }
  | { readonly kind: 'errors'; readonly errors: Record<string, string> }
  /** The form stays as it is; the words come on top of it. */
  | { readonly kind: 'notice'; readonly text: string }

interface Sent {
  readonly operation: Operation
  readonly id: string
  readonly person: string
  readonly values: Values
}

/** A form was sent: its result rides in the acknowledgement, or follows it when AWS is slow. */
export async function onSubmit(desk: Desk, payload: ViewSubmission, reply: Reply): Promise<void> {
  const { view, user } = payload
  const operation = desk.operations.get(operationOf(view.callback_id) ?? '')
  if (!operation) return reply()
  const values = readForm(operation, view.state.values)
  const errors = faultsOf(operation, values)
  if (errors) return reply({ response_action: 'errors', errors })

  const sent: Sent = {
    operation,
    id: view.private_metadata,
    person: user.id,
    values: operation.input.parse(values),
  }
  const work = carryOut(desk, sent)
  const result = await within(desk, GUARD_MS, work)
  if (result) return answer(desk, sent, result, view.id, reply)
  await reply({ response_action: 'update', view: workingView(operation.title) })
  await follow(desk, sent, await work, view.id)
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

/** Never throws: every error becomes something to show. */
async function carryOut(desk: Desk, sent: Sent): Promise<Result> {
  try {
    const { operation } = sent
    if (operation.kind === 'mutation')
      return resultOf(desk, sent, await desk.workflow.submit({ ...sent, operation }), operation)
    const standing = await desk.people.fresh(sent.person, 0)
    return {
      kind: 'view',
      view: answerView(await desk.workflow.answer(operation, standing, sent.values)),
    }
  } catch (error) {
    const text = sentenceOf(desk, error)
    const field = error instanceof Refusal ? error.field : undefined
    return field !== undefined && fieldsOf(sent.operation.input).has(field)
      ? { kind: 'errors', errors: { [field]: text } }
      : { kind: 'notice', text }
  }
}

function resultOf(desk: Desk, sent: Sent, submitted: Submitted, { title }: Mutation): Result {
  const { request } = submitted
  if (submitted.kind === 'repeated') return { kind: 'view', view: requestView(title, request) }
  if (submitted.bug !== undefined) desk.report(submitted.bug)
  const { outcome } = submitted
  if (outcome)
    return {
      kind: 'view',
      view: outcomeView(title, outcome),
      ...(outcome.secret ? { secretOf: submitted.request } : {}),
    }
  return request.state === 'failed'
    ? { kind: 'view', view: formAgain(desk, sent, failureText(request.outcome)) }
    : { kind: 'view', view: requestView(title, request) }
}

/** The same form with everything kept, as a new request: the old one has ended. */
function formAgain(desk: Desk, sent: Sent, trouble: string): types.ModalView {
  const standing = desk.people.known(sent.person)
  if (!standing) return noticeView(sent.operation.title, trouble, 'error')
  return draftForm(desk, { ...sent, standing, requestId: desk.ids.request(), trouble })
}

async function answer(
  desk: Desk,
  sent: Sent,
  result: Result,
  viewId: string,
  reply: Reply,
): Promise<void> {
  const { title } = sent.operation
  switch (result.kind) {
    case 'errors':
      return reply({ response_action: 'errors', errors: result.errors })
    case 'notice':
      return reply({ response_action: 'push', view: noticeView(title, result.text, 'error') })
    case 'view':
      return result.secretOf
        ? hand(desk, sent, result, result.secretOf, viewId, reply)
        : reply({ response_action: 'update', view: result.view })
  }
}

/** The secret rides in the acknowledgement; if that is lost on the way, a call brings it. */
async function hand(
  desk: Desk,
  sent: Sent,
  result: Result & { kind: 'view' },
  secretOf: Ended,
  viewId: string,
  reply: Reply,
): Promise<void> {
  await desk.workflow.revealed(secretOf, true)
  try {
    await reply({ response_action: 'update', view: result.view })
  } catch (error) {
    if (!(error instanceof AckLost)) throw error
    const shown = await bring(desk, viewId, result.view)
    if (!shown) return desk.workflow.revealed(secretOf, false)
  }
  hideLater(desk, viewId, sent.operation.title)
}

/** After the working view: the result replaces it, if the person still has it open. */
async function follow(desk: Desk, sent: Sent, result: Result, viewId: string): Promise<void> {
  const secretOf = result.kind === 'view' ? result.secretOf : undefined
  const shown = await bring(desk, viewId, lateView(desk, sent, result))
  if (!secretOf) return
  await desk.workflow.revealed(secretOf, shown)
  if (shown) hideLater(desk, viewId, sent.operation.title)
}

/** Whether the view is there now. */
async function bring(desk: Desk, viewId: string, view: types.ModalView): Promise<boolean> {
  return desk.client.update(viewId, view).catch((error: unknown) => {
    desk.report(error)
    return false
  })
}

function lateView(desk: Desk, sent: Sent, result: Result): types.ModalView {
  if (result.kind === 'view') return result.view
  const text = result.kind === 'notice' ? result.text : Object.values(result.errors).join(' ')
  return formAgain(desk, sent, text)
}

/** Best effort: the timer lives in memory, and the person may have closed the view. */
function hideLater(desk: Desk, viewId: string, heading: string): void {
  desk.after(HIDE_AFTER_MS, () => {
    desk.client.update(viewId, hiddenView(heading)).catch(() => undefined)
  })
}
