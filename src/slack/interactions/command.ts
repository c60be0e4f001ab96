import type { types } from '@slack/bolt'
import type { Operation, Query, Values } from '../../core/operation.ts'
import type { Standing } from '../../core/person.ts'
import { Refusal } from '../../core/refusal.ts'
import { readCommand } from '../command-text.ts'
import { draftForm, sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { COMMAND } from '../ids.ts'
import { nearest } from '../../core/nearest.ts'
import type { SlashCommand } from '../payloads.ts'
import { open } from '../opening.ts'
import { answerMessage, answerView } from '../screens/answer.ts'
import { loadingView, noticeView } from '../screens/notice.ts'

/** What a command leads to: words, an answer at once, or a form. Worked out from memory alone. */
type Reaction =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'answer'; readonly operation: Query }
  | {
      readonly kind: 'form'
      readonly operation: Operation
      readonly values: Values
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
    const view = formFor(desk, reaction, standing, desk.ids.request())
    await Promise.all([reply(), show(desk, command, view)])
    // Rights count at the submit when they were read after the form was opened.
    desk.people.refresh(command.user_id, desk.now())
    prefetch(desk, reaction.values)
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
  const [, viewId] = await Promise.all([reply(), show(desk, command, loadingView('Lifeguard'))])
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
    return formFor(desk, reaction, standing, requestId)
  } catch (error) {
    if (error instanceof Refusal)
      await desk.workflow.refused(command.user_id, error, aboutOf(desk, command))
    return noticeView('Lifeguard', sentenceOf(desk, error), 'error')
  }
}

async function show(
  desk: Desk,
  { trigger_id: trigger, user_id: person, channel_id: channel }: SlashCommand,
  view: types.ModalView,
): Promise<string | undefined> {
  return open(desk, { trigger, person, channel, inModal: false }, view)
}

function react(desk: Desk, command: SlashCommand, standing: Standing): Reaction {
  desk.workflow.admit(standing)
  const { verb, words } = readCommand(command.text)
  const operation = desk.operations.get(verb || 'help')
  if (!operation) return { kind: 'words', text: unknownWord(desk, verb) }
  const most = operation.pooled ? 2 : 0
  if (words.length > most) return { kind: 'words', text: tooManyWords(operation) }
  if (operation.kind === 'query' && !operation.pooled) return { kind: 'answer', operation }
  const prefill = prefillOf(desk, words)
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
function tooManyWords({ name, pooled }: Operation): string {
  return pooled
    ? `Those are more words than I can use. Type \`${COMMAND} ${name} <pool> <user>\`, and never a password.`
    : `Type just \`${COMMAND} ${name}\`.`
}

interface Prefill {
  readonly values: { readonly pool?: string; readonly user?: string }
  readonly trouble?: string
}

/** `[pool] [user]` as values of the form. */
function prefillOf(desk: Desk, words: readonly string[]): Prefill {
  const [poolWord, user] = words
  if (poolWord === undefined) return { values: {} }
  const pool = desk.directory.pools.get(poolWord) ?? only(desk.directory.pools.named(poolWord))
  const values = { ...(pool ? { pool: pool.id } : {}), ...(user === undefined ? {} : { user }) }
  return pool
    ? { values }
    : { values, trouble: 'I manage no single pool of that name. Choose one below.' }
}

/** What a refused command was about, for the audit entry: only names that we know. */
function aboutOf(desk: Desk, { text }: SlashCommand) {
  const { verb, words } = readCommand(text)
  const { pool } = prefillOf(desk, words).values
  return { operation: desk.operations.get(verb)?.name, pool }
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** A no that is certain before the form is filled is said before the form opens. */
function requireWay(desk: Desk, standing: Standing, operation: Operation, values: Values): void {
  const { rights } = desk.workflow
  const pool = desk.directory.pools.get(String(values['pool']))
  if (rights.offers(standing, operation, pool, {})) return
  const { policies } = pool ? rights.verdict(standing, operation, pool, values) : { policies: [] }
  const where = pool ? `in ${pool.environment}` : 'on any pool'
  const why = policies.length > 0 ? ` (${policies.join(', ')})` : ''
  throw new Refusal(
    `The policy does not let you use ${operation.name} ${where}${why}. \`${COMMAND} help\` lists what you may do; a Cognito admin can add you to a group.`,
    { policies },
  )
}

function formFor(
  desk: Desk,
  reaction: Reaction & { kind: 'form' },
  standing: Standing,
  requestId: string,
): types.ModalView {
  return draftForm(desk, { ...reaction, standing, requestId })
}

/** The submit will want the pool's policy: fetched while the person types. */
function prefetch(desk: Desk, values: Prefill['values']): void {
  if (values.pool !== undefined) desk.directory.prefetch(values.pool, values.user)
}
