import { beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../../src/operations/bot/audit.ts'
import { POOL, Ward } from '../users/ward.ts'

let ward: Ward
beforeEach(() => {
  ward = new Ward()
  for (const target of ['grace', 'ada@example.com', undefined])
    ward.history.push({
      seq: 1,
      at: '2026-11-26T10:00:00.000Z',
      event: target === undefined ? 'answered' : 'done',
      operation: target === undefined ? 'list-pools' : 'disable-user',
      actor: 'U0ADA',
      pool: POOL.id,
      target,
      outcome: target && `${target} is disabled.`,
    })
})

const ask = (user?: string) =>
  audit.answer({ pool: POOL.id, ...(user ? { user } : {}) }, ward.look())

describe('audit', () => {
  it('shows the latest entries of a pool', async () => {
    const { rows, about } = await ask()
    expect(rows).toEqual([
      {
        title: 'disable-user: done · grace',
        text: '2026-11-26 10:00 UTC. grace is disabled.',
        by: 'U0ADA',
      },
      {
        title: 'disable-user: done · ada@example.com',
        text: '2026-11-26 10:00 UTC. ada@example.com is disabled.',
        by: 'U0ADA',
      },
      { title: 'list-pools: looked at', text: '2026-11-26 10:00 UTC', by: 'U0ADA' },
    ])
    expect(about).toEqual({ pool: POOL.id })
  })

  it('shows those of one user, by any of their names', async () => {
    ward.add('grace')
    const { rows, about } = await ask('grace@example.com')
    expect(rows?.map(({ title }) => title)).toEqual(['disable-user: done · grace'])
    expect(about).toEqual({ pool: POOL.id, target: 'grace' })
  })

  it('remembers whoever was deleted', async () => {
    expect((await ask('grace')).rows).toHaveLength(1)
    expect((await ask('nobody')).note).toBe('Nothing is recorded about this.')
  })

  it('names nobody to whoever does not see personal data', async () => {
    ward.whole = false
    expect(JSON.stringify(await ask())).not.toContain('ada@example')
    expect((await ask()).rows?.[1]?.title).toBe('disable-user: done · a•••@e•••.com')
  })
})
