import { z } from 'zod'

const MS = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])
const YEAR = 365 * 86_400_000

/** `90s`, `15m`, `4h` or `2d` in milliseconds; undefined for anything else, zero, or over a year. */
function durationMs(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,8})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (MS.get(unit) ?? NaN)
  return ms > 0 && ms <= YEAR ? ms : undefined
}

/** Read as milliseconds. */
export function duration(normally: string) {
  const says = 'Write a duration such as 90s, 15m, 4h or 2d (at most 365d).'
  return z
    .string(says)
    .default(normally)
    .transform((text, context) => {
      const ms = durationMs(text)
      if (ms === undefined) context.addIssue({ code: 'custom', message: says })
      return ms ?? z.NEVER
    })
}

/** Read as milliseconds; undefined for `none`, which also stands when nothing is written. */
export function durationOrNone() {
  const says = 'Write a duration such as 90s, 15m, 4h or 2d (at most 365d), or none.'
  return z
    .string(says)
    .default('none')
    .transform((text, context) => {
      if (text === 'none') return undefined
      const ms = durationMs(text)
      if (ms === undefined) context.addIssue({ code: 'custom', message: says })
      return ms ?? z.NEVER
    })
}

/** So many writes in so much time: `5/10m`. Undefined for `none`. */
export function limit(normally: string) {
  const says = 'Write a number of writes and a duration, such as 5/10m, or none to lift the limit.'
  return z
    .string(says)
    .default(normally)
    .transform((text, context) => {
      if (text === 'none') return undefined
      const [, writes, period = ''] = /^([1-9]\d{0,6})\/(\w+)$/.exec(text) ?? []
      const perMs = durationMs(period)
      if (writes !== undefined && perMs !== undefined) return { writes: Number(writes), perMs }
      context.addIssue({ code: 'custom', message: says })
      return z.NEVER
    })
}
