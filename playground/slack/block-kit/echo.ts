import { isRecord, type JsonRecord, records } from '../json.ts'
import type { Block } from '../types.ts'

/** Slack sends text back with its defaults written out. */
function withDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDefaults)
  if (!isRecord(value)) return value
  const copy: JsonRecord = {}
  for (const [name, member] of Object.entries(value)) copy[name] = withDefaults(member)
  if (typeof copy['text'] !== 'string') return copy
  if (copy['type'] === 'plain_text') copy['emoji'] ??= true
  if (copy['type'] === 'mrkdwn') copy['verbatim'] ??= false
  return copy
}

/** Where each block keeps its elements. */
const slots: Readonly<Record<string, string>> = {
  actions: 'elements',
  card: 'actions',
  context_actions: 'elements',
  input: 'element',
  section: 'accessory',
}

function withActionIds(block: JsonRecord, next: () => string): JsonRecord {
  const slot = slots[String(block['type'])]
  if (slot === undefined || block[slot] === undefined) return block
  const named = (element: unknown) =>
    isRecord(element) && element['type'] !== 'image'
      ? { ...element, action_id: element['action_id'] ?? next() }
      : element
  const held = block[slot]
  return { ...block, [slot]: Array.isArray(held) ? held.map(named) : named(held) }
}

/** Blocks as Slack stores and returns them: missing ids are made, text defaults are filled in. */
export function echoBlocks(blocks: unknown, next: () => string): readonly Block[] {
  return records(withDefaults(blocks)).map((block) => ({
    ...withActionIds(block, next),
    ...(block['child_blocks'] === undefined
      ? {}
      : { child_blocks: echoBlocks(block['child_blocks'], next) }),
    type: String(block['type']),
    block_id: typeof block['block_id'] === 'string' ? block['block_id'] : next(),
  }))
}
