import type { types } from '@slack/bolt'
import type { Operation, Query, Values } from '../core/operation.ts'
import type { Standing } from '../core/person.ts'
import { draftForm, poolsChosen, prefilled, sentenceOf } from './desk.ts'
import type { Desk, Draft } from './desk.ts'
import { open } from './opening.ts'
import type { Occasion } from './opening.ts'
import { answerView } from './screens/answer.ts'
import { loadingView, noticeView } from './screens/notice.ts'

/** An answer from memory comes at once; only a slower one is announced by a view of its own. */
const AT_ONCE_MS = 150

/** Opens a view when it is ready, or a waiting one that is filled later. `work` never throws. */
export async function present(
  desk: Desk,
  occasion: Occasion,
  heading: string,
  work: Promise<types.ModalView>,
): Promise<void> {
  const ready = await within(desk, work)
  if (ready) return void (await open(desk, occasion, ready))
  const viewId = await open(desk, occasion, loadingView(heading))
  if (viewId !== undefined) await desk.client.update(viewId, await work).catch(desk.report)
}

async function within<T>(desk: Desk, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const cancel = desk.after(AT_ONCE_MS, () => resolve(undefined))
  try {
    return await Promise.race([work, promise])
  } finally {
    cancel()
  }
}

/** What a person asked for, as a view: an answer when nothing is missing, else the form. Never throws. */
export async function followed(desk: Desk, draft: Draft): Promise<types.ModalView> {
  const { operation, standing, values } = draft
  try {
    if (isComplete(operation, values)) return await answered(desk, operation, standing, values)
    return await filledForm(desk, draft)
  } catch (error) {
    return noticeView(operation.title, sentenceOf(desk, error), 'error')
  }
}

/** A query for which nothing has to be asked. */
export function isComplete(operation: Operation, values: Values): operation is Query {
  return operation.kind === 'query' && operation.input.safeParse(values).success
}

export async function answered(
  desk: Desk,
  operation: Query,
  standing: Standing,
  values: Values,
): Promise<types.ModalView> {
  const checked = operation.input.parse(values)
  return answerView(await desk.workflow.answer(operation, standing, checked))
}

/** The form, started from the settings of what is chosen in it where it wants them. */
async function filledForm(desk: Desk, draft: Draft): Promise<types.ModalView> {
  const pools = [...poolsChosen(desk, draft).values()]
  if (!draft.operation.prefills) return draftForm(desk, draft)
  await Promise.all(pools.map(async (id) => desk.directory.snapshot(id)))
  return draftForm(desk, { ...draft, values: prefilled(desk, draft) })
}
