import { el } from './dom.js'
import { elementNode } from './elements.js'
import { richText } from './rich-text.js'
import { textNodes } from './text.js'

/** Blocks as nodes. `place(block, element)` says what an element is worth and what it can do. */
export function blockNodes(blocks, place) {
  return blocks.map((block) => {
    const node = (kinds[block.type] ?? unknown)(block, place)
    node.classList.add('block', `block-${block.type}`)
    node.dataset.block = block.block_id
    return node
  })
}

const unknown = (block) => el('p', { class: 'unknown' }, `(${block.type})`)

const kinds = {
  header: (block) => el('h3', {}, textNodes(block.text)),
  divider: () => el('hr'),
  context: (block) =>
    el(
      'div',
      {},
      block.elements.map((element) =>
        element.type === 'image'
          ? el('span', { class: 'picture' }, element.alt_text)
          : el('span', {}, textNodes(element)),
      ),
    ),
  section,
  actions: (block, place) =>
    el(
      'div',
      {},
      block.elements.map((element) => elementNode(element, place(block, element))),
    ),
  image: (block) =>
    el(
      'figure',
      {},
      block.title ? el('figcaption', {}, textNodes(block.title)) : null,
      el('span', { class: 'picture' }, block.alt_text),
    ),
  markdown: (block) => el('div', { class: 'rich' }, block.text),
  rich_text: richTextBlock,
  table,
  alert: (block) =>
    el('div', { class: `level-${block.level ?? 'default'}`, role: 'note' }, textNodes(block.text)),
  input,
}

function section(block, place) {
  return el(
    'div',
    {},
    el(
      'div',
      { class: 'section-text' },
      block.text ? el('div', { class: 'words' }, textNodes(block.text)) : null,
      block.fields
        ? el(
            'div',
            { class: 'fields' },
            block.fields.map((field) => el('div', { class: 'words' }, textNodes(field))),
          )
        : null,
    ),
    block.accessory
      ? el(
          'div',
          { class: 'accessory' },
          elementNode(block.accessory, place(block, block.accessory)),
        )
      : null,
  )
}

/** The one block that shows a secret gets a button to copy it. */
function richTextBlock(block) {
  const node = richText(block)
  if (block.block_id !== 'secret') return node
  const secret = node.querySelector('pre')
  const copy = el(
    'button',
    {
      type: 'button',
      class: 'copy',
      onclick: async () => {
        await navigator.clipboard.writeText(secret.textContent)
        copy.textContent = 'Copied'
      },
    },
    'Copy',
  )
  return el('div', { class: 'secret' }, node, secret ? copy : null)
}

function table(block) {
  const [head, ...rows] = block.rows
  const align = (column) => `align-${block.column_settings?.[column]?.align ?? 'left'}`
  const cells = (row, tag) =>
    row.map((cell, column) =>
      el(tag, { class: align(column) }, cell.type === 'rich_text' ? richText(cell) : cell.text),
    )
  return el(
    'div',
    { class: 'table-frame' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, cells(head, 'th'))),
      el(
        'tbody',
        {},
        rows.map((row) => el('tr', {}, cells(row, 'td'))),
      ),
    ),
  )
}

function input(block, place) {
  const at = place(block, block.element)
  return el(
    'div',
    { class: at.error ? 'has-error' : '' },
    el(
      'div',
      { class: 'label' },
      textNodes(block.label),
      block.optional ? el('span', { class: 'optional' }, ' (optional)') : null,
    ),
    elementNode(block.element, at),
    at.error ? el('p', { class: 'field-error', role: 'alert' }, at.error) : null,
    block.hint ? el('p', { class: 'hint' }, textNodes(block.hint)) : null,
  )
}
