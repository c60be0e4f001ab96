import { z } from 'zod'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly description?: string
}

/** How a field is filled: each has its own input in a form. */
export type Widget =
  | { readonly as: 'pool' }
  | { readonly as: 'user' }
  | { readonly as: 'choice'; readonly choices: readonly Choice[] }
  | { readonly as: 'switch'; readonly says: string }
  | { readonly as: 'text'; readonly lines: 'one' | 'many'; readonly maxLength: number }

/** How a field looks. Its name is the key in the operation's input, everywhere the same. */
export interface Field {
  readonly label: string
  readonly hint?: string
  readonly placeholder?: string
  readonly widget: Widget
}

const looks = z.registry<Field>()

/** A managed pool, searched as one types. The value is the pool id. */
export function pool() {
  return z
    .string('Choose a pool.')
    .regex(/^[\w-]{1,45}_[0-9a-zA-Z]{1,54}$/, 'Choose a pool from the list.')
    .max(55)
    .register(looks, {
      label: 'User pool',
      placeholder: 'Type a part of its name',
      widget: { as: 'pool' },
    })
}

/** A user of the chosen pool. The value is a username, an alias or a `sub` (cognito.md 1). */
export function user() {
  return z
    .string('Choose a user.')
    .regex(
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
      'Choose a user from the list. Usernames have no spaces.',
    )
    .max(128, 'Usernames have at most 128 characters.')
    .register(looks, {
      label: 'User',
      placeholder: 'Type an e-mail, phone number, username or name',
      hint: 'At least three characters. The search runs in the chosen pool.',
      widget: { as: 'user' },
    })
}

/** One of a fixed set of values. */
export function choice<const V extends readonly [Choice, ...Choice[]]>(
  label: string,
  choices: V,
  hint?: string,
) {
  const values = choices.map((one) => one.value) as unknown as [
    V[number]['value'],
    ...V[number]['value'][],
  ]
  return z
    .enum(values, `Choose one: ${choices.map((one) => one.label.toLowerCase()).join(', ')}.`)
    .register(looks, { label, ...(hint ? { hint } : {}), widget: { as: 'choice', choices } })
}

/** Yes or no; unset is no. */
export function toggle(label: string, says: string) {
  return z
    .boolean()
    .default(false)
    .register(looks, { label, widget: { as: 'switch', says } })
}

function sentence(least: number, most: number, missing: string) {
  return z
    .string(missing)
    .trim()
    .min(least, missing)
    .max(most, `Please keep it under ${most} characters.`)
}

/** Why it is done: shown to approvers and kept in the audit entry. */
export function reason() {
  return sentence(3, 500, 'Say in a few words why this is needed.').register(looks, {
    label: 'Reason',
    placeholder: 'Ticket number or a short sentence',
    hint: 'Kept in the audit record.',
    widget: { as: 'text', lines: 'many', maxLength: 500 },
  })
}

/** How the caller was verified. Asked for every password action (cognito.md 3.2). */
export function verified() {
  return sentence(3, 150, 'Say how you made sure that the caller is this user.').register(looks, {
    label: 'How did you verify the person?',
    placeholder: 'Called back on the number in the HR system',
    widget: { as: 'text', lines: 'one', maxLength: 150 },
  })
}

type Fields = ReadonlyMap<string, Field & { readonly required: boolean }>

/** A schema never changes, and every verdict and form asks for its fields. */
const known = new WeakMap<z.ZodObject, Fields>()

/** The fields of an input in their order, and whether each may stay empty. */
export function fieldsOf(input: z.ZodObject): Fields {
  const fields = known.get(input) ?? readFields(input)
  known.set(input, fields)
  return fields
}

function readFields(input: z.ZodObject): Fields {
  const shape: Readonly<Record<string, z.core.$ZodType>> = input.shape
  return new Map(Object.entries(shape).map(([name, schema]) => [name, lookOf(name, schema)]))
}

function lookOf(name: string, schema: z.core.$ZodType): Field & { readonly required: boolean } {
  const look = looks.get(schema)
  if (look) return { ...look, required: !z.safeParse(schema, undefined).success }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return { ...lookOf(name, schema.unwrap()), required: false }
  throw new TypeError(`The field ${name} has no look: build it with a function of core/field.ts.`)
}
