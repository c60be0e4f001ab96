import { draftForm, sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { readForm } from '../form.ts'
import { operationOf } from '../ids.ts'
import type { BlockActions } from '../payloads.ts'

/** A pool or a user was chosen in a form: the form now says what makes sense for them. */
export async function onChoose(desk: Desk, payload: BlockActions, reply: Reply): Promise<void> {
  await reply()
  const { view, user } = payload
  const operation = view && desk.operations.get(operationOf(view.callback_id) ?? '')
  if (!view || !operation) return
  desk.people.refresh(user.id)
  const standing = desk.people.known(user.id)
  if (!standing) return
  const values = readForm(operation, view.state.values)
  const draft = { operation, requestId: view.private_metadata, standing, values }
  const trouble = await readPool(desk, String(values['pool']))
  await desk.client.update(
    view.id,
    draftForm(desk, trouble === undefined ? draft : { ...draft, trouble }),
  )
}

/** Advice needs the pool's settings; without them the form still works and says why it knows less. */
async function readPool(desk: Desk, id: string): Promise<string | undefined> {
  if (!desk.directory.pools.get(id)) return undefined
  try {
    await desk.directory.pool(id)
    return undefined
  } catch (error) {
    return sentenceOf(desk, error)
  }
}
