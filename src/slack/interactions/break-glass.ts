import { sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { occasionOf, open } from '../opening.ts'
import type { ButtonPress, ViewSubmission } from '../payloads.ts'
import { settle, submittedResult } from '../result.ts'
import type { Result } from '../result.ts'
import { breakGlassView, readBreakGlass } from '../screens/break-glass.ts'
import type { BrokenGlass } from '../screens/break-glass.ts'

/** Break glass was clicked: a form asks for the emergency and a typed confirmation. */
export async function onBreakGlassClick(
  desk: Desk,
  press: ButtonPress,
  reply: Reply,
): Promise<void> {
  const view = breakGlassView(press.actions[0].value)
  await Promise.all([reply(), open(desk, occasionOf(press), view)])
}

/** One person acts alone. The result comes as that of any form. */
export async function onBreakGlass(desk: Desk, sent: ViewSubmission, reply: Reply): Promise<void> {
  const form = readBreakGlass(sent)
  if ('errors' in form) return reply({ response_action: 'errors', errors: form.errors })
  const { request } = form.read
  const sheet = {
    viewId: sent.view.id,
    heading: 'Break glass',
    again: (trouble: string) => breakGlassView(request, trouble),
  }
  await settle(desk, sheet, carryOut(desk, sent.user.id, form.read), reply)
}

/** Never throws: every error becomes something to show. */
async function carryOut(
  desk: Desk,
  person: string,
  { request, reason }: BrokenGlass,
): Promise<Result> {
  try {
    const submitted = await desk.workflow.breakGlass(request, person, reason, desk.now())
    return submittedResult(desk, submitted)
  } catch (error) {
    return { kind: 'notice', text: sentenceOf(desk, error) }
  }
}
