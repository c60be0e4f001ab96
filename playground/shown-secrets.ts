import type { LocalSlack } from './slack/types.ts'

const HIDDEN = '[secret]'

/**
 * The passwords that modals have shown, so that everything else can be checked for them and the
 * drawer can leave them out. They are found where the contract puts them: the block `secret`.
 */
export interface ShownSecrets {
  /** True when the text contains a password that a modal has shown. */
  has(text: string): boolean
  /** The same JSON value with every such password replaced. */
  mask(value: unknown): unknown
}

export function watchSecrets(slack: LocalSlack): ShownSecrets {
  const known = new Set<string>()
  let deliveries = 0
  let calls = 0
  // Records may be completed in place after they appeared, so the last few are read again.
  const look = () => {
    for (const record of slack.deliveries.slice(Math.max(0, deliveries - 20)))
      collect(record.ack, known)
    for (const record of slack.calls.slice(Math.max(0, calls - 20))) collect(record.args, known)
    deliveries = slack.deliveries.length
    calls = slack.calls.length
  }
  const has = (text: string) => {
    look()
    for (const secret of known) if (text.includes(secret)) return true
    return false
  }
  const hide = (text: string) => {
    let shown = text
    for (const secret of known) shown = shown.replaceAll(secret, HIDDEN)
    return shown
  }
  slack.onChange(look)
  slack.guardSecret(has)
  return {
    has,
    mask: (value) => {
      look()
      return mapText(value, hide)
    },
  }
}

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into)
  else if (typeof value === 'object' && value !== null) {
    const block = new Map<string, unknown>(Object.entries(value))
    if (block.get('block_id') === 'secret') for (const text of texts(value)) into.add(text)
    else for (const member of block.values()) collect(member, into)
  }
}

/** The texts of `{ type: 'text', text }` elements anywhere below. */
function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => texts(item))
  if (typeof value !== 'object' || value === null) return []
  const members = new Map<string, unknown>(Object.entries(value))
  const text = members.get('text')
  if (members.get('type') === 'text' && typeof text === 'string') return text === '' ? [] : [text]
  return [...members.values()].flatMap((member) => texts(member))
}

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value))
    return holdsSecret(value) ? value.map(bareBlock) : value.map((item) => mapText(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapText(member, change)]),
  )
}

/** The blocks around a secret may spell it out, so none of them is shown. */
const holdsSecret = (blocks: readonly unknown[]): boolean =>
  blocks.some((block) => memberOf(block, 'block_id') === 'secret')

const bareBlock = (block: unknown) => ({ type: memberOf(block, 'type'), content: HIDDEN })

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([member]) => member === name)?.[1]
    : undefined
}
