import { z } from 'zod'
import { didYouMean } from '../core/nearest.ts'

/** An object with exactly these members. Its message has one line for each unknown key. */
export function section<const S extends z.core.$ZodLooseShape>(shape: S, says: string) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? strangers(issue.keys, known) : `Write ${says}.`,
  })
}

function strangers(keys: readonly string[] = [], known: readonly string[]): string {
  return keys
    .map((key) => {
      const hint = didYouMean(key, known) || ` Known here: ${known.join(', ')}.`
      return `"${key}" is not a setting here.${hint}`
    })
    .join('\n')
}

/** A text of a certain form; `says` tells what to write. */
export function like(pattern: RegExp, says: string) {
  return z.string(says).regex(pattern, says)
}

/** One of the names that stand elsewhere; all pass while none are known. */
export function oneOf(names: readonly string[], of: string) {
  const all = `Name one of your ${of}: ${names.join(', ')}.`
  return z.string(all).refine((name) => names.length === 0 || names.includes(name), {
    error: ({ input }) =>
      `"${String(input)}" is not among your ${of}.${didYouMean(String(input), names) || ` ${all}`}`,
  })
}

/** At least one of them. */
export function listOf<S extends z.core.$ZodType>(item: S, says: string) {
  return z.array(item, says).min(1, says)
}

/** For `refine`: no two items have the same key. */
export function unique<T>(keyOf: (item: T) => unknown): (items: readonly T[]) => boolean {
  return (items) => new Set(items.map(keyOf)).size === items.length
}
