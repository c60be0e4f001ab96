import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { FaultKind } from '../../../playground/cognito/index.ts'
import { operations } from '../../../playground/cognito/operations.ts'
import { RateLimits } from '../../../playground/cognito/rate-limits.ts'
import { clientOf, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const timeouts = { requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true } }

test.for<[FaultKind, error: string, committed: boolean]>([
  ['throttle', 'TooManyRequestsException', false],
  ['internal-error', 'InternalErrorException', false],
  ['internal-error-after-commit', 'InternalErrorException', true],
  ['concurrent-modification', 'ConcurrentModificationException', false],
  ['access-denied', 'AccessDeniedException', false],
  ['new-error-name', 'BrandNewRuleException', false],
  ['html', 'SyntaxError', false],
  ['hang', 'TimeoutError', false],
  ['hang-after-commit', 'TimeoutError', true],
  ['reset-before-commit', 'TimeoutError', false],
  ['reset-after-commit', 'TimeoutError', true],
])('%s: the SDK throws %s and the change was made: %s', async ([kind, error, committed]) => {
  const { cognito } = await lab([poolWith([{ username: 'ada' }])])
  const client = clientOf(cognito, timeouts)
  cognito.fail({ operation: 'AdminDisableUser', kind })
  expect(await refusalOf(client.send(new AdminDisableUserCommand(who)))).toContain(`${error}: `)
  expect(cognito.pools.user(poolId, 'ada').enabled).toBe(!committed)
  expect(cognito.requests).toMatchObject([
    { operation: 'AdminDisableUser', fault: kind, committed },
  ])
  await client.send(new AdminDisableUserCommand(who))
})

test('a fault hits its operation as often as asked', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])])
  cognito.fail({ operation: 'AdminGetUser', kind: 'throttle', times: 2 })
  await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))
  const get = () => client.send(new AdminGetUserCommand(who))
  expect(await refusalOf(get())).toContain('TooManyRequestsException')
  expect(await refusalOf(get())).toContain('TooManyRequestsException')
  await get()
})

test('the SDK repeats a throttled read by itself', async () => {
  const { cognito } = await lab([poolWith([{ username: 'ada' }])])
  const client = clientOf(cognito, { maxAttempts: 2 })
  cognito.fail({ operation: '*', kind: 'throttle' })
  const { $metadata } = await client.send(new AdminGetUserCommand(who))
  expect($metadata.attempts).toBe(2)
})

test('slow answers and a constant latency only wait', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])])
  cognito.latencyMs = 5
  cognito.fail({ operation: 'AdminGetUser', kind: 'slow', ms: 30 })
  await client.send(new AdminGetUserCommand(who))
  expect(cognito.requests[0]?.ms).toBeGreaterThanOrEqual(30)
})

test('closing does not wait for a request that hangs', async () => {
  const { cognito, client } = await lab()
  cognito.fail({ operation: '*', kind: 'hang' })
  const hanging = refusalOf(client.send(new DescribeUserPoolCommand({ UserPoolId: poolId })))
  await expect.poll(() => cognito.requests).toHaveLength(1)
  await cognito.close()
  expect(await hanging).toMatch(/ECONNRESET|socket hang up|TimeoutError/u)
})

test('rate limits are shared by an account and Region, and refill with the clock', async () => {
  const { cognito, client } = await lab(undefined, {
    rateLimits: true,
    now: () => 1_800_000_000_000,
  })
  const describe = () => client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))
  const burst = async () => {
    const ends = await Promise.allSettled(Array.from({ length: 20 }, describe))
    return ends.filter(({ status }) => status === 'fulfilled').length
  }
  expect(await burst()).toBe(15)
  expect(await refusalOf(describe())).toBe('TooManyRequestsException: Rate exceeded')
  cognito.advance(200)
  expect(await burst()).toBe(3)
})

test('each category, account and Region has its own bucket', () => {
  const limits = new RateLimits()
  const drain = (operation: string, account = '1', region = 'r') =>
    Array.from({ length: 200 }, () => limits.admits(account, region, operation, 0)).filter(Boolean)
      .length
  expect(drain('AdminSetUserPassword')).toBe(30)
  expect(drain('AdminResetUserPassword')).toBe(0)
  expect(drain('AdminGetUser')).toBe(120)
  expect(drain('AdminSetUserPassword', '2')).toBe(30)
  expect(drain('AdminSetUserPassword', '1', 's')).toBe(30)
})

test('a category can have another rate, the others keep theirs', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])], {
    rateLimits: { UserAccountRecovery: 2 },
    now: () => 1_800_000_000_000,
  })
  const reset = () => refusalOf(client.send(new AdminResetUserPasswordCommand(who)))
  const answers = [await reset(), await reset(), await reset()]
  const throttled = answers.map((answer) => answer.startsWith('TooManyRequestsException'))
  expect(throttled).toEqual([false, false, true])
  for (let n = 0; n < 9; n++) await client.send(new AdminDisableUserCommand(who))
  cognito.advance(500)
  expect(await reset()).not.toContain('TooManyRequestsException')
})

test('every operation that is asked with a signature has a rate', () => {
  const signed = Object.keys(operations).filter(
    (name) => !operations[name as keyof typeof operations].unsigned,
  )
  const free = signed.filter((name) => {
    const limits = new RateLimits()
    return Array.from({ length: 200 }, () => limits.admits('1', 'r', name, 0)).every(Boolean)
  })
  expect(free).toEqual([])
})
