import { append, el, fill } from './dom.js'

/** The line one types into. A slash offers the app's commands; Enter sends. */
export function createComposer({ send }) {
  const menu = el('ul', { class: 'commands', role: 'listbox', id: 'commands', hidden: true })
  const hint = el('span', { class: 'usage' })
  const input = el('input', {
    type: 'text',
    class: 'composer-input',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Message or command',
    'aria-controls': 'commands',
    role: 'combobox',
    'aria-expanded': 'false',
  })
  const tries = el('div', { class: 'tries' })
  const form = el(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault()
        sendNow()
      },
    },
    menu,
    tries,
    el('div', { class: 'composer-line' }, input, hint, el('button', { class: 'primary' }, 'Send')),
  )
  let commands = []
  let sent = []
  let back = 0
  let active = 0

  const matching = () => {
    const text = input.value
    if (!text.startsWith('/') || text.includes(' ')) return []
    return commands.filter(({ command }) => command.startsWith(text))
  }
  const take = (command) => {
    input.value = `${command.command} `
    paint()
    input.focus()
  }
  const paint = () => {
    const found = matching()
    active = Math.min(active, Math.max(0, found.length - 1))
    menu.hidden = found.length === 0
    input.setAttribute('aria-expanded', String(found.length > 0))
    fill(menu)
    append(
      menu,
      found.map((command, index) =>
        el(
          'li',
          {
            role: 'option',
            class: index === active ? 'active' : '',
            onmousedown: (event) => {
              event.preventDefault()
              take(command)
            },
          },
          el('strong', {}, command.command),
          ' ',
          el('span', { class: 'usage' }, command.usage_hint),
          el('div', { class: 'option-more' }, command.description),
        ),
      ),
    )
    const typed = commands.find(({ command }) => input.value === `${command} `)
    hint.textContent = typed?.usage_hint ?? ''
  }
  const sendNow = () => {
    const text = input.value.trim()
    if (text === '') return
    sent = [...sent, text]
    back = sent.length
    input.value = ''
    paint()
    send(text)
  }
  input.addEventListener('input', paint)
  input.addEventListener('blur', () => (menu.hidden = true))
  input.addEventListener('focus', paint)
  input.addEventListener('keydown', (event) => {
    const found = matching()
    const [up, down] = [event.key === 'ArrowUp', event.key === 'ArrowDown']
    if (found.length > 0 && (up || down)) {
      event.preventDefault()
      active = (active + (down ? 1 : -1) + found.length) % found.length
      paint()
    } else if (event.key === 'Enter' && found[active]?.command === input.value) {
      // The whole command stands there: it is sent.
    } else if (found.length > 0 && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault()
      take(found[active])
    } else if (event.key === 'Escape') {
      menu.hidden = true
    } else if ((up || down) && sent.length > 0) {
      event.preventDefault()
      back = Math.max(0, Math.min(sent.length, back + (down ? 1 : -1)))
      input.value = sent[back] ?? ''
    }
  })

  return {
    node: form,
    update(place, picture) {
      commands = picture.commands
      input.placeholder = `Message ${place} — type / for commands`
      if (tries.childElementCount > 0) return
      fill(
        tries,
        picture.suggestions.map((text) =>
          el(
            'button',
            {
              type: 'button',
              class: 'try',
              onclick: () => {
                input.value = text
                paint()
                input.focus()
              },
            },
            text,
          ),
        ),
      )
    },
  }
}
