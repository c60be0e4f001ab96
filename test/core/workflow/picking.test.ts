import { beforeEach, describe, expect, it } from 'vitest'
import type { EntryDraft } from '../../../src/core/audit.ts'
import type { UserSummary } from '../../../src/core/directory.ts'
import { fieldsOf } from '../../../src/core/field.ts'
import type { Operation } from '../../../src/core/operation.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { createPicking } from '../../../src/core/workflow/picking.ts'
import type { Picking } from '../../../src/core/workflow/picking.ts'
import { operations } from '../../../src/operations/index.ts'
import { addToGroup } from '../../../src/operations/users/add-to-group.ts'
import { resetPassword } from '../../../src/operations/users/reset-password.ts'
import { revokeSession } from '../../../src/operations/users/revoke-session.ts'
import { PROD, user } from '../../fakes/directory.ts'
import { unused } from '../../fakes/look.ts'
import { NOON, POOL, Ward } from '../../operations/users/ward.ts'

let ward: Ward
let entries: EntryDraft[]
let found: readonly UserSummary[]
let permitted: boolean
let failing: boolean

beforeEach(() => {
  ward = new Ward()
  ward.add('grace')
  ward.groups = [{ name: 'editors' }]
  ward.sessions = {
    tracked: true,
    rows: [{ id: 'tkn1', createdAt: new Date(NOON), lastSeenAt: undefined, where: 'Phone' }],
    complete: true,
  }
  entries = []
  found = [user('grace')]
  permitted = true
  failing = false
})

const open = () =>
  createPicking({
    directory: {
      pools: {
        get: (id) => [POOL, PROD].find((pool) => pool.id === id),
        named: unused,
        search: unused,
        all: unused,
        refreshedAt: unused,
      },
      search: async () => found,
    },
    rights: { offers: () => permitted },
    look: () => ward.look(),
    store: {
      async append(...drafts) {
        await Promise.resolve()
        if (failing) throw new Error('The disk is full.')
        entries.push(...drafts)
      },
    },
  })

const typing = (operation: Operation, values: object, about: Partial<Picking> = {}): Picking => ({
  form: 'LG-1',
  operation,
  field: 'user',
  standing: ward.look().standing,
  values: { ...values },
  typed: 'g',
  ...about,
})

describe('a picker of users', () => {
  it('is on record once for each form and pool, however many letters are typed', async () => {
    const picking = open()
    const here = typing(resetPassword, { pool: POOL.id })
    const there = typing(resetPassword, { pool: PROD.id })
    await Promise.all([picking.users(here), picking.users({ ...here, typed: 'gr' })])
    await picking.users({ ...here, typed: 'gra' })
    await picking.users(there)
    await picking.users({ ...here, form: 'LG-2' })
    expect(entries.map(({ pool }) => pool)).toEqual([POOL.id, PROD.id, POOL.id])
    expect(entries[0]).toMatchObject({
      event: 'answered',
      operation: 'reset-password',
      actor: 'U0ADA',
      details: { groups: [] },
    })
    // A password that is typed into the wrong field is kept nowhere.
    expect(JSON.stringify(entries)).not.toContain('gra')
  })

  it('leaves nothing when nobody is shown', async () => {
    found = []
    expect(await open().users(typing(resetPassword, { pool: POOL.id }))).toEqual({
      pool: POOL,
      rows: [],
    })
    found = [user('grace')]
    permitted = false
    expect((await open().users(typing(resetPassword, { pool: POOL.id }))).rows).toEqual([])
    expect(entries).toEqual([])
  })

  it('shows nobody while it cannot be recorded, and records it with the next letter', async () => {
    const picking = open()
    const here = typing(resetPassword, { pool: POOL.id })
    failing = true
    await expect(picking.users(here)).rejects.toThrow('The disk is full.')
    failing = false
    expect((await picking.users(here)).rows).toEqual(found)
    expect(entries).toHaveLength(1)
  })

  it('wants a pool first', async () => {
    await expect(open().users(typing(resetPassword, {}))).rejects.toThrow('Choose a pool first.')
  })
})

describe('a picker of what an operation lists', () => {
  const sessions = () =>
    typing(revokeSession, { pool: POOL.id, user: 'grace' }, { field: 'session' })

  it('is on record when the list is about a user', async () => {
    const picking = open()
    expect(await picking.options(sessions())).toHaveLength(1)
    await picking.options(sessions())
    expect(entries).toMatchObject([{ event: 'answered', pool: POOL.id, target: 'grace' }])
  })

  it('leaves nothing when it is about the pool, whoever the form has chosen', async () => {
    const form = { pool: POOL.id, user: 'grace' }
    expect(await open().options(typing(addToGroup, form, { field: 'group' }))).toHaveLength(1)
    expect(entries).toEqual([])
  })

  it.each(operations.filter(({ input }) => 'user' in input.shape))(
    'marks every list of $name that reads a user',
    async (operation) => {
      for (const [field, { widget }] of fieldsOf(operation.input)) {
        if (widget.as !== 'pick') continue
        const read: string[] = []
        const reads = (name: string) => async () => {
          read.push(name)
          throw new Refusal('Nothing is read here.')
        }
        const look = ward.look({
          user: reads('user'),
          userGroups: reads('groups'),
          factors: reads('factors'),
          sessions: reads('sessions'),
        })
        const values = { pool: POOL.id, user: 'grace' }
        await operation
          .options(field)?.(values, look, '')
          .catch(() => [])
        expect({ field, reads: read.length > 0 }).toEqual({ field, reads: widget.ofUser === true })
      }
    },
  )

  it('is empty where the policy leaves no way', async () => {
    permitted = false
    expect(await open().options(sessions())).toEqual([])
    expect(entries).toEqual([])
  })
})
