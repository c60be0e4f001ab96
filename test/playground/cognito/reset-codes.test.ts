import { AdminResetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { UserSpec } from '../../../playground/cognito/index.ts'
import { lab, poolId, poolWith, refusalOf } from './support.ts'

const email = { email: 'ada@example.com', email_verified: 'true' }
const phone = { phone_number: '+12025550101', phone_number_verified: 'true' }
const mechanisms = (...names: string[]) => ({
  AccountRecoverySetting: {
    RecoveryMechanisms: names.map((Name, place) => ({ Name, Priority: place + 1 })),
  },
})

const unreachable =
  'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number'

const cases: [string, Partial<UserSpec>, ReturnType<typeof mechanisms> | undefined, string][] = [
  [
    'no setting: text message before e-mail',
    { attributes: { ...email, ...phone } },
    undefined,
    'SMS',
  ],
  ['no setting, no phone: e-mail', { attributes: email }, undefined, 'EMAIL'],
  [
    'no setting, text messages are the second factor: e-mail',
    { attributes: { ...email, ...phone }, mfa: ['SMS_MFA'] },
    undefined,
    'EMAIL',
  ],
  ['e-mail only', { attributes: { ...email, ...phone } }, mechanisms('verified_email'), 'EMAIL'],
  [
    'the order of the setting',
    { attributes: { ...email, ...phone } },
    mechanisms('verified_phone_number', 'verified_email'),
    'SMS',
  ],
  [
    'e-mail is the second factor: the phone',
    { attributes: { ...email, ...phone }, mfa: ['EMAIL_OTP'] },
    mechanisms('verified_email', 'verified_phone_number'),
    'SMS',
  ],
  [
    'an authenticator app takes no contact away',
    { attributes: email, mfa: ['SOFTWARE_TOKEN_MFA'] },
    mechanisms('verified_email'),
    'EMAIL',
  ],
  [
    'e-mail is the second factor and the only way',
    { attributes: email, mfa: ['EMAIL_OTP'] },
    mechanisms('verified_email'),
    unreachable,
  ],
  [
    'a phone where only e-mail counts',
    { attributes: phone },
    mechanisms('verified_email'),
    unreachable,
  ],
  ['only the administrator helps', { attributes: email }, mechanisms('admin_only'), unreachable],
]

test.for(cases)('a code goes where it can: %s', async ([, user, settings, outcome]) => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada', ...user }], settings)])
  const reset = client.send(
    new AdminResetUserPasswordCommand({ UserPoolId: poolId, Username: 'ada' }),
  )
  if (outcome === unreachable) {
    expect(await refusalOf(reset)).toBe(unreachable)
    expect(cognito.outbox).toEqual([])
    return
  }
  await reset
  const [sent] = cognito.outbox
  expect(sent).toMatchObject({ kind: 'reset-code', medium: outcome, username: 'ada' })
  expect(sent?.secret).toMatch(/^\d{6}$/u)
  expect(sent?.text).toContain(sent?.secret)
})
