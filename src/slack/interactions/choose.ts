import { fieldsOf } from '../../core/field.ts'
import type { Operation, Values } from '../../core/operation.ts'
import { draftForm, poolsChosen, prefilled, sentenceOf } from '../desk.ts'
import type { Desk, Draft, Reply } from '../desk.ts'
import { readForm, shownFields } from '../form.ts'
import { formMeta, operationOf } from '../ids.ts'
import type { BlockActions } from '../payloads.ts'

/** Something was chosen on which the rest of the form depends: the form is drawn anew. */
export async function onChoose(desk: Desk, payload: BlockActions, reply: Reply): Promise<void> {
  await reply()
  const { view, user, actions } = payload
  const operation = view && desk.operations.get(operationOf(view.callback_id) ?? '')
  if (!view || !operation) return
  desk.people.refresh(user.id)
  const standing = desk.people.known(user.id)
  if (!standing) return
  const chosen = actions[0]?.action_id ?? ''
  const values = readForm(operation, view)
  const { requestId } = formMeta(view.private_metadata)
  const asked = { operation, requestId, standing, values }
  const trouble = await readPools(desk, asked)
  const draft = trouble === undefined ? asked : { ...asked, trouble }
  const redraw = async (filled: Values, hidden: readonly string[] = []) =>
    desk.client.update(view.id, formWithout(desk, { ...draft, values: filled }, hidden))
  if (!operation.prefills || !fills(operation, chosen)) return void (await redraw(values))
  const filled = prefilled(desk, draft, chosen)
  // Slack keeps what stands in a field that stays: to be filled anew it has to go first.
  const stale = refilled(operation, values, filled)
  if (stale.length > 0) await redraw(values, stale)
  await redraw(filled)
}

/** Choosing a user changes advice, not what the form starts from. */
function fills(operation: Operation, chosen: string): boolean {
  return fieldsOf(operation.input).get(chosen)?.widget.as !== 'user'
}

/** Fields that are in the form already and should hold something else now. */
function refilled(operation: Operation, values: Values, filled: Values): readonly string[] {
  return shownFields(operation, values)
    .map(([name]) => name)
    .filter((name) => JSON.stringify(values[name]) !== JSON.stringify(filled[name]))
}

function formWithout(desk: Desk, draft: Draft, hidden: readonly string[]) {
  const view = draftForm(desk, draft)
  return { ...view, blocks: view.blocks.filter(({ block_id: id }) => !hidden.includes(id ?? '')) }
}

/** Advice needs the pools' settings; without them the form still works and says why it knows less. */
async function readPools(desk: Desk, draft: Draft): Promise<string | undefined> {
  const { directory } = desk
  const pools = [...poolsChosen(desk, draft).values()]
  try {
    await Promise.all(
      pools.map(async (id) =>
        draft.operation.prefills ? directory.snapshot(id) : directory.pool(id),
      ),
    )
    return undefined
  } catch (error) {
    return sentenceOf(desk, error)
  }
}
