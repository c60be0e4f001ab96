import { type JsonRecord, string } from './json.ts'
import { elementsOf, isStateful } from './input-values.ts'
import type { InputValue, ViewState } from './types.ts'

const isEmpty = (value: InputValue): boolean =>
  Object.entries(value).every(
    ([name, member]) =>
      name === 'type' ||
      member === null ||
      member === undefined ||
      (Array.isArray(member) && member.length === 0),
  )

function wrongNumber(element: JsonRecord, text: string): string | undefined {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) return 'Enter a number.'
  if (element['is_decimal_allowed'] === false && !Number.isInteger(value))
    return 'Enter a whole number.'
  const min = string(element['min_value'])
  const max = string(element['max_value'])
  if (min !== undefined && value < Number(min)) return `Enter a number of at least ${min}.`
  if (max !== undefined && value > Number(max)) return `Enter a number of at most ${max}.`
  return undefined
}

function wrongLength(element: JsonRecord, text: string): string | undefined {
  const min = Number(element['min_length'] ?? 0)
  const max = Number(element['max_length'] ?? 3000)
  if (text.length < min) return `Enter at least ${min} characters.`
  return text.length > max ? `Enter at most ${max} characters.` : undefined
}

function wrong(element: JsonRecord, text: string): string | undefined {
  if (element['type'] === 'number_input') return wrongNumber(element, text)
  if (element['type'] === 'plain_text_input') return wrongLength(element, text)
  if (element['type'] === 'email_text_input' && !/^\S+@\S+\.\S+$/u.test(text))
    return 'Enter an email address.'
  return undefined
}

/** What Slack's client refuses before it sends anything, by block_id. */
export function clientErrors(view: ViewState): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {}
  for (const block of view.blocks.filter((one) => one.type === 'input')) {
    const element = elementsOf(block).find(isStateful)
    const value = element && view.state.values[block.block_id]?.[string(element['action_id']) ?? '']
    if (!element || !value) continue
    if (isEmpty(value)) {
      if (block['optional'] !== true)
        errors[block.block_id] = 'Please complete this required field.'
      continue
    }
    const sentence = typeof value.value === 'string' ? wrong(element, value.value) : undefined
    if (sentence !== undefined) errors[block.block_id] = sentence
  }
  return errors
}
