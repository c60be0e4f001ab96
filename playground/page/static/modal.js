import { blockNodes } from './blocks.js'
import { el, fill } from './dom.js'
import { act } from './server.js'
import { textNodes } from './text.js'

/** The open forms of one persona: the top one is shown, those below wait behind it. */
export function createModals(frame, page) {
  const drafts = new Map()
  let shownAs = ''
  let saving = Promise.resolve()
  let busy = false
  let view

  /** A value that was given but is not yet in the view's own state. */
  const keep = (block, element, choice) => {
    const key = `${view.id}/${block.block_id}`
    drafts.set(key, { block: block.block_id, choice, value: inSlackShape(element, choice) })
    return key
  }
  const save = (block, element, choice) => {
    const key = keep(block, element, choice)
    const draft = drafts.get(key)
    const as = page.me()
    saving = saving
      .then(() => act({ act: 'set', as, values: { [block.block_id]: choice } }))
      .then(() => drafts.get(key) === draft && drafts.delete(key))
      .catch(page.say)
  }
  const press = (element, value) =>
    act({ act: 'click', as: page.me(), where: 'view', action: element.action_id, value }).catch(
      page.say,
    )
  const place = (block, element) => {
    const inInput = block.type === 'input'
    const draft = drafts.get(`${view.id}/${block.block_id}`)
    const known = view.state.values[block.block_id]?.[element.action_id]
    return {
      label: block.label?.text ?? element.action_id,
      error: view.errors[block.block_id],
      value: inInput ? (draft?.value ?? known) : known,
      press: (value) => press(element, value),
      typing: (text) => inInput && keep(block, element, text),
      change: (choice) =>
        inInput
          ? save(block, element, choice)
          : press(element, typeof choice === 'string' ? choice : choice?.value),
      search: async (text) => {
        await saving
        return act({ act: 'search', as: page.me(), block: block.block_id, text })
      },
    }
  }
  const submit = async () => {
    if (busy) return
    busy = true
    frame.classList.add('busy')
    const values = {}
    await saving
    for (const [key, draft] of drafts)
      if (key.startsWith(`${view.id}/`)) values[draft.block] = draft.choice
    try {
      await act({ act: 'submit', as: page.me(), values })
      drafts.clear()
    } catch (error) {
      page.say(error)
    }
    busy = false
    frame.classList.remove('busy')
  }
  const close = (all) => act({ act: 'close', as: page.me(), all }).catch(page.say)

  const draw = (stack) => {
    const { title, submit: submitText, close: closeText, blocks, trouble } = view
    const below = stack.length - 1
    const card = el(
      'form',
      {
        class: `modal depth-${Math.min(below, 2)}`,
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': title?.text,
        'data-callback': view.callback_id,
        novalidate: true,
        tabindex: '-1',
        onsubmit: (event) => {
          event.preventDefault()
          void submit()
        },
        onkeydown: (event) => {
          if (event.key === 'Escape') void close(false)
          const single = event.target.matches('input:not([role=combobox])')
          if (event.key === 'Enter' && single) {
            event.preventDefault()
            event.target.dispatchEvent(new Event('change', { bubbles: true }))
            if (submitText) void submit()
          }
        },
      },
      el(
        'header',
        { class: 'modal-head' },
        el('img', { src: '/mark.svg', alt: '', width: '22', height: '22' }),
        el('h2', {}, textNodes(title)),
        below > 0 ? el('span', { class: 'depth' }, `${below} behind`) : null,
        el(
          'button',
          { type: 'button', class: 'cross', 'aria-label': 'Close', onclick: () => close(true) },
          '×',
        ),
      ),
      el(
        'div',
        { class: 'modal-blocks' },
        trouble ? el('p', { class: 'trouble', role: 'alert' }, trouble) : null,
        blockNodes(blocks, place),
      ),
      el(
        'footer',
        { class: 'modal-foot' },
        el(
          'button',
          { type: 'button', onclick: () => close(false) },
          closeText ? textNodes(closeText) : 'Close',
        ),
        submitText
          ? el('button', { type: 'submit', class: 'primary' }, textNodes(submitText))
          : null,
      ),
    )
    return card
  }

  return (stack) => {
    view = stack.at(-1)
    frame.hidden = view === undefined
    if (!view) {
      shownAs = ''
      drafts.clear()
      return fill(frame)
    }
    const { id, blocks, errors, trouble, title, submit: submitText, close: closeText } = view
    const key = JSON.stringify([
      stack.length,
      id,
      blocks,
      errors,
      trouble,
      title,
      submitText,
      closeText,
    ])
    if (key === shownAs) return
    const fresh = !shownAs.includes(JSON.stringify(id))
    shownAs = key
    const focused = fresh ? undefined : focusIn(frame)
    const scrolled = fresh ? 0 : (frame.querySelector('.modal-blocks')?.scrollTop ?? 0)
    fill(frame, draw(stack))
    frame.querySelector('.modal-blocks').scrollTop = scrolled
    restore(frame, focused, fresh)
    const wrong = frame.querySelector('.has-error')
    if (wrong) wrong.scrollIntoView({ block: 'nearest' })
  }
}

/** What Slack would say this input holds. */
function inSlackShape(element, choice) {
  const { type } = element
  const option = (value) => element.options?.find((one) => one.value === value)
  if (type === 'checkboxes') return { selected_options: choice.map(option) }
  if (type === 'radio_buttons') return { selected_option: option(choice) }
  if (type.startsWith('multi_users')) return { selected_users: choice }
  if (type === 'users_select') return { selected_user: choice }
  if (type.startsWith('multi_')) return { selected_options: choice }
  if (type.endsWith('_select')) return { selected_option: choice }
  if (type === 'datepicker') return { selected_date: choice }
  if (type === 'timepicker') return { selected_time: choice }
  return { value: choice }
}

function focusIn(frame) {
  const active = document.activeElement
  const block = active?.closest('[data-block]')
  if (!block || !frame.contains(active)) return undefined
  return { block: block.dataset.block, start: active.selectionStart, end: active.selectionEnd }
}

function restore(frame, focused, fresh) {
  const target = focused
    ? frame.querySelector(
        `[data-block="${CSS.escape(focused.block)}"] :is(input, textarea, button)`,
      )
    : fresh
      ? frame.querySelector('.modal-blocks :is(input, textarea)')
      : undefined
  // A search box would open its list at once.
  if (!target || target.matches('[role=combobox]')) return frame.querySelector('.modal')?.focus()
  target.focus()
  if (focused && typeof focused.start === 'number' && target.type !== 'number')
    try {
      target.setSelectionRange(focused.start, focused.end)
    } catch {
      // Dates and numbers have no selection.
    }
}
