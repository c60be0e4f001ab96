import { isBlock, parseOption, parseOptions } from './block-kit/parse.ts'
import { list, record, records, string, strings, type JsonRecord } from './json.ts'
import type { Block, InputValue, InputValues } from './types.ts'

/** How each stateful element stands in `view.state.values` before anybody touched it. */
const untouched: Readonly<Record<string, (element: JsonRecord) => Omit<InputValue, 'type'>>> = {
  plain_text_input: (e) => ({ value: string(e['initial_value']) ?? null }),
  number_input: (e) => ({ value: string(e['initial_value']) ?? null }),
  email_text_input: (e) => ({ value: string(e['initial_value']) ?? null }),
  url_text_input: (e) => ({ value: string(e['initial_value']) ?? null }),
  rich_text_input: (e) => ({ rich_text_value: e['initial_value'] ?? null }),
  static_select: (e) => ({ selected_option: parseOption(e['initial_option']) }),
  external_select: (e) => ({ selected_option: parseOption(e['initial_option']) }),
  radio_buttons: (e) => ({ selected_option: parseOption(e['initial_option']) }),
  checkboxes: (e) => ({
    selected_options: parseOptions(e['initial_options']),
  }),
  multi_static_select: (e) => ({
    selected_options: parseOptions(e['initial_options']),
  }),
  multi_external_select: (e) => ({
    selected_options: parseOptions(e['initial_options']),
  }),
  users_select: (e) => ({ selected_user: string(e['initial_user']) ?? null }),
  multi_users_select: (e) => ({ selected_users: strings(e['initial_users']) }),
  conversations_select: (e) => ({
    selected_conversation: string(e['initial_conversation']) ?? null,
  }),
  multi_conversations_select: (e) => ({
    selected_conversations: strings(e['initial_conversations']),
  }),
  channels_select: (e) => ({ selected_channel: string(e['initial_channel']) ?? null }),
  multi_channels_select: (e) => ({ selected_channels: strings(e['initial_channels']) }),
  datepicker: (e) => ({ selected_date: string(e['initial_date']) ?? null }),
  timepicker: (e) => ({ selected_time: string(e['initial_time']) ?? null }),
  datetimepicker: (e) => ({
    selected_date_time: typeof e['initial_date_time'] === 'number' ? e['initial_date_time'] : null,
  }),
  file_input: () => ({ files: [] }),
}

export const isStateful = (element: JsonRecord): boolean =>
  Object.hasOwn(untouched, string(element['type']) ?? '')

/** Elements of a block that a person can use. */
export function elementsOf(block: Block): readonly JsonRecord[] {
  if (block.type === 'container')
    return list(block['child_blocks']).filter(isBlock).flatMap(elementsOf)
  if (block.type === 'input') return [record(block['element'])]
  if (block.type === 'section')
    return block['accessory'] === undefined ? [] : [record(block['accessory'])]
  if (block.type === 'actions' || block.type === 'context_actions')
    return records(block['elements'])
  return block.type === 'card' ? records(block['actions']) : []
}

function valueOf(element: JsonRecord, before: InputValue | undefined): InputValue | undefined {
  const type = string(element['type']) ?? ''
  const initial = Object.hasOwn(untouched, type) ? untouched[type] : undefined
  if (!initial) return undefined
  // Slack keeps what was typed while block_id, action_id and type stay the same (views.update).
  return before?.type === type ? before : { type, ...initial(element) }
}

/** `state.values` of these blocks, keeping what `before` holds for the same inputs. */
export function inputValues(blocks: readonly Block[], before: InputValues = {}): InputValues {
  const values: Record<string, Record<string, InputValue>> = {}
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const action = string(element['action_id']) ?? ''
      const value = valueOf(element, before[block.block_id]?.[action])
      if (value) values[block.block_id] = { ...values[block.block_id], [action]: value }
    }
  return values
}
