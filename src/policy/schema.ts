import type { Facts } from '../core/operation.ts'
import { SEE_PERSONAL_DATA } from '../core/personal-data.ts'

/** What a policy may speak of: the names of the configuration and the operations. */
export interface Vocabulary {
  readonly groups: readonly string[]
  readonly environments: readonly string[]
  readonly accounts: readonly { readonly name: string; readonly regions: readonly string[] }[]
  readonly operations: readonly Facts[]
}

/** The Cedar schema: names are enumerated, so that a misspelt one does not validate. */
export function schemaOf({ groups, environments, operations }: Vocabulary): string {
  return [
    `entity Group enum [${groups.map(quoted).join(', ')}];`,
    `entity Env enum [${environments.map(quoted).join(', ')}];`,
    'entity User in [Group];',
    'entity Pool = { name: String, env: Env, account: String, region: String };',
    'action "read", "support", "change", "destroy";',
    ...askable(operations).map(actionOf),
    `action "approve" ${appliesTo(['requester: User', 'operation: String'])};`,
    `action "break-glass" ${appliesTo(['operation: String'])};`,
    '',
  ].join('\n')
}

/** What the policy is asked about as it is about operations. */
export function askable(operations: readonly Facts[]): readonly Facts[] {
  return [...operations, SEE_PERSONAL_DATA]
}

function actionOf({ name, risk, attributes }: Facts): string {
  const context = attributes.map((attribute) => `${attribute}: String`)
  return `action ${quoted(name)} in [Action::${quoted(risk)}] ${appliesTo(context)};`
}

function appliesTo(context: readonly string[]): string {
  const members = ['approvals: Long', ...context].join(', ')
  return `appliesTo { principal: User, resource: Pool, context: { ${members} } }`
}

function quoted(name: string): string {
  return JSON.stringify(name)
}
