import { fieldsOf } from './field.ts'
import type { Widget } from './field.ts'
import type { Facts, Values } from './operation.ts'

/** What the policy may read as `context.<name>`: one value for each attribute of an operation. */
export type Attributes = Readonly<Record<string, string>>

/** The attributes an operation declares, each with the values it may take. */
export function attributesOf({
  attributes,
  input,
}: Pick<Facts, 'attributes' | 'input'>): ReadonlyMap<string, readonly string[]> {
  const fields = fieldsOf(input)
  return new Map(attributes.map((name) => [name, choicesOf(name, fields.get(name)?.widget)]))
}

function choicesOf(name: string, widget: Widget | undefined): readonly string[] {
  if (widget?.as === 'choice') return widget.choices.map(({ value }) => value)
  throw new TypeError(
    `The attribute ${name} is no choice field: a policy can compare only choices.`,
  )
}

/** Every combination of the values that an operation's attributes may take. */
export function combinationsOf(
  operation: Pick<Facts, 'attributes' | 'input'>,
): readonly Attributes[] {
  return [...attributesOf(operation)].reduce<readonly Attributes[]>(
    (ways, [name, values]) =>
      ways.flatMap((way) => values.map((value) => ({ ...way, [name]: value }))),
    [{}],
  )
}

/** The attributes as given; one that is not given yet counts as its first choice. */
export function attributesFrom(
  operation: Pick<Facts, 'attributes' | 'input'>,
  values: Values,
): Attributes {
  const given = operation.attributes.flatMap((name) =>
    typeof values[name] === 'string' ? [[name, values[name]] as const] : [],
  )
  return { ...combinationsOf(operation)[0], ...Object.fromEntries(given) }
}
