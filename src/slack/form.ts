import type { types } from '@slack/bolt'
import type { Choice, Field } from '../core/field.ts'
import { fieldsOf } from '../core/field.ts'
import type { Mutation, Operation, Values } from '../core/operation.ts'
import { callout, option, paragraph, plain, small, title } from './blocks.ts'
import { operationView } from './ids.ts'
import type { StateValues } from './payloads.ts'

/** A form as it stands: what is filled in, what is said, and which choices are left. */
export interface FormModel {
  readonly operation: Operation
  readonly requestId: string
  readonly values: Values
  /** What stopped the last attempt, if anything: shown on top. */
  readonly trouble?: string
  /** What is known about the chosen user. */
  readonly notes: readonly string[]
  choicesOf(field: string, choices: readonly Choice[]): readonly Choice[]
  /** How the chosen pool reads in the picker. */
  poolLabel(id: string): string
}

/** One input per field of the operation's schema; `block_id` and `action_id` are the field's name. */
export function formView(model: FormModel): types.ModalView {
  const { operation, requestId, trouble, notes } = model
  const fields = [...fieldsOf(operation.input)]
  return {
    type: 'modal',
    callback_id: operationView(operation.name),
    private_metadata: requestId,
    title: title(operation.title),
    submit: title(isMutation(operation) ? operation.button : 'Show'),
    close: title('Cancel'),
    blocks: [
      ...(trouble === undefined ? [] : [callout(trouble, 'error')]),
      small(operation.summary),
      ...fields.flatMap(([name, field]) => [
        inputBlock(name, field, model),
        ...(field.widget.as === 'user' ? notes.map(paragraph) : []),
      ]),
    ],
  }
}

const isMutation = (operation: Operation): operation is Mutation => operation.kind === 'mutation'

function inputBlock(
  name: string,
  field: Field & { required: boolean },
  model: FormModel,
): types.InputBlock {
  const { label, hint, widget, required } = field
  return {
    type: 'input',
    block_id: name,
    label: plain(label),
    optional: !required,
    ...(hint === undefined ? {} : { hint: plain(hint, 2000) }),
    // Choosing a pool or a user lets the form say what makes sense for them.
    ...(widget.as === 'pool' || widget.as === 'user' ? { dispatch_action: true } : {}),
    element: elementOf(name, field, model),
  }
}

function elementOf(name: string, field: Field, model: FormModel): types.InputBlock['element'] {
  const value = model.values[name]
  const typed = typeof value === 'string' && value !== '' ? value : undefined
  const { widget } = field
  const placeholder =
    field.placeholder === undefined ? {} : { placeholder: plain(field.placeholder, 150) }
  switch (widget.as) {
    case 'pool':
    case 'user': {
      const shown = widget.as === 'pool' && typed !== undefined ? model.poolLabel(typed) : typed
      return {
        type: 'external_select',
        action_id: name,
        min_query_length: widget.as === 'pool' ? 0 : 3,
        ...placeholder,
        ...(typed === undefined || shown === undefined
          ? {}
          : { initial_option: option(shown, typed) }),
      }
    }
    case 'choice': {
      const options = model
        .choicesOf(name, widget.choices)
        .map((one) => option(one.label, one.value, one.description))
      const initial = options.find((one) => one.value === typed)
      return {
        type: 'radio_buttons',
        action_id: name,
        options,
        ...(initial ? { initial_option: initial } : {}),
      }
    }
    case 'switch': {
      const on = option(widget.says, 'on')
      return {
        type: 'checkboxes',
        action_id: name,
        options: [on],
        ...(value === true ? { initial_options: [on] } : {}),
      }
    }
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: name,
        multiline: widget.lines === 'many',
        max_length: widget.maxLength,
        ...placeholder,
        ...(typed === undefined ? {} : { initial_value: typed }),
      }
  }
}

/** The values a person gave, by field name; empty fields are left out. Not yet validated. */
export function readForm(operation: Operation, state: StateValues): Values {
  const read = [...fieldsOf(operation.input)].map(
    ([name, { widget }]) => [name, valueOf(widget.as, state[name]?.[name])] as const,
  )
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

function valueOf(
  as: Field['widget']['as'],
  given: StateValues[string][string] | undefined,
): unknown {
  if (as === 'switch') return (given?.selected_options ?? []).length > 0
  return given?.selected_option?.value ?? given?.value ?? undefined
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
