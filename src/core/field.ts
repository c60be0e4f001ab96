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
  | {
      readonly as: 'choice'
      readonly choices: readonly Choice[]
      /** Other fields depend on it: the form is drawn again once it is chosen. */
      readonly redraws?: true
    }
  | { readonly as: 'choices'; readonly choices: readonly Choice[]; readonly redraws?: true }
  /** One of a list that the operation looks up when the field is opened. `ofUser`: it tells what is known of the user. */
  | { readonly as: 'pick'; readonly ofUser?: true }
  | { readonly as: 'switch'; readonly says: string }
  | { readonly as: 'number'; readonly least: number; readonly most: number }
  | { readonly as: 'text'; readonly lines: 'one' | 'many'; readonly maxLength: number }
  /** Not in the form: it comes from the link that opened it, and travels with the form. */
  | { readonly as: 'carried' }
  /** Not in the form and never taken from one: a plan keeps it with the request. */
  | { readonly as: 'kept' }

/** How a field looks. Its name is the key in the operation's input, everywhere the same. */
export interface Field {
  readonly label: string
  readonly hint?: string
  readonly placeholder?: string
  readonly widget: Widget
}

const looks = z.registry<Field>()

/** A managed pool, searched as one types. The value is the pool id. */
export function pool(label = 'User pool') {
  return z
    .string('Choose a pool.')
    .regex(/^[\w-]{1,45}_[0-9a-zA-Z]{1,54}$/, 'Choose a pool from the list.')
    .max(55)
    .register(looks, {
      label,
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

/** How a field looks beyond its label. */
interface More {
  readonly hint?: string
  readonly placeholder?: string
}

/** One of a fixed set of values. `redraws`: the form shows other fields once it is chosen. */
export function choice<const V extends readonly [Choice, ...Choice[]]>(
  label: string,
  choices: V,
  hint?: string,
  redraws?: true,
) {
  return z
    .enum(
      valuesOf(choices),
      choices.length > 8
        ? 'Choose one of the list.'
        : `Choose one: ${choices.map((one) => one.label.toLowerCase()).join(', ')}.`,
    )
    .register(looks, {
      label,
      ...(hint ? { hint } : {}),
      widget: { as: 'choice', choices, ...(redraws ? { redraws } : {}) },
    })
}

/** Any of a fixed set of values; none chosen is an empty list. */
export function choices<const V extends readonly [Choice, ...Choice[]]>(
  label: string,
  all: V,
  { redraws, ...more }: More & { readonly redraws?: true } = {},
) {
  return z
    .array(z.enum(valuesOf(all), 'Choose from the list.'))
    .max(all.length)
    .default([])
    .register(looks, {
      label,
      ...more,
      widget: { as: 'choices', choices: all, ...(redraws ? { redraws } : {}) },
    })
}

function valuesOf<const V extends readonly [Choice, ...Choice[]]>(choices: V) {
  return choices.map((one) => one.value) as unknown as [V[number]['value'], ...V[number]['value'][]]
}

/** One of a list that the operation's `options` give. The value is an opaque id or a name. */
export function pick(
  label: string,
  missing: string,
  more: More & { readonly max?: number; readonly ofUser?: true } = {},
) {
  const { max = 200, ofUser, ...look } = more
  return z
    .string(missing)
    .min(1, missing)
    .max(max, missing)
    .register(looks, { label, ...look, widget: { as: 'pick', ...(ofUser ? { ofUser } : {}) } })
}

/** Yes or no; unset is no. */
export function toggle(label: string, says: string, hint?: string) {
  return z
    .boolean()
    .default(false)
    .register(looks, { label, ...(hint ? { hint } : {}), widget: { as: 'switch', says } })
}

/** A whole number between two bounds, both allowed. */
export function wholeNumber(label: string, least: number, most: number, more: More = {}) {
  const says = `Enter a whole number from ${least} to ${most}.`
  return z
    .number(says)
    .int(says)
    .min(least, says)
    .max(most, says)
    .register(looks, { label, ...more, widget: { as: 'number', least, most } })
}

/** A text of one line or several, at most 3000 characters in a form. */
export function text(label: string, { missing, most, lines = 'one', ...more }: More & TextRules) {
  return z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(most, `Please keep it under ${most} characters.`)
    .register(looks, {
      label,
      ...more,
      widget: { as: 'text', lines, maxLength: Math.min(most, 3000) },
    })
}

interface TextRules {
  /** What to say when it is empty and must not be. */
  readonly missing: string
  readonly most: number
  readonly lines?: 'one' | 'many'
}

/** A value that a link sets and no person types: a page, a view, what the form was filled from. */
export function carried(most = 200) {
  return z
    .string()
    .max(most)
    .register(looks, { label: '', widget: { as: 'carried' } })
}

/** What a plan keeps with its request instead of the form's own fields. */
export function kept<T extends z.ZodType>(schema: T): z.ZodOptional<T> {
  const optional: z.ZodOptional<T> = z.optional(schema)
  looks.add(optional, { label: '', widget: { as: 'kept' } })
  return optional
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

/** How the caller was verified. Asked for every password and MFA action (cognito.md 3.2). */
export function verified() {
  return sentence(3, 150, 'Say how you made sure that the caller is this user.').register(looks, {
    label: 'How did you verify the person?',
    placeholder: 'Called back on the number in the HR system',
    widget: { as: 'text', lines: 'one', maxLength: 150 },
  })
}

/** What is typed to confirm something that cannot be taken back; the plan compares it. */
export function confirmation(label: string, hint: string) {
  return sentence(1, 128, 'Type the confirmation exactly as it is asked for.').register(looks, {
    label,
    hint,
    widget: { as: 'text', lines: 'one', maxLength: 128 },
  })
}

export type Fields = ReadonlyMap<string, Field & { readonly required: boolean }>

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
