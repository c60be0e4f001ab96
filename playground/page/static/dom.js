/**
 * The only way this page makes elements: text becomes text nodes, so nothing a person or the bot
 * writes can become markup.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) set(node, name, value)
  append(node, children)
  return node
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
  else if (name in node && typeof value !== 'string') node[name] = value
  else if (name === 'value') node.value = value
  else node.setAttribute(name, value === true ? '' : value)
}

export function append(node, children) {
  for (const child of children.flat(Infinity))
    if (child !== undefined && child !== null && child !== false && child !== '')
      node.append(child instanceof Node ? child : String(child))
  return node
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren()
  return append(node, children)
}

let lastId = 0
/** An id for labels and lists. */
export const freshId = (what) => `${what}-${(lastId += 1)}`

const initials = (name) =>
  name
    .split(/\s+/u)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()

/** A round picture made of letters; its colour follows from the id. */
export function avatar(id, name, kind = '') {
  const tone = [...id].reduce((sum, letter) => (sum * 59 + letter.charCodeAt(0)) % 997, 7) % 6
  return el('span', { class: `avatar tone-${tone} ${kind}`, 'aria-hidden': 'true' }, initials(name))
}

export const clock = (ms) =>
  new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
