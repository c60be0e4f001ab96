import type { types } from '@slack/bolt'
import type { Operation, Query } from '../../core/operation.ts'
import type { Standing } from '../../core/person.ts'
import { Refusal } from '../../core/refusal.ts'
import { readCommand } from '../command-text.ts'
import { draftForm, requireWay, sentenceOf } from '../desk.ts'
import type { Desk, Draft, Reply } from '../desk.ts'
import { COMMAND } from '../ids.ts'
import { nearest } from '../../core/nearest.ts'
import type { SlashCommand } from '../payloads.ts'
import { open } from '../opening.ts'
import type { Occasion } from '../opening.ts'
import { answerMessage, answerView } from '../screens/answer.ts'
import { loadingView, noticeView } from '../screens/notice.ts'
import { followed, isComplete, present } from '../following.ts'
import { fieldsOf } from '../../core/field.ts'

/** What a command leads to: words, an answer at once, or a form. Worked out from memory alone. */
type Reaction =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'answer'; readonly operation: Query }
  | {
      readonly kind: 'form'
      readonly operation: Operation
      readonly values: Prefill['values']
      readonly trouble?: string
    }

const privately = (text: string) => ({ response_type: 'ephemeral', text })

/** `/cognito ...`: acknowledged from memory; the form opens beside the acknowledgement. */
export async function onCommand(desk: Desk, command: SlashCommand, reply: Reply): Promise<void> {
  const standing = desk.people.known(command.user_id)
  if (!standing) return meet(desk, command, reply)
  try {
    const reaction = react(desk, command, standing)
    if (reaction.kind === 'words') return await reply(privately(reaction.text))
    if (reaction.kind === 'answer')
      return await reply(
        answerMessage(await desk.workflow.answer(reaction.operation, standing, {})),
      )
    const draft = { ...reaction, standing, requestId: desk.ids.request() }
    const { title } = reaction.operation
    const shown = present(desk, occasionOf(command), title, viewOf(desk, draft))
    // Rights count at the submit when they were read after the form was opened.
    desk.people.refresh(command.user_id, desk.now())
    await Promise.all([reply(), shown])
    if (reaction.operation.kind === 'mutation') prefetch(desk, reaction.values)
  } catch (error) {
    await reply(privately(sentenceOf(desk, error)))
    if (error instanceof Refusal)
      await desk.workflow.refused(command.user_id, error, aboutOf(desk, command))
  } finally {
    desk.people.refresh(command.user_id)
  }
}

/** Somebody not in memory yet: a view opens at once and is filled when Slack has said who they are. */
async function meet(desk: Desk, command: SlashCommand, reply: Reply): Promise<void> {
  const [, viewId] = await Promise.all([
    reply(),
    open(desk, occasionOf(command), loadingView('Lifeguard')),
  ])
  if (viewId === undefined) return
  const view = await meeting(desk, command)
  await desk.client.update(viewId, view)
}

async function meeting(desk: Desk, command: SlashCommand): Promise<types.ModalView> {
  try {
    const requestId = desk.ids.request()
    const standing = await desk.people.fresh(command.user_id, desk.now())
    const reaction = react(desk, command, standing)
    if (reaction.kind === 'words') return noticeView('Lifeguard', reaction.text)
    if (reaction.kind === 'answer')
      return answerView(await desk.workflow.answer(reaction.operation, standing, {}))
    prefetch(desk, reaction.values)
    return await followed(desk, { ...reaction, standing, requestId })
  } catch (error) {
    if (error instanceof Refusal)
      await desk.workflow.refused(command.user_id, error, aboutOf(desk, command))
    return noticeView('Lifeguard', sentenceOf(desk, error), 'error')
  }
}

function occasionOf(command: SlashCommand): Occasion {
  const { trigger_id: trigger, user_id: person, channel_id: channel } = command
  return { trigger, person, channel, inModal: false }
}

function react(desk: Desk, command: SlashCommand, standing: Standing): Reaction {
  desk.workflow.admit(standing)
  const { verb, words } = readCommand(command.text)
  const operation = desk.operations.get(verb || 'help')
  if (!operation) return { kind: 'words', text: unknownWord(desk, verb) }
  if (words.length > operation.words.length && !takesText(operation))
    return { kind: 'words', text: tooManyWords(operation) }
  if (operation.kind === 'query' && !operation.pooled) return { kind: 'answer', operation }
  const prefill = prefillOf(desk, operation, words)
  requireWay(desk, standing, operation, prefill.values)
  return { kind: 'form', operation, ...prefill }
}

function unknownWord(desk: Desk, verb: string): string {
  const near = nearest(verb, desk.operations.keys())
  const hint = near
    ? `Did you mean \`${COMMAND} ${near}\`?`
    : `\`${COMMAND} help\` lists what you may do.`
  return `I don't know that command. ${hint}`
}

/** Words are never echoed: somebody will type a password here one day. */
function tooManyWords({ name, words }: Operation): string {
  const shape = words.map((word) => ` <${word.replaceAll('_', ' ')}>`).join('')
  return words.length > 0
    ? `Those are more words than I can use. Type \`${COMMAND} ${name}${shape}\`, and never a password.`
    : `Type just \`${COMMAND} ${name}\`.`
}

/** Its last word may be several: a text to search for. */
function takesText(operation: Operation): boolean {
  const last = operation.words.at(-1)
  return last !== undefined && fieldsOf(operation.input).get(last)?.widget.as === 'text'
}

interface Prefill {
  readonly values: Readonly<Record<string, string>>
  readonly trouble?: string
}

const NO_POOL = 'I manage no single pool of that name. Choose one below.'

/** The words after the operation as values of its form, in the order it names them. */
function prefillOf(desk: Desk, operation: Operation, words: readonly string[]): Prefill {
  const fields = fieldsOf(operation.input)
  const values: Record<string, string> = {}
  let trouble: string | undefined
  let left = words
  for (const name of operation.words) {
    const [word] = left
    const field = fields.get(name)
    if (word === undefined || !field) break
    if (field.widget.as === 'pool') {
      const pool = poolNamed(desk, word)
      // A pool that may be left out is taken for one only when there is such a pool.
      if (!pool && !field.required) continue
      if (pool) values[name] = pool.id
      else trouble = NO_POOL
      left = left.slice(1)
      continue
    }
    const whole = field.widget.as === 'text' && name === operation.words.at(-1)
    values[name] = whole ? left.join(' ') : word
    left = whole ? [] : left.slice(1)
  }
  return trouble === undefined ? { values } : { values, trouble }
}

function poolNamed({ directory }: Desk, word: string) {
  return directory.pools.get(word) ?? only(directory.pools.named(word))
}

/** What a refused command was about, for the audit entry: only names that we know. */
function aboutOf(desk: Desk, { text }: SlashCommand) {
  const { verb, words } = readCommand(text)
  const operation = desk.operations.get(verb)
  const pool = operation && prefillOf(desk, operation, words).values['pool']
  return { operation: operation?.name, pool }
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** A form whose settings are in memory opens complete, in one call. */
async function viewOf(desk: Desk, draft: Draft): Promise<types.ModalView> {
  const { operation, values } = draft
  const waits = operation.prefills || isComplete(operation, values)
  return waits ? followed(desk, draft) : draftForm(desk, draft)
}

/** The submit will want the pool's policy: fetched while the person types. */
function prefetch(desk: Desk, values: Prefill['values']): void {
  const { pool, user } = values
  if (pool !== undefined) desk.directory.prefetch(pool, user)
}
