import type { types } from '@slack/bolt'
import type { Operation, Values } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { failureText } from '../../core/request.ts'
import { draftForm, sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { faultsOf, readForm, shownFields } from '../form.ts'
import { formMeta, operationOf } from '../ids.ts'
import type { ViewSubmission } from '../payloads.ts'
import { settle, submittedResult } from '../result.ts'
import type { Result } from '../result.ts'
import { answered } from '../following.ts'
import { noticeView } from '../screens/notice.ts'

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
  const values = readForm(operation, view)
  const errors = faultsOf(operation, values)
  if (errors) return reply({ response_action: 'errors', errors })

  const sent: Sent = {
    operation,
    id: formMeta(view.private_metadata).requestId,
    person: user.id,
    values: operation.input.parse(values),
  }
  const sheet = {
    viewId: view.id,
    heading: operation.title,
    again: (trouble: string) => formAgain(desk, sent, trouble),
  }
  await settle(desk, sheet, carryOut(desk, sent), reply)
}

/** Never throws: every error becomes something to show. */
async function carryOut(desk: Desk, sent: Sent): Promise<Result> {
  try {
    return await resultOf(desk, sent)
  } catch (error) {
    const text = sentenceOf(desk, error)
    const field = error instanceof Refusal ? error.field : undefined
    const isShown = shownFields(sent.operation, sent.values).some(([name]) => name === field)
    return field !== undefined && isShown
      ? { kind: 'errors', errors: { [field]: text } }
      : { kind: 'notice', text }
  }
}

async function resultOf(desk: Desk, sent: Sent): Promise<Result> {
  const { operation, person, values } = sent
  if (operation.kind === 'query') {
    const standing = await desk.people.fresh(person, 0)
    return { kind: 'view', view: await answered(desk, operation, standing, values) }
  }
  const submitted = await desk.workflow.submit({ ...sent, operation })
  const result = submittedResult(desk, submitted)
  return submitted.kind === 'ended' && submitted.request.state === 'failed'
    ? {
        kind: 'view',
        view: formAgain(desk, sent, failureText(submitted.request.outcome)),
      }
    : result
}

/** The same form with everything kept, as a new request: the old one has ended. */
function formAgain(desk: Desk, sent: Sent, trouble: string): types.ModalView {
  const standing = desk.people.known(sent.person)
  if (!standing) return noticeView(sent.operation.title, trouble, 'error')
  return draftForm(desk, { ...sent, standing, requestId: desk.ids.request(), trouble })
}
