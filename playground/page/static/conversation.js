import { blockNodes } from './blocks.js'
import { createComposer } from './composer.js'
import { el, fill } from './dom.js'
import { messageNodes } from './messages.js'
import { createModals } from './modal.js'
import { act } from './server.js'

/** The middle of the page: one channel, the direct messages or the app's home, and open forms. */
export function createConversation(root, page) {
  const head = el('header', { class: 'conversation-head' })
  const list = el('div', { class: 'messages', tabindex: '0', 'aria-label': 'Messages' })
  const notice = el('div', { class: 'notice', role: 'alert', hidden: true })
  const frame = el('div', { class: 'modal-frame', hidden: true })
  const composer = createComposer({ send })
  const drawModals = createModals(frame, page)
  fill(root, head, list, notice, composer.node, frame)
  const seen = new Map()
  let shownAs = ''
  let place

  function send(text) {
    const as = page.me()
    const channel = place.kind === 'channel' ? place.id : undefined
    const [command, ...words] = text.split(' ')
    const wish = text.startsWith('/')
      ? { act: 'slash', as, channel, command, text: words.join(' ') }
      : { act: 'say', as, channel, text }
    if (wish.act === 'say' && !channel) return page.say('Lifeguard answers commands, not messages.')
    notice.hidden = true
    void act(wish).catch(page.say)
  }

  const press = (message, element, value) =>
    act({
      act: 'click',
      as: page.me(),
      where: message === 'home' ? 'home' : { channel: message.channel, ts: message.ts },
      action: element.action_id,
      value,
    }).catch(page.say)

  const pressHome = (block, element) => ({
    label: element.action_id,
    value: undefined,
    press: (value) => press('home', element, value),
    typing: () => {},
    change: (choice) => press('home', element, typeof choice === 'string' ? choice : choice?.value),
    search: () => Promise.resolve([]),
  })

  function noticesOf(picture) {
    const { notices, person } = picture.me
    const before = seen.get(person.id) ?? notices.length
    if (notices.length > before) {
      fill(
        notice,
        el('span', {}, notices.at(-1)),
        el(
          'button',
          {
            type: 'button',
            class: 'cross',
            'aria-label': 'Dismiss',
            onclick: () => (notice.hidden = true),
          },
          '×',
        ),
      )
      notice.hidden = false
    }
    seen.set(person.id, notices.length)
  }

  return (picture, where) => {
    place = where
    const content = contentOf(picture, where)
    const key = JSON.stringify([where, picture.me.person.id, content, picture.people.length])
    // First, since it takes room away from the messages.
    composer.node.hidden = where.kind === 'home'
    composer.update(content.title, picture)
    if (key !== shownAs) {
      const seenFrom = JSON.stringify([where, picture.me.person.id]).slice(0, -1)
      const moved = !shownAs.startsWith(seenFrom)
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
      shownAs = key
      fill(head, el('h1', {}, content.title), el('p', {}, content.about))
      fill(
        list,
        where.kind === 'home'
          ? content.blocks
            ? el('div', { class: 'home' }, blockNodes(content.blocks, pressHome))
            : el('p', { class: 'empty' }, 'Lifeguard has not drawn its home for this person.')
          : content.messages.length > 0
            ? messageNodes(content.messages, picture, press)
            : el('p', { class: 'empty' }, content.empty),
      )
      if (moved || atEnd) list.scrollTop = where.kind === 'home' ? 0 : list.scrollHeight
    }
    noticesOf(picture)
    drawModals(picture.me.modals)
  }
}

function contentOf({ me }, where) {
  if (where.kind === 'home')
    return { title: 'Lifeguard', about: 'The app’s home', blocks: me.home?.blocks, messages: [] }
  const inChannel = new Set(me.channels.map((channel) => channel.id))
  if (where.kind === 'messages')
    return {
      title: 'Lifeguard',
      about: 'Direct messages',
      empty: 'Lifeguard has not written to this person.',
      messages: [
        ...me.directMessages,
        ...me.ephemerals.filter((message) => !inChannel.has(message.channel)),
      ],
    }
  const channel = me.channels.find((one) => one.id === where.id)
  return {
    title: `#${channel?.name ?? where.id}`,
    about: `${channel?.members.length ?? 0} people and Lifeguard`,
    empty: 'Nothing here yet. Type /cognito to begin.',
    messages: [
      ...(channel?.messages ?? []),
      ...me.ephemerals.filter((message) => message.channel === where.id),
    ],
  }
}
