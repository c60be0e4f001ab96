import { expect } from 'vitest'
import type { Fact } from '../../../src/core/operation.ts'

/** Traces of a value that nobody thought of. */
const ODD = /undefined|\[object|NaN|null\b|Infinity| {2}|\.\.|,\.| \.|^\s|\s$|^$/

/** Words that a person can read, whatever the pool holds. */
export function expectReadable(texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(ODD)
}

/** Sentences: they begin with a capital letter or a name of the API, and end with a full stop. */
export function expectSentences(texts: readonly string[]): void {
  expectReadable(texts)
  for (const text of texts) expect(text).toMatch(/^[A-Z].*\.$/s)
}

export const wordsOf = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap(({ term, text }) => [term, text])

/** `Minimum length: 8 characters → 12 characters`, one a fact. */
export const linesOf = (facts: readonly Fact[]): readonly string[] =>
  facts.map(({ term, text }) => `${term}: ${text}`)
