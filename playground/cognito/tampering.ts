import type { Json, JsonObject } from './json.ts'

/** Somebody else changes the pool right after its n-th look, or its n-th update, from now. */
export interface Drift {
  /** In DescribeUserPool's answer, or after `mfa:` in GetUserPoolMfaConfig's. */
  readonly path: string
  readonly value: Json | undefined
  readonly after: 'DescribeUserPool' | 'UpdateUserPool'
  left: number
}

/** A member that AWS has and the installed SDK does not know: shown in answers, stored nowhere. */
export interface UnknownMember {
  readonly operation: 'DescribeUserPool' | 'GetUserPoolMfaConfig'
  readonly path: string
  readonly value: Json
}

/** A copy of `root` with the member at a path like `SchemaAttributes[0].X` set, or removed. */
export function withMember(root: Json | undefined, path: string, value: Json | undefined): Json {
  const steps = path.split(/[.[\]]+/u).filter((step) => step !== '')
  return place(root, steps, value) ?? null
}

function place(
  node: Json | undefined,
  steps: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (isList(node)) {
    const index = Number(step)
    return node.with(index, place(node[index], rest, value) ?? null)
  }
  const members: JsonObject = isMembers(node) ? node : {}
  return { ...members, [step]: place(members[step], rest, value) }
}

const isList = (node: Json | undefined): node is readonly Json[] => Array.isArray(node)

const isMembers = (node: Json | undefined): node is JsonObject =>
  typeof node === 'object' && node !== null && !Array.isArray(node)
