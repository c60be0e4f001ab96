import type { Facts } from '../core/operation.ts'

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
    ...operations.map(actionOf),
    `action "approve" ${appliesTo(['requester: User', 'operation: String'])};`,
    `action "break-glass" ${appliesTo(['operation: String'])};`,
    '',
  ].join('\n')
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
