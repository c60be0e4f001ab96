import { avatar, el, fill } from './dom.js'

/** The left column: who you are, and where you are looking. */
export function createRail(root, page) {
  let shownAs = ''
  return (picture, where) => {
    const { personas, me } = picture
    const places = [
      ...me.channels.map((channel) => ({
        kind: 'channel',
        id: channel.id,
        label: `# ${channel.name}`,
        count: channel.messages.length,
      })),
      { kind: 'messages', label: 'Lifeguard · messages', count: me.directMessages.length },
      ...(picture.hasHome ? [{ kind: 'home', label: 'Lifeguard · home', count: 0 }] : []),
    ]
    const key = JSON.stringify([personas, me.person.id, places, where])
    if (key === shownAs) return
    shownAs = key
    fill(
      root,
      el('h2', {}, 'You are'),
      el(
        'ul',
        { class: 'personas' },
        personas.map((persona) => el('li', {}, personaButton(persona, me.person.id, page))),
      ),
      el('h2', {}, 'Places'),
      el(
        'ul',
        { class: 'places' },
        places.map((place) => el('li', {}, placeButton(place, where, page))),
      ),
      el('p', { class: 'rail-note' }, picture.team, el('br'), `${modes[picture.transport]}`),
    )
  }
}

const modes = { http: 'Bot over signed HTTP', socket: 'Bot over Socket Mode' }

function personaButton(persona, current, page) {
  return el(
    'button',
    {
      type: 'button',
      class: `persona ${persona.id === current ? 'current' : ''}`,
      'aria-pressed': String(persona.id === current),
      'data-persona': persona.id,
      onclick: () => page.become(persona.id),
    },
    avatar(persona.id, persona.name),
    el(
      'span',
      { class: 'persona-text' },
      el('strong', {}, persona.name),
      el('span', { class: 'role' }, persona.role),
      el(
        'span',
        { class: 'badges' },
        persona.badges.map((badge) => el('span', { class: `badge badge-${badge}` }, badge)),
      ),
    ),
  )
}

function placeButton(place, where, page) {
  const current = place.kind === where.kind && place.id === where.id
  return el(
    'button',
    {
      type: 'button',
      class: `place ${current ? 'current' : ''}`,
      'aria-current': current ? 'page' : null,
      onclick: () => page.go({ kind: place.kind, id: place.id }),
    },
    el('span', {}, place.label),
    place.count > 0 ? el('span', { class: 'count' }, String(place.count)) : null,
  )
}
