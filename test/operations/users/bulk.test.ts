import { beforeEach, describe, expect, it } from 'vitest'
import type { StepDone } from '../../../src/core/ports.ts'
import { bulk } from '../../../src/operations/users/bulk.ts'
import { INVENTORY } from '../../fakes/look.ts'
import { POOL, said, told, Ward, passWith } from './ward.ts'

const FORM = { user: undefined, users: 'ada\ngrace\nalan' }
const reset = { ...FORM, action: 'reset', verified: 'An announced incident' }
const disable = { ...FORM, action: 'disable' }

let ward: Ward
beforeEach(() => {
  ward = new Ward()
  for (const name of ['ada', 'grace', 'alan']) ward.add(name)
})

const done = (sentence: string): StepDone => ({ as: 'done', sentence })

describe('the form', () => {
  it('asks for a group or for how the callers were verified, where that matters', () => {
    expect(bulk.shows({})).toEqual(['pool', 'action', 'users', 'verified', 'reason'])
    expect(bulk.shows({ action: 'disable' })).toEqual(['pool', 'action', 'users', 'reason'])
    expect(bulk.shows({ action: 'add-to-group' })).toContain('group')
  })

  it('offers the groups of the pool', async () => {
    ward.groups = [{ name: 'staff' }]
    const options = await bulk.options('group')?.({ pool: POOL.id }, ward.look(), '')
    expect(options?.map(({ value }) => value)).toEqual(['staff'])
  })
})

describe('the plan', () => {
  it('has a line for each, takes two approvals and concerns all of them', async () => {
    const prepared = await ward.prepare(bulk, reset)
    expect(said(prepared)).toMatch(
      /What: Reset passwords\nNow: 3 active\nada@example.com: Cognito sends the code by e-mail/,
    )
    const { plan } = prepared
    expect(plan.least).toBe(2)
    expect(plan.target).toMatchObject({
      name: '3 users',
      label: '3 users',
      emails: ['ada@example.com', 'grace@example.com', 'alan@example.com'],
    })
    expect(bulk.resumable).toBe(true)
    expect(ward.writes).toEqual([])
  })

  it('leaves out whom it cannot help, and says why', async () => {
    ward.change('grace', { status: 'EXTERNAL_PROVIDER' })
    ward.change('alan', { enabled: false })
    const prepared = await ward.prepare(bulk, { ...reset, users: 'ada, grace, alan; nobody' })
    const words = said(prepared)
    expect(words).toMatch(/grace@example.com: Left out\. .*identity provider/)
    expect(words).toMatch(/alan@example.com: Left out\. .*Enable the user first/)
    expect(words).toContain('nobody: Left out. There is no such user')
    expect(words).toContain('3 users of the list left out')
    expect(prepared.plan.target.name).toBe('1 user')
  })

  it('counts nobody twice, however they are named', async () => {
    const { plan } = await ward.prepare(bulk, { ...disable, users: 'ada\nada@example.com\n ada ' })
    expect(plan.target.name).toBe('1 user')
  })

  it('refuses members of protected groups', async () => {
    ward.inventory = { ...INVENTORY, protectedGroups: ['admins'] }
    ward.groups = [{ name: 'admins' }]
    ward.groupsOf.set('grace', [{ name: 'admins' }])
    const prepared = await ward.prepare(bulk, disable)
    expect(said(prepared)).toMatch(/grace@example.com: Left out\. A member of a protected group/)
    const only = ward.prepare(bulk, { ...disable, users: 'grace' })
    await expect(only).rejects.toThrow('None of these users can be helped this way. A member')
  })

  it.each([
    [
      'a longer list than is allowed',
      { users: Array.from({ length: 26 }, (_, n) => `u${n}`).join() },
      'users',
      'takes 25 at most',
    ],
    ['a list of separators', { users: ',,;' }, 'users', 'at least one'],
    ['nobody who is there', { users: 'nobody' }, 'users', 'None of these users'],
    ['a reset without verification', { action: 'reset' }, 'verified', 'Say how'],
    [
      'a group that is not there',
      { action: 'add-to-group', group: 'x' },
      'group',
      'Choose a group',
    ],
    ['no group', { action: 'add-to-group' }, 'group', 'Choose a group'],
  ])('refuses %s', async (_what, values, field, words) => {
    const refusal = ward.prepare(bulk, { ...disable, ...values })
    await expect(refusal).rejects.toMatchObject({ field })
    await expect(refusal).rejects.toThrow(words)
  })

  it('masks whom the person who asks may not see', async () => {
    ward.whole = false
    expect(said(await ward.prepare(bulk, reset))).not.toMatch(/ada@|grace@|alan@/)
  })

  it('says what a group gives', async () => {
    ward.groups = [{ name: 'staff', roleArn: 'arn:aws:iam::111111111111:role/staff' }]
    const words = said(
      await ward.prepare(bulk, { ...disable, action: 'add-to-group', group: 'staff' }),
    )
    expect(words).toContain('gets the rights of a role in AWS: staff')
    expect(words).toContain('ada@example.com: Joins staff.')
  })
})

it('is not a way around what the policy does not let somebody do with one user', async () => {
  ward.may = (operation) => operation !== 'disable-user'
  await expect(ward.prepare(bulk, disable)).rejects.toThrow(
    'does not let you use disable-user in staging, so not for several users either',
  )
  await expect(ward.prepare(bulk, disable)).rejects.toMatchObject({ field: 'action' })
  expect((await ward.prepare(bulk, { ...FORM, action: 'sign-out' })).plan.least).toBe(2)
})

describe('the plan made again', () => {
  it('is the same while nothing has moved', async () => {
    const first = await ward.prepare(bulk, disable)
    const second = await ward.prepare(bulk, { ...first.plan.keep })
    expect(second.digest).toBe(first.digest)
    expect(second.lasting).toBe(first.lasting)
  })

  it('differs once somebody stands otherwise, yet lasts, so that half the work can go on', async () => {
    const first = await ward.prepare(bulk, disable)
    ward.change('ada', { enabled: false })
    const second = await ward.prepare(bulk, { ...first.plan.keep })
    expect(second.digest).not.toBe(first.digest)
    expect(second.lasting).toBe(first.lasting)
    expect(said(second)).toContain('Now: 2 active; 1 active, disabled')
    expect(said(second)).toContain('1 user cannot be helped this way any more')
  })

  it('differs though the counts are the same', async () => {
    ward.change('ada', { enabled: false })
    const first = await ward.prepare(bulk, { ...FORM, action: 'sign-out' })
    ward.change('ada', { enabled: true })
    ward.change('alan', { enabled: false })
    const second = await ward.prepare(bulk, { ...first.plan.keep })
    expect(second.digest).not.toBe(first.digest)
  })

  it('touches nobody who was put in the place of somebody', async () => {
    const { plan } = await ward.prepare(bulk, disable)
    ward.change('ada', { sub: 'sub-of-another' })
    const { pass } = passWith()
    const outcome = await ward.carryOut(bulk, { ...plan.keep }, pass)
    expect(ward.writes.map(({ username }) => username)).toEqual(['grace', 'alan'])
    expect(told(outcome)).toContain('ada@example.com: This user is no longer in the pool.')
  })
})

describe('carrying it out', () => {
  it.each([
    ['reset', reset, 'AdminResetUserPassword'],
    ['disable', disable, 'AdminDisableUser'],
    ['sign-out', { ...FORM, action: 'sign-out' }, 'AdminUserGlobalSignOut'],
    ['add-to-group', { ...FORM, action: 'add-to-group', group: 'staff' }, 'AdminAddUserToGroup'],
  ])('%s sends one call for each', async (_action, values, call) => {
    ward.groups = [{ name: 'staff' }]
    const { pass, steps } = passWith()
    const outcome = await ward.carryOut(bulk, values, pass)
    expect(ward.calls).toEqual([call, call, call])
    expect([...steps.keys()]).toEqual(['ada', 'grace', 'alan'])
    expect(outcome).toMatchObject({ as: 'done', sentence: '3 of 3 done.' })
    expect(outcome.alarm).toBeUndefined()
  })

  it('repeats nobody whom an earlier attempt began', async () => {
    const { pass } = passWith(
      new Map([
        ['ada', done('Disabled.')],
        ['grace', { as: 'unknown', sentence: 'Look at this user.' }],
      ]),
    )
    const outcome = await ward.carryOut(bulk, disable, pass)
    expect(ward.writes.map(({ username }) => username)).toEqual(['alan'])
    expect(outcome.as).toBe('unknown')
    expect(outcome.sentence).toBe('2 of 3 done, 1 is not known.')
    expect(outcome.alarm).toBe('grace@example.com: Look at this user.')
  })

  it('says loudly what failed though the rest is done', async () => {
    ward.mishaps.push({ call: 'AdminDisableUser', kind: 'refused' })
    const outcome = await ward.carryOut(bulk, disable, passWith().pass)
    expect(outcome).toMatchObject({ as: 'done', sentence: '2 of 3 done, 1 failed.' })
    expect(outcome.alarm).toContain('ada@example.com: The sentence for refused.')
  })

  it('has failed only when nothing at all was done', async () => {
    for (let nth = 0; nth < 3; nth++)
      ward.mishaps.push({ call: 'AdminDisableUser', kind: 'refused' })
    const outcome = await ward.carryOut(bulk, disable, passWith().pass)
    expect(outcome).toMatchObject({ as: 'failed', sentence: '0 of 3 done, 3 failed.' })
  })

  it('stops when Cognito is busy, and names those it did not try', async () => {
    ward.mishaps.push({ call: 'AdminDisableUser', kind: 'throttled' })
    const { pass, steps } = passWith()
    const outcome = await ward.carryOut(bulk, disable, pass)
    expect(ward.calls).toEqual([])
    expect([...steps.keys()]).toEqual(['ada'])
    expect(outcome.sentence).toBe('0 of 3 done, 1 failed, 2 were not tried.')
    expect(told(outcome)).toContain('alan@example.com: Not tried: Cognito was busy.')
  })
})
