import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { passwordPolicy, policyFault } from '../../../playground/cognito/password-policy.ts'
import { inventPassword } from '../../../playground/cognito/passwords.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const flags = ['RequireUppercase', 'RequireLowercase', 'RequireNumbers', 'RequireSymbols'] as const
const samples = {
  RequireUppercase: ['lower-only-1', 'Password must have uppercase characters'],
  RequireLowercase: ['UPPER-ONLY-1', 'Password must have lowercase characters'],
  RequireNumbers: ['No-digits-here', 'Password must have numeric characters'],
  RequireSymbols: ['NoSymbols1', 'Password must have symbol characters'],
} as const

/** Every subset of the four class flags. */
const subsets = Array.from({ length: 16 }, (_, bits) =>
  Object.fromEntries(flags.map((flag, place) => [flag, Boolean(bits & (1 << place))])),
)

test.for(subsets)('only the demanded classes are demanded: %o', async (PasswordPolicy) => {
  const settings = { Policies: { PasswordPolicy: { MinimumLength: 8, ...PasswordPolicy } } }
  const { client } = await lab([poolWith([{ username: 'ada' }], settings)])
  for (const flag of flags) {
    const [Password, fault] = samples[flag]
    const set = client.send(
      new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: 'ada', Password }),
    )
    if (PasswordPolicy[flag])
      expect(await refusalOf(set)).toBe(
        `InvalidPasswordException: Password did not conform with password policy: ${fault}`,
      )
    else await set
  }
})

test('an absent class flag counts as demanded', () => {
  const policy = passwordPolicy({ Name: 'x', Policies: { PasswordPolicy: { MinimumLength: 6 } } })
  for (const flag of flags) expect(policyFault(samples[flag][0], policy)).toBe(samples[flag][1])
})

test('the minimum length is exact', async () => {
  const settings = { Policies: { PasswordPolicy: { MinimumLength: 14 } } }
  const { client } = await lab([poolWith([{ username: 'ada' }], settings)])
  const set = (Password: string) =>
    client.send(new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: 'ada', Password }))
  expect(await refusalOf(set('Aa1!567890123'))).toContain('Password not long enough')
  await set('Aa1!5678901234')
})

test('a given temporary password obeys the policy too', async () => {
  const { client } = await lab()
  const create = client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ada',
      TemporaryPassword: 'Short1!',
    }),
  )
  expect(await refusalOf(create)).toContain('Password not long enough')
})

test('the last N passwords cannot come back, older ones can', async () => {
  const settings = {
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
  }
  const { client } = await lab([poolWith([{ username: 'ada', password: goodPassword }], settings)])
  const set = (Password: string) =>
    client.send(new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: 'ada', Password }))
  expect(await refusalOf(set(goodPassword))).toContain('PasswordHistoryPolicyViolationException')
  await set('Second-one-2')
  expect(await refusalOf(set(goodPassword))).toContain('PasswordHistoryPolicyViolationException')
  await set('Third-one-3')
  await set(goodPassword)
})

test('without a history size the same password may be set again', async () => {
  const { client } = await lab([poolWith([{ username: 'ada', password: goodPassword }])])
  await client.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: poolId,
      Username: 'ada',
      Password: goodPassword,
      Permanent: true,
    }),
  )
})

test('an invented password fits every policy', () => {
  const policies = fc.record({
    MinimumLength: fc.integer({ min: 6, max: 99 }),
    RequireUppercase: fc.boolean(),
    RequireLowercase: fc.boolean(),
    RequireNumbers: fc.boolean(),
    RequireSymbols: fc.boolean(),
  })
  fc.assert(
    fc.property(policies, (PasswordPolicy) => {
      const policy = passwordPolicy({ Name: 'x', Policies: { PasswordPolicy } })
      expect(policyFault(inventPassword(policy), policy)).toBeUndefined()
    }),
  )
})

test.for([
  ['given days', { TemporaryPasswordValidityDays: 3 }, undefined, 3],
  ['zero days, which means seven', { TemporaryPasswordValidityDays: 0 }, undefined, 7],
  ['only the legacy days', {}, 2, 2],
  ['both, where the new ones win', { TemporaryPasswordValidityDays: 3 }, 9, 3],
  ['none', {}, undefined, 7],
] as const)('temporary passwords live for %s', ([, policy, legacy, days]) => {
  const settings = {
    Name: 'x',
    Policies: { PasswordPolicy: policy },
    ...(legacy !== undefined && { AdminCreateUserConfig: { UnusedAccountValidityDays: legacy } }),
  }
  expect(passwordPolicy(settings).validityMs).toBe(days * 86_400_000)
})
