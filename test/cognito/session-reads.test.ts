import { describe, expect, it } from 'vitest'
import type { PoolSpec } from '../../playground/cognito/index.ts'
import { localDirectory } from './local.ts'

const POOL = 'eu-west-1_BUSY00001'
const at = { ip: '192.0.2.7', device: 'unknown', country: 'unknown' }

const busy = (count: number): PoolSpec => ({
  id: POOL,
  settings: { Name: 'busy' },
  sessionTracking: 'ENABLED',
  users: [
    {
      username: 'ada',
      sessions: Array.from({ length: count }, (_, nth) => ({
        id: `tkn${String(nth).padStart(25, '0')}`,
        ...at,
      })),
    },
  ],
})

describe('the sessions of a user', () => {
  it.each([
    ['to the last page', 300, false, 300, true, 3],
    ['over empty pages', 300, true, 300, true, 6],
    ['up to ten pages, and say so', 1_300, false, 1_250, false, 10],
    ['up to ten pages, the empty ones too', 700, true, 625, false, 10],
  ])('are read %s', async (_how, there, emptyPages, read, complete, calls) => {
    const world = { pools: [busy(there)] }
    await using local = await localDirectory({ world, switches: { emptyPages } })
    const user = await local.directory.user(POOL, 'ada')
    const sessions = await local.directory.sessions(user)
    expect(sessions).toMatchObject({ tracked: true, complete })
    const ids = sessions.tracked ? sessions.rows.map(({ id }) => id) : []
    expect(new Set(ids).size).toBe(read)
    expect(local.operations().filter((name) => name === 'AdminListUserSessions')).toHaveLength(
      calls,
    )
  })
})
