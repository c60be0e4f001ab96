import type { types } from '@slack/bolt'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { UserSummary } from '../../core/directory.ts'
import { fieldsOf } from '../../core/field.ts'
import type { Operation } from '../../core/operation.ts'
import type { Standing } from '../../core/person.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Picking } from '../../core/workflow/picking.ts'
import { option } from '../blocks.ts'
import { asSeenBy, poolLabel, seenThrough } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { readForm } from '../form.ts'
import { formMeta, operationOf } from '../ids.ts'
import type { BlockSuggestion } from '../payloads.ts'

const MOST_POOLS = 100
const MOST_PICKS = 100
const VALUE_LIMIT = 75

/** Somebody types in a picker: pools come from memory, users from one search in Cognito. */
export async function onSuggest(desk: Desk, payload: BlockSuggestion, reply: Reply): Promise<void> {
  const { view, user, action_id: field, value: typed } = payload
  const operation = desk.operations.get(operationOf(view.callback_id) ?? '')
  const standing = desk.people.known(user.id)
  desk.people.refresh(user.id)
  if (!operation || !standing) return reply({ options: [] })
  const widget = fieldsOf(operation.input).get(field)?.widget.as
  if (widget === 'pool')
    return reply({
      options: poolOptions(desk, seenThrough(desk, operation, field), standing, typed),
    })
  const form = formMeta(view.private_metadata).requestId
  const values = readForm(operation, view)
  const picking = { form, operation, field, standing, values, typed }
  if (widget === 'pick') return reply({ options: await spoken(picks(desk, picking)) })
  if (widget === 'user') return reply({ options: await spoken(users(desk, picking)) })
  return reply({ options: [] })
}

type Options = readonly types.PlainTextOption[]

/** A no is said in the list. */
async function spoken(finding: Promise<Options>): Promise<Options> {
  try {
    return await finding
  } catch (error) {
    if (error instanceof Refusal || error instanceof CloudFault) return [remark(error.message)]
    throw error
  }
}

/** What the operation's own list holds, narrowed by what is typed. */
async function picks({ workflow }: Desk, picking: Picking): Promise<Options> {
  const found = await workflow.options(picking)
  const sought = picking.typed.trim().toLowerCase()
  return found
    .filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(sought))
    .slice(0, MOST_PICKS)
    .map(({ label, value, description }) => option(label, value, description))
}

async function users(desk: Desk, picking: Picking): Promise<Options> {
  try {
    const { pool, rows } = await desk.workflow.users(picking)
    return rows.map((user) => userOption(user, asSeenBy(desk, picking.standing, pool, user)))
  } catch (error) {
    if (error instanceof CloudFault) return [remark('Cognito did not answer. Type another letter.')]
    throw error
  }
}

function poolOptions(desk: Desk, operation: Operation, standing: Standing, typed: string) {
  const pools = desk.workflow.rights.pools(standing, operation)
  // People paste ids from the AWS console.
  const named = pools.get(typed.trim())
  const { rows } = named ? { rows: [named] } : pools.page(typed, 0, MOST_POOLS)
  return rows.map((pool) => option(poolLabel(desk, pool.id), pool.id))
}

/** A sentence in the list. Its value has spaces, so the form refuses it as a user. */
const remark = (text: string): types.PlainTextOption => option(text, 'not a user')

function userOption(user: UserSummary, seen: UserSummary): types.PlainTextOption {
  const { username, email, phone, name, status, enabled } = seen
  const contact = email ?? phone ?? username
  const label = name === undefined ? contact : `${contact} · ${name}`
  const state = enabled ? status : `${status}, disabled`
  return option(
    label,
    // A masked username names nobody.
    username.length <= VALUE_LIMIT && username === user.username ? username : user.sub,
    state.toLowerCase().replaceAll('_', ' '),
  )
}
