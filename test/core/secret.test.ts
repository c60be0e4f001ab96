import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'

const value = 'canary-7F3K2Q'
const secret = new Secret(value)

it('hands its value over on purpose', () => {
  expect(secret.reveal()).toBe(value)
})

it.each<[string, () => string]>([
  ['a template', () => `${secret}`],
  ['JSON', () => JSON.stringify({ deep: { secret } })],
  ['inspect', () => inspect({ deep: { secret } }, { depth: 10, showHidden: true })],
  ['format', () => format('%s %o %j', secret, secret, secret)],
  ['an error', () => String(new Error(`because of ${secret}`, { cause: secret }))],
  ['a spread', () => JSON.stringify({ ...secret })],
  ['a clone', () => inspect(structuredClone({ ...secret }))],
])('prints nothing of it through %s', (_way, print) => {
  expect(print()).not.toContain(value)
})
