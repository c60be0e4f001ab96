import type { types } from '@slack/bolt'
import type { Choice, Field } from '../core/field.ts'
import { fieldsOf } from '../core/field.ts'
import type { Mutation, Operation, Values } from '../core/operation.ts'
import { callout, option, paragraph, plain, small, title } from './blocks.ts'
import { formMeta, metaOf, operationView } from './ids.ts'
import type { StateValues } from './payloads.ts'
import { clean } from './text.ts'

/** A form as it stands: what is filled in, what is said, and which choices are left. */
export interface FormModel {
  readonly operation: Operation
  readonly requestId: string
  readonly values: Values
  /** What stopped the last attempt, if anything: shown on top. */
  readonly trouble?: string
  /** What is known about what was chosen. */
  readonly notes: readonly string[]
  choicesOf(field: string, choices: readonly Choice[]): readonly Choice[]
  /** How the chosen pool reads in the picker. */
  poolLabel(id: string): string
}

type Shown = Field & { readonly required: boolean }

/** The fields that the form shows now, in the order of the operation's schema. */
export function shownFields(
  operation: Operation,
  values: Values,
): readonly (readonly [string, Shown])[] {
  const shown = new Set(operation.shows(values))
  return [...fieldsOf(operation.input)].filter(
    ([name, { widget }]) => shown.has(name) && widget.as !== 'carried' && widget.as !== 'kept',
  )
}

/** One input per field of the operation's schema; `block_id` and `action_id` are the field's name. */
export function formView(model: FormModel): types.ModalView {
  const { operation, requestId, trouble, notes, values } = model
  const fields = shownFields(operation, values)
  const noted = noteFieldOf(fields)
  return {
    type: 'modal',
    callback_id: operationView(operation.name),
    private_metadata: metaOf(requestId, carriedIn(operation, values)),
    title: title(operation.title),
    submit: title(isMutation(operation) ? operation.button : 'Show'),
    close: title('Cancel'),
    blocks: [
      ...(trouble === undefined ? [] : [callout(trouble, 'error')]),
      small(operation.summary),
      ...fields.flatMap(([name, field]) => [
        inputBlock(name, field, model),
        ...(name === noted ? notes.map(paragraph) : []),
      ]),
    ],
  }
}

/** What is known about a choice stands right below it. */
function noteFieldOf(fields: readonly (readonly [string, Shown])[]): string | undefined {
  return fields.findLast(([, { widget }]) => dispatches(widget))?.[0]
}

const isMutation = (operation: Operation): operation is Mutation => operation.kind === 'mutation'

/** What comes from the link that opened the form, and travels with it. */
function carriedIn(operation: Operation, values: Values): Readonly<Record<string, string>> {
  const carried = [...fieldsOf(operation.input)].flatMap(([name, { widget }]) => {
    const value = values[name]
    return widget.as === 'carried' && typeof value === 'string' ? [[name, value] as const] : []
  })
  return Object.fromEntries(carried)
}

/** Choosing it lets the form say what makes sense, and show other fields. */
function dispatches(widget: Field['widget']): boolean {
  if (widget.as === 'choice' || widget.as === 'choices') return widget.redraws === true
  return widget.as === 'pool' || widget.as === 'user'
}

function inputBlock(name: string, field: Shown, model: FormModel): types.InputBlock {
  const { label, hint, widget, required } = field
  return {
    type: 'input',
    block_id: name,
    label: plain(label, 2000),
    optional: !required,
    ...(hint === undefined ? {} : { hint: plain(hint, 2000) }),
    ...(dispatches(widget) ? { dispatch_action: true } : {}),
    element: elementOf(name, field, model),
  }
}

/** More radio buttons or boxes than these are harder to read than a list that opens. */
const MOST_BUTTONS = 6
const MOST_BOXES = 10

function elementOf(name: string, field: Shown, model: FormModel): types.InputBlock['element'] {
  const { widget } = field
  const value = model.values[name]
  const typed = typeof value === 'string' && value !== '' ? value : undefined
  const placeholder =
    field.placeholder === undefined ? {} : { placeholder: plain(field.placeholder, 150) }
  switch (widget.as) {
    case 'pool':
      return search(name, 0, typed, typed && model.poolLabel(typed), placeholder)
    case 'user':
      return search(name, 3, typed, typed, placeholder)
    case 'pick':
      return search(name, 0, typed, typed, placeholder)
    case 'choice':
      return oneOf(name, field, model.choicesOf(name, widget.choices), typed)
    case 'choices':
      return someOf(name, widget.choices, Array.isArray(value) ? value : [])
    case 'switch': {
      const on = option(widget.says, 'on')
      return {
        type: 'checkboxes',
        action_id: name,
        options: [on],
        ...(value === true ? { initial_options: [on] } : {}),
      }
    }
    case 'number':
      return {
        type: 'number_input',
        action_id: name,
        is_decimal_allowed: false,
        min_value: String(widget.least),
        max_value: String(widget.most),
        ...placeholder,
        ...(typeof value === 'number' ? { initial_value: String(value) } : {}),
      }
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: name,
        multiline: widget.lines === 'many',
        max_length: widget.maxLength,
        ...placeholder,
        ...(typed === undefined ? {} : { initial_value: clean(typed, widget.maxLength) }),
      }
    case 'carried':
    case 'kept':
      throw new TypeError(`${name} is not in the form.`)
  }
}

function search(
  name: string,
  least: number,
  value: string | undefined,
  shown: string | undefined,
  placeholder: { readonly placeholder?: types.PlainTextElement },
): types.ExternalSelect {
  return {
    type: 'external_select',
    action_id: name,
    min_query_length: least,
    ...placeholder,
    ...(value === undefined || shown === undefined ? {} : { initial_option: option(shown, value) }),
  }
}

function oneOf(
  name: string,
  { required }: Shown,
  choices: readonly Choice[],
  value: string | undefined,
): types.RadioButtons | types.StaticSelect {
  const options = choices.map((one) => option(one.label, one.value, one.description))
  const initial = options.find((one) => one.value === value)
  const chosen = initial ? { initial_option: initial } : {}
  // Radio buttons cannot be cleared again, so what may stay empty is a list.
  return required && options.length <= MOST_BUTTONS
    ? { type: 'radio_buttons', action_id: name, options, ...chosen }
    : { type: 'static_select', action_id: name, options, ...chosen }
}

function someOf(
  name: string,
  choices: readonly Choice[],
  values: readonly unknown[],
): types.Checkboxes | types.MultiStaticSelect {
  const options = choices.map((one) => option(one.label, one.value, one.description))
  const initial = options.filter((one) => values.includes(one.value))
  const chosen = initial.length > 0 ? { initial_options: initial } : {}
  return options.length <= MOST_BOXES
    ? { type: 'checkboxes', action_id: name, options, ...chosen }
    : { type: 'multi_static_select', action_id: name, options, ...chosen }
}

/** A form as Slack sends it: `state` is what a person gave, `meta` what travelled with the view. */
export interface SentForm {
  readonly private_metadata: string
  readonly state: { readonly values: StateValues }
}

/** The values of a form, by field name; empty fields are left out. Not yet validated. */
export function readForm(operation: Operation, { private_metadata, state }: SentForm): Values {
  const { carried } = formMeta(private_metadata)
  const read = [...fieldsOf(operation.input)].map(
    ([name, { widget }]) =>
      [
        name,
        widget.as === 'carried'
          ? carried.get(name)
          : valueOf(widget.as, state.values[name]?.[name]),
      ] as const,
  )
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

function valueOf(
  as: Field['widget']['as'],
  given: StateValues[string][string] | undefined,
): unknown {
  if (given === undefined || as === 'kept') return undefined
  if (as === 'switch') return (given.selected_options ?? []).length > 0
  if (as === 'choices') return (given.selected_options ?? []).map(({ value }) => value)
  if (as === 'number') return numberIn(given.value)
  return given.selected_option?.value ?? given.value ?? undefined
}

/** Digits as a number; anything else stays as it was typed, and the schema refuses it. */
function numberIn(text: string | null | undefined): number | string | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined
  return /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : text
}

/** The first fault of each field, in the words of the operation's schema; undefined when all is well. */
export function faultsOf(operation: Operation, values: Values): Record<string, string> | undefined {
  const parsed = operation.input.safeParse(values)
  if (parsed.success) return undefined
  const first = parsed.error.issues
    .toReversed()
    .map(({ path, message }) => [String(path[0]), message])
  return Object.fromEntries(first) as Record<string, string>
}
