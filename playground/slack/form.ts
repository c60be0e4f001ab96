import { isRecord, list, records, string, type JsonRecord } from './json.ts'
import { parseOption, parseOptions } from './block-kit/parse.ts'
import { elementsOf, isStateful } from './input-values.ts'
import type { Block, Choice, InputValue, Option, ViewState } from './types.ts'

export interface Input {
  readonly block: Block
  readonly element: JsonRecord
}

/** The input of this block that a person fills. */
export function inputOf(view: ViewState, blockId: string): Input {
  const block = view.blocks.find((one) => one.block_id === blockId)
  const element = block && elementsOf(block).find(isStateful)
  if (block && element) return { block, element }
  const offered = view.blocks.filter((one) => elementsOf(one).some(isStateful))
  throw new Error(
    `This view has no field ${blockId}; it has ${offered.map((one) => one.block_id).join(', ')}.`,
  )
}

/** Whether filling it tells the app at once. */
export const actsAtOnce = ({ block }: Input): boolean =>
  block.type !== 'input' || block['dispatch_action'] === true

const offeredBy = (element: JsonRecord): readonly Option[] => [
  ...parseOptions(element['options']),
  ...records(element['option_groups']).flatMap((group) => parseOptions(group['options'])),
]

/** The offered option a person means by its value, its label or itself. */
export function meant(choice: unknown, offered: readonly Option[]): Option {
  const wanted = isRecord(choice) ? string(choice['value']) : string(choice)
  const found =
    offered.find((option) => option.value === wanted) ??
    offered.find((option) => option.text.text === wanted)
  if (found) return found
  const labels = offered.map((option) => option.value).join(', ')
  throw new Error(`${JSON.stringify(choice)} is not offered; there are: ${labels || 'no options'}.`)
}

const several = (choice: Choice): readonly unknown[] =>
  choice === null ? [] : Array.isArray(choice) ? list(choice) : [choice]
const words = (choice: Choice): string | null =>
  typeof choice === 'string' && choice !== '' ? choice : null
const ids = (choice: Choice) => several(choice).flatMap((one) => string(one) ?? [])

type Fill = (choice: Choice, offered: readonly Option[]) => Omit<InputValue, 'type'>
const typed: Fill = (choice) => ({ value: words(choice) })
const one: Fill = (choice, offered) => ({
  selected_option: choice === null ? null : meant(choice, offered),
})
const any: Fill = (choice, offered) => ({
  selected_options: several(choice).map((item) => meant(item, offered)),
})

/** What a choice becomes in `state.values`, per element type. */
const fills: Readonly<Record<string, Fill>> = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  rich_text_input: (choice) => ({ rich_text_value: choice }),
  static_select: one,
  external_select: one,
  radio_buttons: one,
  checkboxes: any,
  multi_static_select: any,
  multi_external_select: any,
  users_select: (choice) => ({ selected_user: words(choice) }),
  multi_users_select: (choice) => ({ selected_users: ids(choice) }),
  conversations_select: (choice) => ({ selected_conversation: words(choice) }),
  multi_conversations_select: (choice) => ({ selected_conversations: ids(choice) }),
  channels_select: (choice) => ({ selected_channel: words(choice) }),
  multi_channels_select: (choice) => ({ selected_channels: ids(choice) }),
  datepicker: (choice) => ({ selected_date: words(choice) }),
  timepicker: (choice) => ({ selected_time: words(choice) }),
  datetimepicker: (choice) => ({ selected_date_time: choice === null ? null : Number(choice) }),
}

/** Options a choice brings along itself, as after a search. */
const broughtAlong = (choice: Choice): readonly Option[] =>
  several(choice).flatMap((item) => parseOption(item) ?? [])

/** The value of an input after this choice; an external select takes an option that a search brought. */
export function filled(element: JsonRecord, choice: Choice): InputValue {
  const type = string(element['type']) ?? ''
  const fill = Object.hasOwn(fills, type) ? fills[type] : undefined
  if (!fill) throw new Error(`A ${type} cannot be filled in here.`)
  const offered = type.endsWith('external_select') ? broughtAlong(choice) : offeredBy(element)
  return { type, ...fill(choice, offered) }
}

/** The same view with one input changed; its error goes away. */
export function withValue(
  view: ViewState,
  { block, element }: Input,
  value: InputValue,
): ViewState {
  const before = view.state.values
  const action = string(element['action_id']) ?? ''
  const { [block.block_id]: _gone, ...errors } = view.errors
  return {
    ...view,
    errors,
    state: {
      values: { ...before, [block.block_id]: { ...before[block.block_id], [action]: value } },
    },
  }
}
