import { isRecord, list, string } from '../json.ts'
import type { Block, Option, TextObject } from '../types.ts'

/** A text object with Slack's defaults written out, or null. */
export function parseText(value: unknown): TextObject | null {
  if (!isRecord(value) || typeof value['text'] !== 'string') return null
  return value['type'] === 'mrkdwn'
    ? { type: 'mrkdwn', text: value['text'], verbatim: value['verbatim'] === true }
    : { type: 'plain_text', text: value['text'], emoji: value['emoji'] !== false }
}

export function parseOption(value: unknown): Option | null {
  if (!isRecord(value)) return null
  const label = parseText(value['text'])
  const description = parseText(value['description'])
  const chosen = string(value['value'])
  if (!label || chosen === undefined) return null
  return { text: label, value: chosen, ...(description ? { description } : {}) }
}

export const parseOptions = (value: unknown): readonly Option[] =>
  list(value).flatMap((one) => parseOption(one) ?? [])

export const isBlock = (value: unknown): value is Block =>
  isRecord(value) && typeof value['type'] === 'string' && typeof value['block_id'] === 'string'
