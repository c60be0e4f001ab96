import { beforeEach, describe, expect, it } from 'vitest'
import { CloudFault } from '../../../src/core/cloud-fault.ts'
import { fieldsOf } from '../../../src/core/field.ts'
import type { Values } from '../../../src/core/operation.ts'
import { SECTIONS, sectionNamed } from '../../../src/domain/pool/settings.ts'
import { updatePool } from '../../../src/operations/pools/update-pool.ts'
import { linesOf } from '../../domain/pool/sentences.ts'
import { legalValue } from '../../domain/pool/sdk-schema.ts'
import { Estate, REASON, STAGING } from './estate.ts'

const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
const form = (section: string, values: object = {}) => ({ pool: STAGING.id, section, ...values })

let estate: Estate
beforeEach(() => {
  estate = new Estate()
  estate.add(STAGING)
})

const prefilled = (section: string): Values =>
  updatePool.prefill(
    { pool: STAGING.id, section },
    { pool: undefined, user: undefined, snapshots: { pool: estate.pools.get(STAGING.id) } },
  )

const planned = async (section: string, values: object) => {
  const { plan } = await estate.prepare(
    updatePool,
    form(section, { ...prefilled(section), ...values }),
  )
  return plan
}

describe('the form of update-pool', () => {
  it.each(SECTIONS.map((section) => [section.value, section] as const))(
    '%s shows its own settings, and unchanged it changes nothing',
    async (value, section) => {
      const shown = updatePool.shows({ section: value })
      expect(shown).toEqual([
        'pool',
        'section',
        'reason',
        ...section.settings.map(({ name }) => name),
      ])
      const refused = estate.prepare(updatePool, form(value, prefilled(value)))
      await expect(refused).rejects.toMatchObject({
        field: 'section',
        message:
          'Nothing is different from how it is now, so nothing was changed. Change a setting, or choose another section.',
      })
      expect(estate.written).toEqual([])
    },
  )

  it.each(
    SECTIONS.flatMap(({ value, settings }) =>
      settings.map((one) => [one.name, value, one] as const),
    ),
  )(
    '%s of the section %s is planned alone, or refused under a field of the form',
    async (name, section, setting) => {
      estate.add(
        STAGING,
        { UserPoolTier: 'PLUS' },
        { mfa: { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: true } } },
      )
      const value = setting.kind.toForm(legalValue(setting))
      const other =
        { OFF: 'OPTIONAL', PLUS: 'ESSENTIALS', ACTIVE: 'INACTIVE', Disabled: 'Enabled' }[
          String(value)
        ] ?? value
      const before = prefilled(section)
      const now = setting.kind.input.as === 'switch' ? before[name] !== true : other
      try {
        const { keep } = await planned(section, { [name]: now })
        expect(keep?.['changes']).toEqual([
          { path: setting.path, value: setting.kind.fromForm(now) },
        ])
      } catch (error) {
        expect(error).toMatchObject({ name: 'Refusal', field: name })
        expect((error as Error).message).toMatch(/ Nothing was changed\.$/)
      }
    },
  )

  it('starts from nothing while pool and section are not known', () => {
    const none = { pool: undefined, user: undefined, snapshots: {} }
    expect(updatePool.prefill({ section: 'tier' }, none)).toEqual({})
    expect(updatePool.shows({})).toEqual(['pool', 'section', 'reason'])
    expect(updatePool.advise(none, { section: 'tier' })).toEqual({ notes: [] })
  })

  it('says what it cannot hold', () => {
    const EmailMessage = `${'<p>Hello</p>'.repeat(400)} {####}`
    estate.add(STAGING, { VerificationMessageTemplate: { EmailMessage } })
    const known = {
      pool: undefined,
      user: undefined,
      snapshots: { pool: estate.pools.get(STAGING.id) },
    }
    expect(updatePool.advise(known, { section: 'verification_messages' }).notes).toEqual([
      'E-mail with a code: what the pool has does not fit into a form. It stays as it is while the field is empty.',
    ])
  })

  it('explains 0 days where they are asked for', () => {
    const field = fieldsOf(updatePool.input).get('temporary_password_validity_days')
    expect(field?.hint).toBe(
      'From 1 to 365 days. Cognito takes 0 for not set: then UnusedAccountValidityDays counts if the pool has it, else 7 days.',
    )
    expect(field?.widget).toEqual({ as: 'number', least: 1, most: 365 })
  })

  it.each([0, 366, -1, 7.5])('takes no %s days', (days) => {
    const parsed = updatePool.input.safeParse(
      form('password_policy', { reason: REASON, temporary_password_validity_days: days }),
    )
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['temporary_password_validity_days', 'Enter a whole number from 1 to 365.'],
    ])
  })
})

describe('a plan of update-pool', () => {
  it('is the changed fields alone, in words, with what follows', async () => {
    const plan = await planned('password_policy', { temporary_password_validity_days: 30 })
    expect(linesOf(plan.facts)[0]).toBe('Temporary password validity: 7 days → 30 days')
    expect(plan.facts).toHaveLength(2)
    expect(plan.warnings[0]).toMatch(/does not revive temporary passwords that have expired/)
    expect(plan.keep).toEqual({
      pool: STAGING.id,
      section: 'password_policy',
      reason: REASON,
      changes: [{ path: DAYS, value: 30 }],
    })
    expect(plan.image).toEqual(estate.pools.get(STAGING.id))
  })

  it('is made again from what was kept, whatever the form shows by then', async () => {
    const first = await estate.prepare(
      updatePool,
      form('password_policy', { ...prefilled('password_policy'), minimum_length: 14 }),
    )
    const again = await estate.prepare(updatePool, first.plan.keep ?? {})
    expect(again.digest).toBe(first.digest)
  })

  it('is another one after the pool has moved, and says what moved', async () => {
    const first = await estate.prepare(
      updatePool,
      form('password_policy', { ...prefilled('password_policy'), minimum_length: 14 }),
    )
    const image = first.plan.image
    estate.add(STAGING, { DeletionProtection: 'INACTIVE' })
    const again = await estate.prepare(updatePool, first.plan.keep ?? {})
    expect(again.digest).not.toBe(first.digest)
    expect(linesOf(image ? again.drift(image) : [])).toEqual([
      'Changed meanwhile: Deletion protection: On → Off',
    ])
  })

  it.each<[string, object, string, object, string, string]>([
    [
      'a feature that the tier lacks',
      { UserPoolTier: 'LITE' },
      'password_policy',
      { password_history_size: 3 },
      'password_history_size',
      'The tier Lite remembers no earlier passwords. Choose Essentials or Plus first. Nothing was changed.',
    ],
    [
      'threat protection without Plus',
      {},
      'add_ons',
      { advanced_security_mode: 'AUDIT' },
      'advanced_security_mode',
      'Threat protection needs the tier Plus. Choose Plus first, or turn it off. Nothing was changed.',
    ],
    [
      'a second factor that is not set up',
      {},
      'mfa',
      { mfa_configuration: 'ON' },
      'mfa_configuration',
      'A second factor has to be set up in the pool first: SMS, an authenticator app or e-mail. Do that in the AWS console, then try again. Nothing was changed.',
    ],
    [
      'a name that is emptied',
      {},
      'name',
      { pool_name: undefined },
      'pool_name',
      'Name cannot be left empty. Fill it in. Nothing was changed.',
    ],
    [
      'an invitation without its placeholder',
      {},
      'invitation_messages',
      { invite_email_message: 'Welcome!' },
      'invite_email_message',
      'Invitation by e-mail has to hold {####}, where the temporary password goes. Nothing was changed.',
    ],
    [
      'a line that is no tag',
      {},
      'tags',
      { tags: 'env=dev\nteam' },
      'tags',
      'Tags needs a value for “team”. Nothing was changed.',
    ],
    [
      'a form that was filled from older settings',
      {},
      'password_policy',
      { minimum_length: 14, based_on: 'f'.repeat(64) },
      'section',
      'Somebody has changed this pool since the form was opened. Nothing was changed. Choose the section again to see the settings as they are now.',
    ],
  ])('refuses %s', async (_what, settings, section, values, field, message) => {
    estate.add(STAGING, settings as never)
    await expect(planned(section, values)).rejects.toMatchObject({ field, message })
    expect(estate.written).toEqual([])
  })

  it('is no plan where emptying a field leaves Cognito’s own default', async () => {
    const emptied = planned('password_policy', { temporary_password_validity_days: undefined })
    await expect(emptied).rejects.toThrow(/^Nothing is different/)
  })

  it('refuses a setting that only a new pool can be given', async () => {
    const changes = [{ path: 'UsernameConfiguration.CaseSensitive', value: true }]
    await expect(estate.prepare(updatePool, form('tier', { changes }))).rejects.toThrow(
      'UsernameConfiguration.CaseSensitive is set when a pool is created and cannot be changed afterwards. Create a new pool instead. Nothing was changed.',
    )
  })

  it('refuses a pool whose settings the SDK does not know', async () => {
    estate.add(STAGING, {}, { unknown: ['Policies.PasswordPolicy.Brand'] })
    await expect(planned('password_policy', { minimum_length: 14 })).rejects.toThrow(
      'This pool has settings that this version of Lifeguard does not know and would lose: Policies.PasswordPolicy.Brand. Nothing was changed. Upgrade Lifeguard, then try again.',
    )
  })
})

describe('update-pool', () => {
  const values = () =>
    form('password_policy', { ...prefilled('password_policy'), minimum_length: 14 })

  it('writes what was planned and proves it', async () => {
    const outcome = await estate.carryOut(updatePool, values())
    expect(outcome.sentence).toBe(
      'Changed in staging-customers: Minimum length. Nothing else changed.',
    )
    expect(outcome.alarm).toBeUndefined()
    expect(estate.written).toEqual([[{ path: 'Policies.PasswordPolicy.MinimumLength', value: 14 }]])
  })

  it('hands on what AWS says', async () => {
    estate.fault = new CloudFault('No.', { kind: 'refused', code: 'X', call: 'UpdateUserPool' })
    await expect(estate.carryOut(updatePool, values())).rejects.toThrow('No.')
  })

  it('tells after a lost answer whether it was done', async () => {
    const { plan } = await estate.prepare(updatePool, values())
    const kept = plan.keep ?? {}
    expect(await estate.resolve(updatePool, kept, plan.image)).toBe('not-applied')
    await estate.carryOut(updatePool, values())
    expect(await estate.resolve(updatePool, kept, plan.image)).toBe('applied')
    expect(await estate.resolve(updatePool, kept)).toBe('unknown')
  })

  it('has a field for every section that is offered', () => {
    const fields = fieldsOf(updatePool.input)
    for (const { value } of SECTIONS)
      for (const { name } of sectionNamed(value)?.settings ?? [])
        expect(fields.has(name)).toBe(true)
  })
})
