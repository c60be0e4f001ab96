import { el, fill } from './dom.js'
import { messageNodes } from './messages.js'
import { act } from './server.js'

/** The right column: the audit channel, and the pools of the local Cognito as they are now. */
export function createSide(root, page) {
  const audit = el('div', { class: 'side-messages', tabindex: '0', 'aria-label': 'Audit entries' })
  const tabs = el('div', { class: 'tabs', role: 'tablist' })
  const settings = el('ul', { class: 'pool-settings', 'aria-label': 'Settings of the pool' })
  const users = el('ul', { class: 'users' })
  const signIn = createSignIn(page)
  fill(
    root,
    el('section', { class: 'audit' }, el('h2', {}, '# lifeguard-audit'), audit),
    el(
      'section',
      { class: 'cognito' },
      el('h2', {}, 'Amazon Cognito, local'),
      tabs,
      settings,
      users,
      signIn.node,
    ),
  )
  let auditAs = ''
  let usersAs = ''
  let pool
  const before = new Map()
  let picture

  const drawAudit = () => {
    const key = JSON.stringify([picture.audit, picture.people.length])
    if (key === auditAs) return
    auditAs = key
    fill(
      audit,
      picture.audit.length === 0
        ? el('p', { class: 'empty' }, 'Every step leaves a line here.')
        : messageNodes(picture.audit, picture, () => {}),
    )
    audit.scrollTop = audit.scrollHeight
  }
  /** What changed since the last picture, a new pool too; its pool is the one worth a look. */
  const notice = () => {
    const changed = new Set()
    const isFirst = before.size === 0
    for (const one of picture.pools) {
      const phrases = before.get(one.id) ?? (isFirst ? one.settings : [])
      before.set(one.id, one.settings)
      for (const phrase of one.settings)
        if (!phrases.includes(phrase)) {
          changed.add(`${one.id} ${phrase}`)
          pool = one.id
        }
      for (const user of one.users) {
        const id = `${one.id}/${user.username}`
        const state = JSON.stringify([user.status, user.modifiedAt])
        if (before.has(id) && before.get(id) !== state) {
          changed.add(id)
          pool = one.id
        }
        before.set(id, state)
      }
    }
    return changed
  }
  const drawCognito = () => {
    const changed = notice()
    pool = picture.pools.some((one) => one.id === pool) ? pool : preferred(picture.pools)
    const shown = picture.pools.find((one) => one.id === pool)
    const key = JSON.stringify([
      shown,
      picture.pools.map((one) => [one.id, one.name]),
      signIn.user(),
    ])
    if (!shown || key === usersAs) return
    usersAs = key
    fill(
      tabs,
      picture.pools.map((one) => tab(one)),
    )
    fill(
      settings,
      shown.settings.map((phrase) =>
        el('li', { class: changed.has(`${shown.id} ${phrase}`) ? 'changed' : '' }, phrase),
      ),
    )
    fill(
      users,
      shown.users.map((user) => row(shown, user, changed)),
    )
    tabs
      .querySelector('[aria-selected=true]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    users.querySelector('.changed')?.scrollIntoView({ block: 'nearest' })
  }
  const tab = (one) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(one.id === pool),
        title: `${one.name} · ${one.id}`,
        onclick: () => {
          pool = one.id
          drawCognito()
        },
      },
      one.name,
      el('span', { class: `env env-${one.environment}` }, one.environment),
    )
  const row = (shown, user, changed) => {
    const id = `${shown.id}/${user.username}`
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: `user ${changed.has(id) ? 'changed' : ''} ${signIn.user() === id ? 'current' : ''}`,
          'data-user': user.label,
          title: user.username,
          onclick: () => {
            signIn.choose(shown, user)
            drawCognito()
          },
        },
        el('span', { class: 'user-label' }, user.label),
        user.notes.map((note) => el('span', { class: 'user-note' }, note)),
        el('span', { class: `status status-${user.status}` }, user.status),
      ),
    )
  }

  return (now) => {
    picture = now
    drawAudit()
    drawCognito()
  }
}

const preferred = (pools) => (pools.find((one) => one.environment === 'staging') ?? pools[0])?.id

function createSignIn(page) {
  const result = el('p', { class: 'sign-in-result', role: 'status' })
  const password = el('input', {
    type: 'password',
    autocomplete: 'off',
    'aria-label': 'Password',
    placeholder: 'Password',
  })
  const who = el('span', { class: 'sign-in-who' }, 'Choose a user above')
  const button = el('button', { class: 'primary', disabled: true }, 'Sign in')
  let chosen
  const node = el(
    'form',
    {
      class: 'sign-in',
      onsubmit: async (event) => {
        event.preventDefault()
        const tried = { act: 'sign-in', pool: chosen.pool.id, username: chosen.user.username }
        try {
          const came = await act({ ...tried, password: password.value })
          result.className = `sign-in-result ${came}`
          result.textContent = sentences[came] ?? came
        } catch (error) {
          page.say(error)
        }
        password.value = ''
      },
    },
    el('h3', {}, 'Sign in as this user'),
    who,
    el('div', { class: 'sign-in-line' }, password, button),
    result,
  )
  return {
    node,
    user: () => (chosen ? `${chosen.pool.id}/${chosen.user.username}` : ''),
    choose(pool, user) {
      chosen = { pool, user }
      who.textContent = `${user.label} in ${pool.name}`
      button.disabled = false
      result.textContent = ''
      password.focus()
    },
  }
}

const sentences = {
  ok: 'Signed in.',
  'new-password-required':
    'The password is right. Cognito now asks this person to choose their own.',
  'mfa-required': 'The password is right. Cognito now asks for the second factor.',
  'reset-required': 'This person has to use the code they were sent before they can sign in.',
  'not-confirmed': 'This person has not confirmed their account yet.',
  disabled: 'This person is disabled.',
  expired: 'The temporary password has expired.',
  refused: 'Refused: this is not the password.',
}
