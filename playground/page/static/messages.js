import { avatar, clock, el } from './dom.js'
import { blockNodes } from './blocks.js'
import { nameOf } from './names.js'
import { textNodes } from './text.js'

/** Messages in their order, replies under what they reply to. `press(message, element, value)` acts. */
export function messageNodes(messages, picture, press) {
  const sorted = messages.toSorted((a, b) => Number(a.ts) - Number(b.ts))
  const replies = Map.groupBy(sorted.filter(isReply), (message) => message.thread_ts)
  return sorted.flatMap((message) => {
    if (isReply(message)) return []
    const below = (replies.get(message.ts) ?? []).map((reply) => {
      const node = messageNode(reply, picture, press)
      node.classList.add('reply')
      return node
    })
    return [messageNode(message, picture, press), ...below]
  })
}

const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts

function messageNode(message, picture, press) {
  const fromBot = message.bot_id !== undefined
  const name = fromBot ? 'Lifeguard' : nameOf('user', message.user)
  const at = Number(message.ts) * 1000
  return el(
    'article',
    { class: `message ${message.ephemeral_to ? 'ephemeral' : ''}`, 'data-ts': message.ts },
    fromBot
      ? el('img', { class: 'avatar app', src: '/mark.svg', alt: '' })
      : avatar(message.user, name),
    el(
      'div',
      { class: 'message-body' },
      message.ephemeral_to ? el('div', { class: 'only-you' }, 'Only visible to you') : null,
      el(
        'div',
        { class: 'message-head' },
        el('strong', {}, name),
        fromBot ? el('span', { class: 'app-tag' }, 'APP') : null,
        el('time', { title: new Date(at).toLocaleString() }, clock(at)),
      ),
      message.blocks.length > 0
        ? blockNodes(message.blocks, (block, element) => placeOf(message, element, press))
        : el('div', { class: 'words' }, textNodes(message.text)),
      message.edited ? el('span', { class: 'edited' }, '(edited)') : null,
    ),
  )
}

function placeOf(message, element, press) {
  const act = (value) => press(message, element, value)
  return {
    label: element.action_id,
    value: undefined,
    press: act,
    typing: () => {},
    change: (choice) => act(typeof choice === 'string' ? choice : choice?.value),
    search: () => Promise.resolve([]),
  }
}
