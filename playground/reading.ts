import type { Block, View, ViewState } from './slack/types.ts'

/** What a person would read aloud from a message or a modal: plain lines, without decoration. */
export function linesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => linesOfBlock(block)).filter((line) => line.trim() !== '')
}

/** The one text that may be shown once: the preformatted text of the block `secret`. */
export function secretIn(view: View | undefined): string | undefined {
  const block = view?.blocks.find((one) => one.block_id === 'secret')
  return block ? runOf(block['elements']) : undefined
}

/** What stands on the button with this `action_id`; undefined when there is none. */
export function buttonIn(blocks: readonly Block[], action: string): string | undefined {
  const button = blocks
    .filter((block) => block.type === 'actions')
    .flatMap((block) => list(block['elements']))
    .find((one) => members(one).get('action_id') === action)
  return button === undefined ? undefined : textOf(members(button).get('text'))
}

/** One input of a modal with what stands in it now. */
export interface FilledField {
  readonly name: string
  readonly label: string
  /** As the person sees it; empty when nothing is chosen. */
  readonly shows: string
  readonly choices: readonly string[]
  readonly error: string | undefined
}

export function fieldsIn(view: ViewState): readonly FilledField[] {
  return view.blocks
    .filter((block) => block.type === 'input')
    .map((block) => {
      const element = members(block['element'])
      const name = block.block_id
      const value = view.state.values[name]?.[wordsOf(element.get('action_id'))]
      return {
        name,
        label: textOf(block['label']),
        shows: shown(value),
        choices: list(element.get('options')).map((option) => textOf(members(option).get('text'))),
        error: view.errors[name],
      }
    })
}

function shown(value: unknown): string {
  const held = members(value)
  const chosen = [held.get('selected_option'), ...list(held.get('selected_options'))]
  const labels = chosen.map((option) => textOf(members(option).get('text'))).filter(Boolean)
  return labels.length > 0 ? labels.join(', ') : wordsOf(held.get('value'))
}

function linesOfBlock(block: Block): readonly string[] {
  switch (block.type) {
    case 'header':
    case 'alert':
      return textOf(block['text']).split('\n')
    case 'section':
      return [block['text'], ...list(block['fields'])].flatMap((text) => textOf(text).split('\n'))
    case 'context':
      return [list(block['elements']).map(textOf).join(' ')]
    case 'rich_text':
      return list(block['elements']).flatMap((part) => partLines(part))
    case 'table':
      return list(block['rows']).map((row) => list(row).map(runOf).join(' | '))
    case 'actions':
      return [
        list(block['elements'])
          .map((one) => `[${textOf(members(one).get('text'))}]`)
          .join(' '),
      ]
    default:
      return []
  }
}

function partLines(part: unknown): readonly string[] {
  const elements = list(members(part).get('elements'))
  if (members(part).get('type') === 'rich_text_list')
    return elements.map((item) => `• ${runOf(item)}`)
  return runOf(elements).split('\n')
}

/** Inline elements run together; people, groups and emoji by their ids and names. */
function runOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => runOf(item)).join('')
  const element = members(value)
  const { user_id: user, channel_id: channel, usergroup_id: group } = Object.fromEntries(element)
  if (element.get('type') === 'emoji') return `:${wordsOf(element.get('name'))}:`
  if (typeof user === 'string') return `<@${user}>`
  if (typeof channel === 'string') return `<#${channel}>`
  if (typeof group === 'string') return `<!subteam^${group}>`
  if (element.get('type') === 'date') return dateOf(element)
  return element.has('elements')
    ? runOf(element.get('elements'))
    : wordsOf(element.get('text')) || wordsOf(element.get('url'))
}

/** A moment as Slack writes it: the formats that Lifeguard uses, and the fallback for others. */
function dateOf(element: ReadonlyMap<string, unknown>): string {
  const at = new Date(Number(element.get('timestamp')) * 1000)
  const written = wordsOf(element.get('format'))
    .replace('{date_short_pretty}', dayOf(at))
    .replace('{time}', at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }))
  return written === '' || written.includes('{') ? wordsOf(element.get('fallback')) : written
}

const DAY_MS = 86_400_000

function dayOf(at: Date): string {
  const near = ['yesterday', 'today', 'tomorrow'].find(
    (_name, index) =>
      new Date(Date.now() + (index - 1) * DAY_MS).toDateString() === at.toDateString(),
  )
  return near ?? at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** A text object's text; Slack's three entities read as what they stand for. */
function textOf(value: unknown): string {
  const text = members(value)
  const words = wordsOf(text.get('text'))
  if (text.get('type') !== 'mrkdwn') return words
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function members(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  )
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
