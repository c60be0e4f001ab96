import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonical, digestOf } from '../../src/core/canonical.ts'

const shuffled = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, member]) => [key, shuffled(member)]),
      )
    : value

it('gives the same text and digest whatever the order of members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(shuffled(value))).toBe(canonical(value))
      expect(digestOf(shuffled(value))).toBe(digestOf(value))
    }),
  )
})

it('keeps the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('tells different values apart', () => {
  expect(digestOf({ a: [1, 2] })).not.toBe(digestOf({ a: [2, 1] }))
  expect(digestOf({ a: '1' })).not.toBe(digestOf({ a: 1 }))
})
