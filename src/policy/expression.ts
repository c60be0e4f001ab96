/** A Cedar expression as a tree: what it does (`==`, `.`, `Var`, ...), and to what. */
export interface Expression {
  readonly does: string
  /** The text of a string literal, the name of a variable or attribute. */
  readonly text?: string
  /** Of `like`: literal characters, and undefined for a wildcard. */
  readonly pattern?: readonly (string | undefined)[]
  readonly operands: readonly Expression[]
}

/** Reads the JSON form of an expression (docs.cedarpolicy.com/policies/json-format.html). */
export function expressionOf(json: unknown): Expression {
  const [does = '', body] = Object.entries(objectOf(json))[0] ?? []
  if (does === 'Value' || does === 'Var')
    return { does, operands: [], ...(typeof body === 'string' ? { text: body } : {}) }
  if (Array.isArray(body)) return { does, operands: body.map(expressionOf) }
  const { attr, pattern, left, right, arg, ...others } = objectOf(body)
  const members =
    does === 'Record' ? Object.values(objectOf(body)) : branches(left, right, arg, others)
  return {
    does,
    operands: members.map(expressionOf),
    ...(typeof attr === 'string' ? { text: attr } : {}),
    ...(Array.isArray(pattern) ? { pattern: pattern.map(patternPart) } : {}),
  }
}

/** The expression itself and everything inside it. */
export function within(expression: Expression): readonly Expression[] {
  return [expression, ...expression.operands.flatMap(within)]
}

/** Whether this is `context.approvals`, `resource.name`, ... */
export function isMember({ does, operands: [of] }: Expression, variable: string): boolean {
  return does === '.' && of?.does === 'Var' && of.text === variable
}

function branches(left: unknown, right: unknown, arg: unknown, others: object): unknown[] {
  const { if: condition, then, else: otherwise, in: container } = objectOf(others)
  return [left, right, arg, condition, then, otherwise, container].filter(
    (branch) => branch !== undefined,
  )
}

function patternPart(part: unknown): string | undefined {
  const { Literal: literal } = objectOf(part)
  return typeof literal === 'string' ? literal : undefined
}

function objectOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null ? { ...json } : {}
}
