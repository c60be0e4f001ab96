import { expect, it } from 'vitest'
import { barred } from '../../src/core/person.ts'

const ada = {
  id: 'U0ADA',
  team: 'T1',
  name: 'Ada',
  email: undefined,
  guest: false,
  external: false,
  deactivated: false,
  bot: false,
}

it('lets a full member of the home workspace in', () => {
  expect(barred(ada, 'T1')).toBeUndefined()
})

it.each([
  ['a guest', { guest: true }],
  ['somebody from a connected workspace', { external: true }],
  ['a member of another team', { team: 'T2' }],
  ['a deactivated account', { deactivated: true }],
  ['a bot', { bot: true }],
])('turns %s away with a sentence', (_who, flag) => {
  expect(barred({ ...ada, ...flag }, 'T1')).toMatch(/^[A-Z].*\.$/)
})
