import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCompany } from '../../../playground/company.ts'
import type { Company } from '../../../playground/company.ts'
import { resetPassword } from '../../../playground/journeys.ts'
import { startPage } from '../../../playground/page/server.ts'
import type { Page } from '../../../playground/page/server.ts'
import { secretIn } from '../../../playground/reading.ts'

let company: Company
let page: Page
let cookie: string
let origin: string

beforeAll(async () => {
  company = await startCompany()
  page = await startPage(company)
  origin = new URL(page.url).origin
  const entry = await fetch(page.url, { redirect: 'manual' })
  cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(async () => {
  await page.close()
  await company.close()
})

const get = (path: string) => fetch(`${origin}${path}`, { headers: { cookie } })

const post = (wish: unknown, headers: Record<string, string> = {}) =>
  fetch(`${origin}/act`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(wish),
  })

/** The first picture that is sent to a persona. */
async function picture(person: string): Promise<string> {
  const events = await get(`/events?as=${person}`)
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('\n\n')) text += (await reader.read()).value ?? ''
  await reader.cancel()
  return text
}

test('the page and its parts are served with a policy that lets nothing else in', async () => {
  for (const path of ['/', '/main.js', '/page.css', '/mark.svg']) {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    await answer.body?.cancel()
  }
})

test('without the key there is nothing to see', async () => {
  expect((await fetch(`${origin}/`)).status).toBe(403)
  expect((await fetch(`${origin}/events?as=U0ADA`)).status).toBe(403)
})

test('files beside the page are not served', async () => {
  for (const path of ['/server.ts', '/../server.ts', '/%2e%2e/server.ts', '/nothing.js', '//'])
    expect(await statusOf(path)).toBe(404)
})

/** `fetch` tidies paths; this sends them as they are. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname: host, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    request({ host, port, path, headers: { cookie } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('acts of other sites, of other shapes and of other kinds are refused', async () => {
  const wish = { act: 'say', as: 'U0ADA', channel: 'C0SUPPORT', text: 'hello' }
  expect((await post(wish, { origin: 'http://evil.example' })).status).toBe(403)
  expect((await post(wish, { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await post({ act: 'delete-everything' })).status).toBe(400)
  expect((await post({ ...wish, text: 'x'.repeat(200_000) })).status).toBe(400)
  expect(company.slack.channel('C0SUPPORT').messages).toEqual([])
})

test('what somebody types on the page is what the bot answers', async () => {
  const wish = { act: 'slash', as: 'U0LINUS', channel: 'C0SUPPORT', command: '/cognito' }
  expect((await post({ ...wish, text: 'nonsense' })).status).toBe(200)
  await company.slack.until(() => company.slack.ephemerals('U0LINUS').length > 0)
  const answer = "I don't know that command"
  expect(await picture('U0LINUS')).toContain(answer)
  expect(await picture('U0ADA')).not.toContain(answer)
})

test('a password is in the requester’s own modal, and nowhere else on the page', async () => {
  const reply = await resetPassword(
    company.slack,
    'U0ADA',
    { pool: 'staging-customers', user: 'grace@example.com' },
    { method: 'temporary', verified: 'Called back', reason: 'Ticket 4711' },
  )
  const secret = secretIn(reply.view)
  expect(secret).toHaveLength(22)
  const own = await picture('U0ADA')
  expect(own.split(JSON.stringify(secret).slice(1, -1))).toHaveLength(2)
  expect(await picture('U0GRACE')).not.toContain(secret)

  const records = [
    ...company.slack.deliveries.map(({ id }) => `/record?delivery=${id}`),
    ...company.slack.calls.map((_call, place) => `/record?call=${place}`),
  ]
  const told = await Promise.all(records.map(async (path) => (await get(path)).text()))
  expect(told.join('\n')).not.toContain(secret)
  expect(told.join('\n')).not.toContain('To read out')
  expect(told.join('\n')).toContain('[secret]')
})

test('the sign-in box says what Cognito says', async () => {
  const wish = { act: 'sign-in', pool: 'eu-west-1_DEV000001', username: 'grace' }
  const answer = await post({ ...wish, password: 'certainly not this' })
  expect(await answer.json()).toEqual({ came: 'refused' })
})

test('a fault that was asked for meets the next call', async () => {
  expect(await (await post({ act: 'fault', fault: 'expired-trigger' })).json()).toEqual({
    came: true,
  })
  await company.slack.person('U0ADA').close({ all: true })
  await company.slack.person('U0ADA').slash('/cognito', 'reset-password')
  expect(company.slack.calls.some((call) => call.error === 'expired_trigger_id')).toBe(true)
})

test('a group that somebody leaves is gone from their badges at once, and back as soon', async () => {
  const grace = /"name":"Grace Hopper","role":"Approves","badges":(\[[^\]]*\])/u
  await post({ act: 'fault', fault: 'approver-out' })
  expect(grace.exec(await picture('U0ADA'))?.[1]).toBe('[]')
  expect(company.slack.usergroups().find(({ id }) => id === 'S0ADMINS')?.users).toEqual([
    'U0KATHERINE',
  ])
  await post({ act: 'fault', fault: 'approver-in' })
  expect(grace.exec(await picture('U0ADA'))?.[1]).toBe('["cognito-admins"]')
})

test('the user whom the bot read last can be disabled behind its back', async () => {
  const user = () => company.cognito.pools.user('eu-west-1_STAGE0001', 'grace')
  await resetPassword(
    company.slack,
    'U0ADA',
    { pool: 'staging-customers', user: 'grace@example.com' },
    { method: 'email-code', verified: 'Called back', reason: 'Ticket 4711' },
  )
  expect(user().enabled).toBe(true)
  await post({ act: 'fault', fault: 'user-disabled' })
  expect(user().enabled).toBe(false)
})
