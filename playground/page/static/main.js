import { createConversation } from './conversation.js'
import { el, fill } from './dom.js'
import { createDrawer } from './drawer.js'
import { learnNames } from './names.js'
import { createRail } from './rail.js'
import { act, follow } from './server.js'
import { createSide } from './side.js'

const byId = (id) => document.getElementById(id)

/** Who this tab is, and where it looks: kept per tab, so that two windows can be two people. */
const state = {
  person: sessionStorage.getItem('person') ?? 'U0ADA',
  where: { kind: 'channel', id: 'C0SUPPORT' },
  picture: undefined,
  unfollow: () => {},
}

const page = {
  me: () => state.person,
  become(person) {
    state.person = person
    sessionStorage.setItem('person', person)
    state.unfollow()
    if (state.where.kind === 'home') openHome()
    listen()
  },
  go(where) {
    state.where = where
    if (where.kind === 'home') openHome()
    draw()
  },
  /** A word on what came of something. */
  say: (words) => {
    const note = el('p', {}, words instanceof Error ? words.message : words)
    byId('announce').append(note)
    setTimeout(() => note.remove(), 6000)
  },
}

/** The bot draws the page anew each time somebody opens it. */
const openHome = () => void act({ act: 'home', as: state.person }).catch(page.say)

const drawRail = createRail(byId('rail'), page)
const drawConversation = createConversation(byId('conversation'), page)
const drawSide = createSide(byId('side'), page)
const drawDrawer = createDrawer(byId('drawer'), page)

const botStates = {
  ready: 'Bot is running',
  starting: 'Bot is starting',
  stopping: 'Bot is stopping',
  ended: 'Bot is not running',
}

function drawBot({ bot }) {
  fill(
    byId('bot'),
    el('span', { class: `lamp lamp-${bot.state}` }),
    el('span', {}, botStates[bot.state]),
    bot.pid ? el('span', { class: 'pid' }, `process ${bot.pid}`) : null,
    bot.state === 'ended' ? el('span', { class: 'pid' }, bot.ending) : null,
    bot.state === 'ended'
      ? el(
          'button',
          {
            type: 'button',
            onclick: () => act({ act: 'bot', order: 'start' }).catch(page.say),
          },
          'Start it',
        )
      : null,
  )
}

function draw() {
  const { picture } = state
  if (!picture) return
  const { where } = state
  if (where.kind === 'channel' && !picture.me.channels.some((one) => one.id === where.id))
    state.where = { kind: 'channel', id: picture.me.channels[0]?.id }
  learnNames(picture)
  drawBot(picture)
  drawRail(picture, state.where)
  drawConversation(picture, state.where)
  drawSide(picture)
  drawDrawer(picture)
}

function listen() {
  state.unfollow = follow(
    state.person,
    (picture) => {
      state.picture = picture
      document.body.classList.remove('lost')
      draw()
    },
    () => document.body.classList.add('lost'),
  )
}

listen()
