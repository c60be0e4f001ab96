import { choiceBox } from './choices.js'
import { agreed } from './confirm.js'
import { el, freshId } from './dom.js'
import { everybody, nameOf } from './names.js'
import { plainWithEmoji, textNodes } from './text.js'

const plain = (object) => (object ? plainWithEmoji(object.text).join('') : '')

/** A Slack option as the choice box shows it; `option` is what goes back. */
const shown = (option) => ({
  value: option.value,
  label: plain(option.text),
  description: plain(option.description),
  option,
})

const offered = (element) =>
  element.options ?? (element.option_groups ?? []).flatMap((group) => group.options)

/**
 * One interactive element. `at` says where it stands: `value` is its present value in Slack's shape,
 * `change(choice)` takes a new one, `press(value)` a button, `search(text)` asks the bot.
 */
export function elementNode(element, at) {
  return (kinds[element.type] ?? unknown)(element, at)
}

const unknown = (element) => el('span', { class: 'unknown' }, `(${element.type})`)

const kinds = {
  button,
  overflow,
  image: (element) => el('span', { class: 'picture' }, element.alt_text),
  plain_text_input: (element, at) =>
    element.multiline ? textArea(element, at) : textInput(element, at, 'text'),
  email_text_input: (element, at) => textInput(element, at, 'email'),
  url_text_input: (element, at) => textInput(element, at, 'url'),
  number_input: (element, at) => textInput(element, at, 'number'),
  datepicker: (element, at) =>
    el('input', {
      type: 'date',
      value: at.value?.selected_date ?? '',
      'aria-label': at.label,
      onchange: (event) => at.change(event.target.value || null),
    }),
  timepicker: (element, at) =>
    el('input', {
      type: 'time',
      value: at.value?.selected_time ?? '',
      'aria-label': at.label,
      onchange: (event) => at.change(event.target.value || null),
    }),
  radio_buttons: (element, at) => ticks(element, at, 'radio'),
  checkboxes: (element, at) => ticks(element, at, 'checkbox'),
  static_select: (element, at) => optionBox(element, at, { find: fromList(element) }),
  multi_static_select: (element, at) =>
    optionBox(element, at, { find: fromList(element), many: true }),
  external_select: (element, at) => optionBox(element, at, fromBot(element, at)),
  multi_external_select: (element, at) =>
    optionBox(element, at, { ...fromBot(element, at), many: true }),
  users_select: (element, at) => peopleBox(element, at, false),
  multi_users_select: (element, at) => peopleBox(element, at, true),
}

function button(element, at) {
  const press = async () => {
    if (await agreed(element.confirm)) at.press(element.value)
  }
  return el(
    'button',
    {
      type: 'button',
      class: element.style ?? '',
      'data-action': element.action_id,
      'aria-label': element.accessibility_label,
      onclick: press,
    },
    textNodes(element.text),
  )
}

function overflow(element, at) {
  return el(
    'select',
    {
      class: 'overflow',
      'aria-label': 'More',
      onchange: async (event) => {
        const { value } = event.target
        event.target.value = ''
        if (await agreed(element.confirm)) at.press(value)
      },
    },
    el('option', { value: '' }, '⋯'),
    element.options.map((option) => el('option', { value: option.value }, plain(option.text))),
  )
}

function textInput(element, at, type) {
  return el('input', {
    type,
    value: at.value?.value ?? '',
    placeholder: plain(element.placeholder),
    maxlength: element.max_length === undefined ? null : String(element.max_length),
    step: type === 'number' && element.is_decimal_allowed ? 'any' : null,
    autocomplete: 'off',
    'aria-label': at.label,
    oninput: (event) => at.typing(event.target.value),
    onchange: (event) => at.change(event.target.value),
  })
}

function textArea(element, at) {
  return el('textarea', {
    rows: '3',
    value: at.value?.value ?? '',
    placeholder: plain(element.placeholder),
    maxlength: element.max_length === undefined ? null : String(element.max_length),
    'aria-label': at.label,
    oninput: (event) => at.typing(event.target.value),
    onchange: (event) => at.change(event.target.value),
  })
}

function ticks(element, at, type) {
  const group = freshId(type)
  const chosen =
    type === 'radio'
      ? [at.value?.selected_option?.value]
      : (at.value?.selected_options ?? []).map((option) => option.value)
  const read = (box) => {
    const values = [...box.querySelectorAll('input:checked')].map((input) => input.value)
    return type === 'radio' ? (values[0] ?? null) : values
  }
  const box = el(
    'div',
    {
      class: 'ticks',
      role: type === 'radio' ? 'radiogroup' : 'group',
      'aria-label': at.label,
      onchange: () => at.change(read(box)),
    },
    element.options.map((option) =>
      el(
        'label',
        { class: 'tick' },
        el('input', {
          type,
          name: group,
          value: option.value,
          checked: chosen.includes(option.value),
        }),
        el(
          'span',
          {},
          el('span', { class: 'tick-label' }, textNodes(option.text)),
          option.description
            ? el('span', { class: 'tick-more' }, textNodes(option.description))
            : null,
        ),
      ),
    ),
  )
  return box
}

function optionBox(element, at, { find, many = false, live = false, least = 0 }) {
  const now = many
    ? (at.value?.selected_options ?? [])
    : [at.value?.selected_option].filter((option) => option)
  return choiceBox({
    label: at.label,
    placeholder: plain(element.placeholder),
    chosen: now.map(shown),
    many,
    live,
    least,
    find,
    choose: (options) => {
      const picked = options.map(({ option }) => option)
      at.change(many ? picked : (picked[0] ?? null))
    },
  })
}

const fromList = (element) => (text) => {
  const wanted = text.toLowerCase()
  return offered(element)
    .map(shown)
    .filter((option) => option.label.toLowerCase().includes(wanted))
}

/** Slack asks the app only after `min_query_length` characters, three when it does not say. */
const fromBot = (element, at) => ({
  live: true,
  least: element.min_query_length ?? 3,
  find: async (text) => (await at.search(text)).map(shown),
})

function peopleBox(element, at, many) {
  const ids = many ? (at.value?.selected_users ?? []) : [at.value?.selected_user].filter((id) => id)
  return choiceBox({
    label: at.label,
    placeholder: plain(element.placeholder),
    chosen: ids.map((id) => ({ value: id, label: nameOf('user', id) })),
    many,
    find: (text) =>
      everybody().filter((one) => one.label.toLowerCase().includes(text.toLowerCase())),
    choose: (people) => {
      const picked = people.map(({ value }) => value)
      at.change(many ? picked : (picked[0] ?? null))
    },
  })
}
