import { parseOptions } from './block-kit/parse.ts'
import { filled, meant } from './form.ts'
import { elementsOf, isStateful } from './input-values.ts'
import { type JsonRecord, string } from './json.ts'
import type { Block, InputValue } from './types.ts'

interface Pressed {
  readonly block: Block
  readonly element: JsonRecord
  /** What an element that acts at once is set to; undefined for buttons. */
  readonly value: InputValue | undefined
}

function valueOf(element: JsonRecord, chosen: string | undefined): InputValue | undefined {
  if (element['type'] === 'overflow')
    return { type: 'overflow', selected_option: meant(chosen, parseOptions(element['options'])) }
  return isStateful(element) && chosen !== undefined ? filled(element, chosen) : undefined
}

/** The element with this action id, and with this value where several share the id. */
export function press(
  blocks: readonly Block[],
  actionId: string,
  value: string | undefined,
): Pressed {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
  const named = all.filter(({ element }) => element['action_id'] === actionId)
  const found =
    named.length > 1 && value !== undefined
      ? named.find(({ element }) => element['value'] === value)
      : named[0]
  if (found) return { ...found, value: valueOf(found.element, value) }
  const there = all.map(({ element }) => string(element['action_id'])).join(', ')
  throw new Error(`There is nothing called ${actionId} to press; there is ${there || 'nothing'}.`)
}
