import { beforeEach, describe, expect, it } from 'vitest'
import { comparePools } from '../../../src/operations/pools/compare-pools.ts'
import { listPools } from '../../../src/operations/pools/list-pools.ts'
import { showPool } from '../../../src/operations/pools/show-pool.ts'
import { linesOf } from '../../domain/pool/sentences.ts'
import { Estate, NOON, PROD, STAGING } from './estate.ts'

let estate: Estate
beforeEach(() => {
  estate = new Estate()
  estate.add(PROD)
  estate.add(STAGING)
})

describe('list-pools', () => {
  const list = (values: object = {}) => estate.answer(listPools, values)

  it('shows where each pool is and how it fares, with how old that is', async () => {
    estate.seen.set(PROD.id, estate.add(PROD, { DeletionProtection: 'INACTIVE' }))
    const { heading, rows, note, links } = await list()
    expect(heading).toBe('User pools')
    expect(rows).toEqual([
      {
        title: 'customers',
        text: 'prod · main · eu-west-1\nabout 3 users · second factor off · tier Essentials · deletion protection off · ⚠ 1 remark · read less than a minute ago',
        link: { label: 'Show', operation: 'show-pool', values: { pool: PROD.id } },
      },
      {
        title: 'staging-customers',
        text: 'staging · main · eu-west-1\nIts settings are being read: look again in some seconds.',
        link: { label: 'Show', operation: 'show-pool', values: { pool: STAGING.id } },
      },
    ])
    expect(note).toBe('The list was read 1 minute ago.')
    expect(links).toEqual([{ label: 'Look again', operation: 'list-pools', values: { from: '0' } }])
    for (const pool of [PROD, STAGING]) estate.seen.set(pool.id, estate.add(pool))
    expect((await list()).links).toEqual([])
  })

  it('is searched by a part of the name', async () => {
    const { heading, rows = [] } = await list({ filter: 'stag' })
    expect(heading).toBe('Pools with “stag”')
    expect(rows.map(({ title }) => title)).toEqual(['staging-customers'])
  })

  it('goes on where a page ends, and back to the first', async () => {
    for (let nth = 0; nth < 20; nth++)
      estate.add({ ...STAGING, id: `eu-west-1_N${nth}`, name: `staging-${nth}` })
    const first = await list({ filter: 'staging' })
    expect(first.rows).toHaveLength(10)
    expect(first.links?.slice(1)).toEqual([
      { label: 'Next page', operation: 'list-pools', values: { filter: 'staging', from: '10' } },
    ])
    const last = await list({ filter: 'staging', from: '20' })
    expect(last.rows).toHaveLength(1)
    expect(last.links?.map(({ label }) => label)).toEqual(['Look again', 'First page'])
    expect((await list({ filter: 'staging', from: '30' })).note).toBe(
      'There are no more pools. The list was read 1 minute ago.',
    )
  })

  it.each(['-5', 'x', '', '0'])('begins at the beginning for the page %j', async (from) => {
    expect((await list({ from })).rows).toHaveLength(2)
  })

  it('says why it is empty', async () => {
    expect((await list({ filter: 'nothing' })).note).toBe(
      'No pool that you may see fits. The list was read 1 minute ago.',
    )
    estate.refreshedAt = undefined
    expect((await list({ filter: 'nothing' })).note).toBe(
      'No pool that you may see fits. The list is still being read from Cognito.',
    )
  })
})

describe('show-pool', () => {
  it('shows what deserves attention first, and what can be done next', async () => {
    estate.add(PROD, { DeletionProtection: 'INACTIVE' })
    const { heading, warnings, facts, note, links } = await estate.answer(showPool, {
      pool: PROD.id,
    })
    expect(heading).toBe('customers')
    expect(warnings).toEqual([
      'Deletion protection is off, in production: one call deletes the pool. Turn it on.',
    ])
    expect(linesOf(facts)).toContain('Where: prod, account main, eu-west-1')
    expect(note).toBe('Read from Cognito less than a minute ago.')
    expect(links?.map(({ label, operation }) => `${label}: ${operation}`)).toEqual([
      'Change: update-pool',
      'Compare: compare-pools',
      'Users: find-user',
      'Details: show-pool',
      'Clone: create-pool',
      'Undo a change: restore-pool',
    ])
  })

  it('shows everything under Details, and leads back', async () => {
    const answer = await estate.answer(showPool, { pool: PROD.id, view: 'details' })
    expect(answer.facts).toEqual([])
    const lines = linesOf(answer.parts?.flatMap(({ facts }) => facts) ?? [])
    expect(lines).toContain('Minimum length: 12 characters')
    expect(lines).toContain('SES identity: not set')
    expect(answer.links).toEqual([
      { label: 'Summary', operation: 'show-pool', values: { pool: PROD.id } },
    ])
  })

  it('never claims to have been read in the future', async () => {
    estate.add(PROD, {}, { readAt: NOON + 5000 })
    expect((await estate.answer(showPool, { pool: PROD.id })).note).toBe(
      'Read from Cognito less than a minute ago.',
    )
  })
})

describe('compare-pools', () => {
  const compare = () => estate.answer(comparePools, { pool: PROD.id, other_pool: STAGING.id })

  it('says that there is no difference', async () => {
    const { facts, note } = await compare()
    expect(facts).toEqual([])
    expect(note).toBe(
      'customers (prod) → staging-customers (staging): their settings are the same.',
    )
  })

  it('shows only what differs, across accounts and regions, in this order', async () => {
    estate.add(
      { ...STAGING, account: 'second', region: 'us-east-1' },
      { UserPoolTier: 'PLUS' },
      { unknown: ['Brand'] },
    )
    const { facts, note, warnings, links } = await compare()
    expect(linesOf(facts)).toEqual(['Tier: Essentials | Plus'])
    expect(note).toBe(
      'customers (prod) → staging-customers (staging). Name, id, dates and numbers of users are left out.',
    )
    expect(warnings).toEqual([
      'staging-customers has settings that Lifeguard does not know and did not compare: Brand.',
    ])
    expect(links?.map(({ values }) => values)).toEqual([{ pool: PROD.id }, { pool: STAGING.id }])
  })

  it('needs both pools that exist', async () => {
    await expect(
      estate.answer(comparePools, { pool: PROD.id, other_pool: 'eu-west-1_GONE00001' }),
    ).rejects.toThrow('There is no such pool.')
  })
})
