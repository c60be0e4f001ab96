import { beforeEach, describe, expect, it } from 'vitest'
import { CloudFault } from '../../../src/core/cloud-fault.ts'
import type { Choice } from '../../../src/core/field.ts'
import { fieldsOf } from '../../../src/core/field.ts'
import { SECTIONS } from '../../../src/domain/pool/settings.ts'
import { createPool } from '../../../src/operations/pools/create-pool.ts'
import { linesOf } from '../../domain/pool/sentences.ts'
import { Estate, INVENTORY, PROD, STAGING } from './estate.ts'

const where = { name: 'dev-one', environment: 'dev', account: 'main', region: 'eu-west-1' }
const known = (source?: unknown) => ({
  pool: undefined,
  user: undefined,
  snapshots: { clone_of: source as never },
})

let estate: Estate
beforeEach(() => {
  estate = new Estate()
  estate.add(STAGING)
})

/** What the form holds once it was opened and the place was filled in. */
const form = (values: object = {}) => ({
  ...where,
  ...createPool.prefill({ ...values }, known()),
  ...values,
})
const planned = async (values: object = {}) => (await estate.prepare(createPool, form(values))).plan

describe('the form of create-pool', () => {
  it('asks how people sign in, and shows the usual settings', () => {
    const shown = createPool.shows({})
    expect(shown).toEqual(
      expect.arrayContaining(['sign_in', 'second_factor', 'minimum_length', 'tags', 'settings']),
    )
    expect(shown).not.toContain('with_triggers')
    expect(createPool.prefill({}, known())).toMatchObject({
      minimum_length: 12,
      temporary_password_validity_days: 7,
      deletion_protection: 'ACTIVE',
    })
  })

  it('of a clone takes these from the source', () => {
    const source = estate.add(PROD, { Policies: { PasswordPolicy: { MinimumLength: 20 } } })
    const shown = createPool.shows({ clone_of: PROD.id })
    expect(shown).toContain('with_triggers')
    expect(shown).not.toContain('sign_in')
    expect(createPool.prefill({ clone_of: PROD.id }, known(source))).toMatchObject({
      minimum_length: 20,
    })
  })

  it('shows every section that is chosen, and keeps what was typed', () => {
    const values = { sections: ['triggers', 'tier'], minimum_length: 16 }
    const shown = createPool.shows(values)
    for (const name of ['pre_sign_up', 'user_pool_tier']) expect(shown).toContain(name)
    const filled = createPool.prefill(values, known(), 'sections')
    expect(filled).toMatchObject({ minimum_length: 16, user_pool_tier: 'ESSENTIALS' })
  })

  it('reaches every section: usual, further, or by a field of its own', () => {
    const widget = fieldsOf(createPool.input).get('sections')?.widget
    const further = widget?.as === 'choices' ? widget.choices.map(({ value }) => value) : []
    const usual = ['password_policy', 'recovery', 'deletion_protection', 'tags']
    const own = ['name', 'mfa']
    expect([...further, ...usual, ...own].toSorted()).toEqual(
      SECTIONS.map(({ value }) => value).toSorted(),
    )
  })

  it('offers the regions of the chosen account', async () => {
    const options = (field: string, values: object = {}) =>
      createPool.options(field)?.({ ...values }, estate.look(), '') as Promise<readonly Choice[]>
    expect((await options('environment')).map(({ value }) => value)).toEqual(INVENTORY.environments)
    expect((await options('account')).map(({ value }) => value)).toEqual(['main', 'second'])
    expect((await options('region', { account: 'second' })).map(({ value }) => value)).toEqual([
      'eu-west-1',
    ])
    await expect(options('region')).rejects.toThrow('Choose an account first.')
  })

  it('is about a place only once it is whole', () => {
    expect(createPool.place(where)).toMatchObject({
      id: 'new:main:eu-west-1:dev-one',
      environment: 'dev',
    })
    expect(createPool.place({ ...where, region: undefined })).toBeUndefined()
    expect(createPool.place({ ...where, environment: undefined })).toBeUndefined()
  })
})

describe('a plan of create-pool', () => {
  it('tells everything that is sent, and where', async () => {
    const plan = await planned({ temporary_password_validity_days: 14 })
    const lines = linesOf(plan.facts)
    expect(lines[0]).toBe('Where: dev, account main, eu-west-1')
    expect(lines).toContain('Temporary password validity: 14 days')
    expect(lines).toContain('People sign in with: email')
    expect(lines).toContain('Tags: lifeguard:request=r1')
    expect(plan.warnings).toEqual([])
  })

  it('is another one when the text defines an attribute otherwise', async () => {
    const digest = async (Mutable: boolean) =>
      (
        await estate.prepare(
          createPool,
          form({ settings: JSON.stringify({ Schema: [{ Name: 'plan', Mutable }] }) }),
        )
      ).digest
    expect(await digest(true)).not.toBe(await digest(false))
  })

  it('warns of a pool of the same name', async () => {
    estate.add({ ...STAGING, id: 'us-east-1_TWIN', name: 'Dev-One', region: 'us-east-1' })
    estate.look()
    const { plan } = await createPool.prepare(
      createPool.input.parse({ ...form(), reason: 'Ticket 7' }),
      estate.look({
        pools: {
          get: () => undefined,
          count: 1,
          refreshedAt: 1,
          page: () => ({
            rows: [...estate.pools.values()].map(({ pool }) => pool),
            next: undefined,
          }),
        },
      }),
    )
    expect(plan.warnings).toEqual([
      'There is a pool of this name already: us-east-1_TWIN in us-east-1.',
    ])
  })

  it('of a clone says what is different and what is left', async () => {
    estate.add(STAGING, {
      LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:111111111111:function:f' },
    })
    const source = estate.pools.get(STAGING.id)
    const values = {
      clone_of: STAGING.id,
      ...createPool.prefill({ clone_of: STAGING.id }, known(source)),
    }
    const { facts, warnings } = await planned({ ...values, minimum_length: 16 })
    const lines = linesOf(facts)
    expect(lines[1]).toBe('Clone of: staging-customers (eu-west-1_STAGE0001)')
    expect(lines[2]).toBe(
      'Different from staging-customers: Minimum length: 12 characters → 16 characters',
    )
    expect(warnings[0]).toBe(
      'Not cloned: Lambda triggers: each needs a permission for the new pool first.',
    )
    expect(warnings.at(-1)).toMatch(/^Not cloned: Users, groups, app clients, .* are not cloned\.$/)
  })

  it.each<[string, object, string, string]>([
    [
      'an environment that the name does not have',
      { name: 'partners' },
      'environment',
      'By lifeguard.yml a pool of this name and these tags is in none, so Lifeguard would not look after it. No pool was created. Choose another name or environment.',
    ],
    [
      'an environment that a tag takes elsewhere',
      { tags: 'env=prod' },
      'environment',
      'By lifeguard.yml a pool of this name and these tags is in prod. No pool was created. Choose another name or environment.',
    ],
    [
      'an unknown environment',
      { environment: 'moon' },
      'environment',
      'Choose an environment from the list.',
    ],
    ['an unknown account', { account: 'other' }, 'account', 'Choose an account from the list.'],
    [
      'a region that the account lacks',
      { account: 'second', region: 'us-east-1' },
      'region',
      'Lifeguard looks after no pools of second there. Choose a region from the list.',
    ],
    [
      'every fault of the text',
      { settings: 'DeletionProtection: MAYBE\nPoolTier: PLUS' },
      'settings',
      'DeletionProtection is one of ACTIVE, INACTIVE. PoolTier is no member of CreateUserPool. No pool was created.',
    ],
    [
      'a text that cannot be read',
      { settings: 'Policies:\n\tPasswordPolicy: {}' },
      'settings',
      'Line 2 cannot be read: indent with spaces, not with tabs. No pool was created.',
    ],
  ])('refuses %s', async (_what, values, field, message) => {
    await expect(planned(values)).rejects.toMatchObject({ field, message })
    expect(estate.made).toEqual([])
  })
})

describe('create-pool', () => {
  it('makes the pool with the request’s tag and says that it is as it was asked for', async () => {
    const outcome = await estate.carryOut(createPool, form())
    expect(outcome.sentence).toBe('dev-one is created: eu-west-1_MADE00001.')
    expect(linesOf(outcome.facts ?? [])).toEqual([
      'Proof: Read back from Cognito: everything is as it was asked for.',
    ])
    expect(estate.made[0]?.request['UserPoolTags']).toEqual({ 'lifeguard:request': 'r1' })
  })

  it('is loud about a second factor that could not be set up, and does not say that nothing was changed', async () => {
    estate.withoutMfa = 'Lifeguard’s AWS role does not allow this. Ask whoever runs Lifeguard.'
    const outcome = await estate.carryOut(
      createPool,
      form({ second_factor: 'ON', authenticator_apps: true }),
    )
    expect(outcome.alarm).toBe(
      'Its second factor is not set up as asked for. Lifeguard’s AWS role does not allow this. Ask whoever runs Lifeguard. Set it up in the AWS console.',
    )
  })

  it('lists what was not cloned in the result, too', async () => {
    const outcome = await estate.carryOut(createPool, form({ clone_of: STAGING.id }))
    expect(outcome.notes?.at(-1)).toMatch(/^Not cloned: Users, groups/)
  })

  it('hands on what AWS says', async () => {
    estate.fault = new CloudFault('No.', { kind: 'refused', code: 'X', call: 'CreateUserPool' })
    await expect(estate.carryOut(createPool, form())).rejects.toThrow('No.')
    expect(estate.made).toEqual([])
  })

  it('adopts the pool with its own tag after a lost answer, and no other', async () => {
    const pool = (id: string, request: string) => ({
      id,
      createdAt: 1,
      tags: { 'lifeguard:request': request },
    })
    expect(await estate.resolve(createPool, where)).toBe('unknown')
    estate.created = [pool('eu-west-1_A1', 'another')]
    expect(await estate.resolve(createPool, where)).toBe('unknown')
    estate.created = [pool('eu-west-1_A1', 'another'), pool('eu-west-1_A2', 'r1')]
    expect(await estate.resolve(createPool, where)).toBe('applied')
    estate.created = [pool('eu-west-1_A1', 'r1'), pool('eu-west-1_A2', 'r1')]
    expect(await estate.resolve(createPool, where)).toBe('unknown')
    expect(await estate.resolve(createPool, {})).toBe('unknown')
  })
})
