import { isDeepStrictEqual } from 'node:util'
import { list, type JsonRecord, record, records } from '../json.ts'
import {
  type Check,
  flag,
  integer,
  listOf,
  matching,
  may,
  need,
  type Report,
  shape,
  type Shape,
  text,
  anything,
} from './checks.ts'
import {
  choice,
  colour,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  id,
  image,
  option,
  optionGroup,
  overflowOption,
  plainText,
  url,
} from './composition.ts'
import { limits } from './limits.ts'
import { richText } from './rich-text.ts'

const actionable: Shape = { action_id: may(id) }
const confirmable: Shape = { confirm: may(confirm) }
const focusable: Shape = { focus_on_load: may(flag) }
const placeholder: Shape = { placeholder: may(plainText(limits.placeholder)) }
const choosable: Shape = { ...actionable, ...confirmable, ...focusable }
const selectable: Shape = { ...choosable, ...placeholder }
const many: Shape = { max_selected_items: may(integer(1)) }
const typed: Shape = {
  ...actionable,
  ...focusable,
  ...placeholder,
  dispatch_action_config: may(dispatchActionConfig),
}
const accessibilityLabel: Shape = { accessibility_label: may(text(limits.buttonText)) }

type Rule = (value: JsonRecord, at: string, report: Report) => void

const offered = (value: JsonRecord): readonly unknown[] => [
  ...list(value['options']),
  ...records(value['option_groups']).flatMap((group) => list(group['options'])),
]

const optionsOrGroups: Rule = (value, at, report) => {
  if ((value['options'] === undefined) === (value['option_groups'] === undefined))
    report(at, 'failed_constraint', 'needs exactly one of options and option_groups')
}

const distinctValues: Rule = (value, at, report) => {
  const values = offered(value).map((item) => record(item)['value'])
  if (new Set(values).size !== values.length)
    report(at, 'failed_constraint', 'option values must differ')
}

/** "must exactly match one of the options" (docs.slack.dev, every select with initial_option). */
const initialIsOffered: Rule = (value, at, report) => {
  const initial = value['initial_option'] ?? value['initial_options']
  if (initial === undefined) return
  const chosen = Array.isArray(initial) ? initial : [initial]
  if (!chosen.every((one) => offered(value).some((item) => isDeepStrictEqual(item, one))))
    report(at, 'failed_constraint', 'an initial option must equal one of the options exactly')
}

const options = (item: Check, max: number): Shape => ({ options: need(listOf(item, max)) })
const optionsOfSelect: Shape = {
  options: may(listOf(option, limits.selectOptions)),
  option_groups: may(listOf(optionGroup, limits.optionGroups)),
}
const date = matching(/^\d{4}-\d{2}-\d{2}$/u, 'YYYY-MM-DD')
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/u, 'HH:mm')
const numeral = matching(/^-?\d+(\.\d+)?$/u, 'a number in a string')
const idList = listOf(id, 1000)

const orderedLengths: Rule = (value, at, report) => {
  if (Number(value['min_length'] ?? 0) > Number(value['max_length'] ?? limits.input))
    report(at, 'failed_constraint', 'min_length is above max_length')
}
const orderedNumbers: Rule = (value, at, report) => {
  if (Number(value['min_value'] ?? -Infinity) > Number(value['max_value'] ?? Infinity))
    report(at, 'failed_constraint', 'min_value is above max_value')
}

const feedback = shape({
  text: need(plainText(limits.buttonText)),
  value: need(text(limits.buttonValue)),
  ...accessibilityLabel,
})

/** Every Block Kit element by its type. */
export const elements: Readonly<Record<string, Check>> = {
  button: shape({
    ...actionable,
    ...confirmable,
    ...accessibilityLabel,
    text: need(plainText(limits.buttonText)),
    value: may(text(limits.buttonValue)),
    url: may(url),
    style: may(colour),
  }),
  checkboxes: shape(
    { ...choosable, ...options(choice, limits.choices), initial_options: may(listOf(choice, 10)) },
    distinctValues,
    initialIsOffered,
  ),
  radio_buttons: shape(
    { ...choosable, ...options(choice, limits.choices), initial_option: may(choice) },
    distinctValues,
    initialIsOffered,
  ),
  overflow: shape(
    { ...actionable, ...confirmable, ...options(overflowOption, limits.overflow) },
    distinctValues,
  ),
  static_select: shape(
    { ...selectable, ...optionsOfSelect, initial_option: may(option) },
    optionsOrGroups,
    distinctValues,
    initialIsOffered,
  ),
  multi_static_select: shape(
    { ...selectable, ...many, ...optionsOfSelect, initial_options: may(listOf(option, 100)) },
    optionsOrGroups,
    distinctValues,
    initialIsOffered,
  ),
  external_select: shape({
    ...selectable,
    initial_option: may(option),
    min_query_length: may(integer(0)),
  }),
  multi_external_select: shape({
    ...selectable,
    ...many,
    initial_options: may(listOf(option, 100)),
    min_query_length: may(integer(0)),
  }),
  users_select: shape({ ...selectable, initial_user: may(id) }),
  multi_users_select: shape({ ...selectable, ...many, initial_users: may(idList) }),
  conversations_select: shape({
    ...selectable,
    initial_conversation: may(id),
    default_to_current_conversation: may(flag),
    response_url_enabled: may(flag),
    filter: may(conversationFilter),
  }),
  multi_conversations_select: shape({
    ...selectable,
    ...many,
    initial_conversations: may(idList),
    default_to_current_conversation: may(flag),
    filter: may(conversationFilter),
  }),
  channels_select: shape({
    ...selectable,
    initial_channel: may(id),
    response_url_enabled: may(flag),
  }),
  multi_channels_select: shape({ ...selectable, ...many, initial_channels: may(idList) }),
  datepicker: shape({ ...selectable, initial_date: may(date) }),
  timepicker: shape({ ...selectable, initial_time: may(time), timezone: may(text(100)) }),
  datetimepicker: shape({
    ...choosable,
    initial_date_time: may(integer(1_000_000_000, 9_999_999_999)),
  }),
  plain_text_input: shape(
    {
      ...typed,
      initial_value: may(text(limits.input, 0)),
      multiline: may(flag),
      min_length: may(integer(0, limits.input)),
      max_length: may(integer(1, limits.input)),
    },
    orderedLengths,
  ),
  number_input: shape(
    {
      ...typed,
      is_decimal_allowed: need(flag),
      initial_value: may(numeral),
      min_value: may(numeral),
      max_value: may(numeral),
    },
    orderedNumbers,
  ),
  email_text_input: shape({ ...typed, initial_value: may(text(limits.input)) }),
  url_text_input: shape({ ...typed, initial_value: may(text(limits.input)) }),
  rich_text_input: shape({
    ...typed,
    initial_value: may(richText),
    min_lines: may(integer(1, 100)),
    max_lines: may(integer(1, 100)),
  }),
  file_input: shape({
    ...actionable,
    filetypes: may(listOf(text(100), 100)),
    max_files: may(integer(1, 10)),
  }),
  image,
  feedback_buttons: shape({
    ...actionable,
    positive_button: need(feedback),
    negative_button: need(feedback),
  }),
  icon_button: shape({
    ...actionable,
    ...confirmable,
    ...accessibilityLabel,
    icon: need(text(100)),
    text: need(plainText(limits.buttonText)),
    value: may(text(limits.buttonValue)),
    visible_to_user_ids: may(listOf(id, 10)),
  }),
  workflow_button: shape({
    ...actionable,
    ...confirmable,
    ...accessibilityLabel,
    text: need(plainText(limits.buttonText)),
    workflow: need(anything),
    style: may(colour),
  }),
}
