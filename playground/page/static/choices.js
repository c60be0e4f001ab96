import { append, el, fill, freshId } from './dom.js'

const WAIT_MS = 180

/**
 * A box to choose from a list by typing. `find(text)` gives `[{ value, label, description }]`, at
 * once or later; the newest answer wins. `chosen` is a list, of one at most unless `many`.
 */
export function choiceBox({ label, placeholder, chosen, many, live, least = 0, find, choose }) {
  const listId = freshId('list')
  const options = el('ul', { class: 'options', role: 'listbox', id: listId, hidden: true })
  const input = el('input', {
    type: 'text',
    class: 'choice-input',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': label,
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    placeholder: placeholder ?? (live ? 'Type to search' : 'Choose one'),
  })
  const chips = el('span', { class: 'chips' })
  const box = el(
    'div',
    { class: 'choice', 'data-live': live ? 'yes' : null },
    chips,
    input,
    options,
  )
  const state = { chosen: [...chosen], shown: [], active: -1, asked: 0, timer: undefined }

  const paint = () => {
    fill(chips, many ? state.chosen.map(chip) : [])
    input.value = many ? '' : (state.chosen[0]?.label ?? '')
    box.classList.toggle('has-choice', !many && state.chosen.length > 0)
  }
  const chip = (option) =>
    el(
      'span',
      { class: 'chip' },
      option.label,
      el(
        'button',
        {
          type: 'button',
          class: 'chip-away',
          'aria-label': `Remove ${option.label}`,
          onclick: () => take(state.chosen.filter((one) => one.value !== option.value)),
        },
        '×',
      ),
    )
  const take = (next) => {
    state.chosen = next
    paint()
    choose(next)
  }
  const close = () => {
    options.hidden = true
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const pick = (option) => {
    close()
    const others = state.chosen.filter((one) => one.value !== option.value)
    take(many ? [...others, option] : [option])
  }
  const activate = (index) => {
    state.active = index
    for (const [at, row] of [...options.children].entries()) {
      row.classList.toggle('active', at === index)
      if (at === index) input.setAttribute('aria-activedescendant', row.id)
    }
    options.children[index]?.scrollIntoView({ block: 'nearest' })
  }
  const show = (found, note) => {
    state.shown = found
    fill(options)
    append(
      options,
      found.map((option) =>
        el(
          'li',
          {
            role: 'option',
            id: freshId('option'),
            onmousedown: (event) => {
              event.preventDefault()
              pick(option)
            },
          },
          el('span', { class: 'option-label' }, option.label),
          option.description ? el('span', { class: 'option-more' }, option.description) : null,
        ),
      ),
    )
    if (note) append(options, [el('li', { class: 'option-note' }, note)])
    options.hidden = false
    input.setAttribute('aria-expanded', 'true')
    if (found.length > 0) activate(0)
  }
  const ask = async (text) => {
    const mine = (state.asked += 1)
    if (text.length < least)
      return show(
        [],
        `Type ${least - text.length} more ${least - text.length > 1 ? 'characters' : 'character'}.`,
      )
    if (live) show([], 'Searching…')
    try {
      const found = await find(text)
      if (mine === state.asked && document.activeElement === input)
        show(found, found.length === 0 ? 'Nothing found.' : undefined)
    } catch (error) {
      if (mine === state.asked) show([], error.message)
    }
  }
  const askSoon = () => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => ask(input.value.trim()), live ? WAIT_MS : 0)
  }

  input.addEventListener('focus', () => {
    input.select()
    void ask('')
  })
  input.addEventListener('input', askSoon)
  input.addEventListener('blur', () => {
    clearTimeout(state.timer)
    state.asked += 1
    close()
    if (!many && input.value.trim() === '' && state.chosen.length > 0) take([])
    else paint()
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (options.hidden) return ask(many ? input.value : '')
      const step = event.key === 'ArrowDown' ? 1 : -1
      activate((state.active + step + state.shown.length) % Math.max(1, state.shown.length))
    } else if (event.key === 'Enter' && !options.hidden) {
      event.preventDefault()
      const option = state.shown[state.active]
      if (option) pick(option)
    } else if (event.key === 'Escape' && !options.hidden) {
      event.stopPropagation()
      close()
      paint()
    } else if (event.key === 'Backspace' && many && input.value === '' && state.chosen.length > 0) {
      take(state.chosen.slice(0, -1))
    }
  })
  paint()
  return box
}
