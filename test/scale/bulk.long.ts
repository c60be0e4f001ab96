import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startCognito } from '../../playground/cognito/index.ts'
import { createDirectory } from '../../src/cognito/directory.ts'
import { bulk } from '../../src/operations/users/bulk.ts'
import { environments, grace, keys, recorder } from '../cognito/local.ts'
import { INVENTORY, lookWith } from '../fakes/look.ts'
import { passWith } from '../operations/users/ward.ts'

const POOL = 'eu-west-1_CROWD0001'
const USERS = 2_000
const PER_SECOND = 25

/** The endpoint refuses more than 25 calls a second, and our share is all of them. */
async function crowdedPool() {
  const cognito = await startCognito({
    world: {
      pools: [
        {
          id: POOL,
          settings: {
            Name: 'crowd',
            AccountRecoverySetting: {
              RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }],
            },
          },
          crowd: USERS + 200,
        },
      ],
    },
    rateLimits: { UserAccountRecovery: PER_SECOND, UserRead: 100_000 },
  })
  const directory = createDirectory({
    accounts: [{ name: 'main', regions: ['eu-west-1'] }],
    rules: environments,
    endpoint: cognito.url,
    credentials: keys,
    now: Date.now,
    random: Math.random,
    onCall: () => undefined,
    onTarget: () => undefined,
    rates: { recovery: PER_SECOND },
  })
  await directory.refreshPools()
  return { cognito, directory }
}

const nameOf = (nth: number) => `member-${String(nth).padStart(7, '0')}`

it('2,000 resets keep the pace of the quota, and a person who acts meanwhile does not wait', async () => {
  const { cognito, directory } = await crowdedPool()
  const look = lookWith({
    inventory: { ...INVENTORY, bulkMost: USERS },
    pool: async (id) => directory.pool(id),
    poolGroups: async (id) => directory.poolGroups(id),
    user: async (id, name) => directory.user(id, name),
  })
  const form = bulk.input.parse({
    pool: POOL,
    action: 'reset',
    users: Array.from({ length: USERS }, (_, nth) => nameOf(nth)).join('\n'),
    verified: 'An announced incident',
    reason: 'Ticket 7',
  })
  const prepared = await bulk.prepare(form, look)
  const { pass, steps } = passWith()

  const startedAt = Date.now()
  const working = prepared.apply(directory.act(grace, recorder().witness, { paced: true }), pass)
  const waits: number[] = []
  const act = directory.act(grace, recorder().witness)
  const ended = new AbortController()
  const acting = (async () => {
    for (let nth = 0; nth < 30 && !ended.signal.aborted; nth++) {
      await wait(2_000)
      const user = await directory.user(POOL, nameOf(USERS + nth))
      const askedAt = Date.now()
      await act.sendResetCode(user)
      waits.push(Date.now() - askedAt)
    }
  })()
  const outcome = await working
  const tookMs = Date.now() - startedAt
  ended.abort()
  await acting
  directory.close()
  await cognito.close()

  expect(outcome.sentence).toBe(`${USERS} of ${USERS} done.`)
  expect(new Set(steps.keys()).size).toBe(USERS)
  // A full bucket at the start, then 25 a second, for the others too.
  const leastMs = ((USERS + waits.length - PER_SECOND) / PER_SECOND) * 1_000
  expect(tookMs).toBeLessThanOrEqual(leastMs * 1.05)
  expect(Math.max(...waits)).toBeLessThan(1_000)
})
