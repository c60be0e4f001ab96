import { expect, test } from 'vitest'
import { createGate } from '../../../playground/page/gate.ts'
import type { Knock } from '../../../playground/page/gate.ts'

const gate = createGate(4000, 'the-key')
const cookie = 'lifeguard_playground_4000=the-key'
const here = { host: '127.0.0.1:4000' }

const knock = (over: Partial<Knock> & { headers?: Knock['headers'] } = {}): Knock => ({
  method: 'GET',
  key: undefined,
  ...over,
  headers: { ...here, ...over.headers },
})

test('the key in the address is exchanged for a cookie that scripts and other sites never see', () => {
  expect(gate(knock({ key: 'the-key' }))).toEqual({
    kind: 'welcome',
    cookie: `${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  })
})

const entering: [string, Knock][] = [
  ['a page load with the cookie', knock({ headers: { cookie } })],
  ['the name localhost', knock({ headers: { cookie, host: 'localhost:4000' } })],
  ['the cookie among others', knock({ headers: { cookie: `a=b; ${cookie}; c=d` } })],
  [
    'an act from the page itself',
    knock({ method: 'POST', headers: { cookie, origin: 'http://127.0.0.1:4000' } }),
  ],
]
test.each(entering)('%s enters', (_what, asked) => {
  expect(gate(asked).kind).toBe('enter')
})

const refused: [string, Knock][] = [
  ['a request without a key', knock()],
  ['a wrong key', knock({ key: 'another-key' })],
  ['a wrong cookie', knock({ headers: { cookie: 'lifeguard_playground_4000=nope' } })],
  ['the cookie of another port', knock({ headers: { cookie: 'lifeguard_playground_1=the-key' } })],
  [
    'a name that was pointed at 127.0.0.1',
    knock({ headers: { cookie, host: 'evil.example:4000' } }),
  ],
  ['another port', knock({ headers: { cookie, host: '127.0.0.1:4001' } })],
  ['a request without Host', { method: 'GET', key: 'the-key', headers: {} }],
  [
    'a post from another site',
    knock({ method: 'POST', headers: { cookie, origin: 'http://evil.example' } }),
  ],
  ['a post without Origin', knock({ method: 'POST', headers: { cookie } })],
  [
    'a post from another port of this machine',
    knock({ method: 'POST', headers: { cookie, origin: 'http://127.0.0.1:9999' } }),
  ],
  ['a post from a sandboxed frame', knock({ method: 'POST', headers: { cookie, origin: 'null' } })],
  ['a resource embedded elsewhere', knock({ headers: { cookie, 'sec-fetch-site': 'cross-site' } })],
  ['another method', knock({ method: 'DELETE', headers: { cookie } })],
]
test.each(refused)('%s is refused', (_what, asked) => {
  expect(gate(asked).kind).toBe('refuse')
})
