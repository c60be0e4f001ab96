import {
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { legacyDaysPool } from '../../../playground/cognito/fixtures.ts'
import { poolPanels } from '../../../playground/page/pool-panels.ts'
import { lab, poolId } from '../cognito/support.ts'
import type { Lab } from '../cognito/support.ts'

const phrases = ({ cognito }: Lab, id = poolId) =>
  poolPanels(cognito).find((panel) => panel.id === id)?.settings

test('a panel tells in phrases what its pool is set to, and follows each change', async () => {
  const place = await lab()
  expect(phrases(place)).toEqual([
    'temporary passwords 7 days',
    '8 characters',
    'MFA off',
    'deletion protection off',
    'Essentials',
  ])
  await place.client.send(
    new UpdateUserPoolCommand({
      UserPoolId: poolId,
      Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 1 } },
      DeletionProtection: 'ACTIVE',
      UserPoolTier: 'PLUS',
    }),
  )
  await place.client.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: poolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  )
  expect(phrases(place)).toEqual([
    'temporary passwords 1 day',
    '12 characters',
    'MFA optional',
    'deletion protection on',
    'Plus',
  ])
})

test('a pool that somebody creates has its panel at once', async () => {
  const place = await lab()
  const tags = { env: 'dev' }
  const made = await place.client.send(
    new CreateUserPoolCommand({ PoolName: 'new', UserPoolTags: tags }),
  )
  expect(poolPanels(place.cognito).at(-1)).toMatchObject({
    id: made.UserPool?.Id,
    name: 'new',
    environment: 'dev',
    users: [],
  })
})

test('the days of an old pool are read where it keeps them', async () => {
  const place = await lab([legacyDaysPool])
  expect(phrases(place, legacyDaysPool.id)).toContain('temporary passwords 2 days')
})
