import type { EntryDraft } from '../audit.ts'
import type { Answer, Query, Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import { Refusal } from '../refusal.ts'
import { rightsOf } from './entries.ts'
import type { Common } from './parts.ts'
import { requireOthers } from './submit.ts'

/** What a query says to a person who may ask it. Personal data that are shown leave an entry. */
export async function answer(
  common: Common,
  operation: Query,
  standing: Standing,
  values: Values,
): Promise<Answer> {
  requireRight(common, operation, standing, values)
  requireOthers(common, standing, operation, values)
  const said = await operation.answer(values, common.look(standing, { operation }))
  const seen = entriesOn(operation, standing, said.about ?? [])
  if (seen.length > 0) await common.store.append(...seen)
  return { ...said, links: usable(common, standing, said.links), rows: said.rows ?? [] }
}

/** Reads of personal data leave an entry each. */
function entriesOn(
  operation: Query,
  standing: Standing,
  about: NonNullable<Answer['about']>,
): readonly EntryDraft[] {
  return [about].flat().map(({ pool, target }) => ({
    event: 'answered',
    operation: operation.name,
    actor: standing.person.id,
    pool,
    target,
    details: rightsOf(standing),
  }))
}

function requireRight(common: Common, operation: Query, standing: Standing, values: Values): void {
  if (!operation.pooled) return
  const named = operation.placed || values['pool'] !== undefined
  if (!named) {
    if (common.rights.offers(standing, operation, undefined, {})) return
    throw new Refusal(
      `The policy does not let you use ${operation.name} on any pool. A Cognito admin can add you to a group.`,
    )
  }
  const verdict = common.rights.verdict(
    standing,
    operation,
    common.place(operation, values),
    values,
  )
  if (verdict.kind !== 'run') throw new Refusal(verdict.sentence, { policies: verdict.policies })
}

/** Nobody is offered what they may not use. */
function usable(
  { operations, directory, rights }: Common,
  standing: Standing,
  links: Answer['links'] = [],
): NonNullable<Answer['links']> {
  return links.filter((link) => {
    const operation = operations.find(({ name }) => name === link.operation)
    const pool = directory.pools.get(link.values['pool'] ?? '')
    return (
      operation !== undefined && (!operation.pooled || rights.offers(standing, operation, pool, {}))
    )
  })
}
