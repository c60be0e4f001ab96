import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { execute } from '../../src/core/execution.ts'
import type { Prepared } from '../../src/core/operation.ts'
import type { Act, Store } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { Secret } from '../../src/core/secret.ts'
import { openStore } from '../../src/store/store.ts'
import type { SqlStore } from '../../src/store/store.ts'
import { FakeDirectory, STAGING, user } from '../fakes/directory.ts'
import { member } from '../fakes/people.ts'
import { draft, executing, temporaryFolder } from '../store/samples.ts'

const grace = user('grace')
const secret = new Secret('Correct-Horse-Battery-9')
const request = executing('r1', { leaseUntil: 31_000 })
const SET = 'AdminSetUserPassword'

let clock: { ms: number }
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let store: SqlStore
let directory: FakeDirectory
const now = () => clock.ms

beforeEach(async () => {
  clock = { ms: 1000 }
  folder = await temporaryFolder()
  store = await openStore({ folder: folder.path, now })
  directory = new FakeDirectory(now)
  await store.open(request, draft('intent', { request: 'r1' }))
})
afterEach(async () => {
  await store.close()
  await folder[Symbol.asyncDispose]()
})

function preparing(apply: (act: Act) => Promise<void>): Prepared {
  const target = { username: 'grace', sub: grace.sub, label: 'Grace' }
  return {
    plan: { pool: STAGING, target, facts: [], warnings: [] },
    digest: 'd1',
    apply: async (act) => {
      await apply(act)
      return { sentence: 'Grace has a password.', secret }
    },
  }
}

const setsPassword = preparing((act) => act.setPassword(grace, secret, 'temporary'))
const attempt = async (prepared = setsPassword, on: Store = store) =>
  execute(request, prepared, member('U0ADA'), { directory, store: on, now })

const entries = async () => (await store.entries({ from: 1, limit: 100 })).slice(1)

describe('an attempt', () => {
  it('that succeeds hands its outcome over once it is recorded', async () => {
    const { request: ended, outcome } = await attempt()
    expect(ended.state).toBe('done')
    expect(outcome?.secret).toBe(secret)
    expect(await store.request('r1')).toEqual(ended)
    expect(await entries()).toMatchObject([{ event: 'done', awsRequestIds: ['aws-1'] }])
  })

  it.each([
    ['not-sent', false, 'failed'],
    ['refused', false, 'failed'],
    ['throttled', false, 'failed'],
    ['unknown', false, 'unknown'],
    ['unknown', true, 'unknown'],
  ] as const)('whose call is %s (committed: %s) ends as %s', async (kind, committed, state) => {
    directory.mishaps.push({ call: SET, kind, committed })
    const { request: ended, outcome } = await attempt()
    expect(ended).toMatchObject({ state, outcome: `The sentence for ${kind}.` })
    expect(outcome).toBeUndefined()
    expect(await entries()).toMatchObject([
      { event: state, details: { calls: [{ call: SET, error: kind }] } },
    ])
  })

  it('that is refused before any call changed nothing', async () => {
    const refusing = preparing(() => Promise.reject(new Refusal('Not today.')))
    expect((await attempt(refusing)).request).toMatchObject({
      state: 'failed',
      outcome: 'Not today.',
    })
  })

  it('that meets a bug before any call changed nothing, and passes the bug on', async () => {
    const bug = new TypeError('Nobody foresaw this.')
    const ending = await attempt(preparing(() => Promise.reject(bug)))
    expect(ending.request.state).toBe('failed')
    expect(ending.bug).toBe(bug)
    expect(ending.request.outcome).not.toContain('foresaw')
  })

  it('that meets a bug once a call has begun may have changed something', async () => {
    directory.mishaps.push({ call: SET, kind: 'bug', committed: true })
    const ending = await attempt()
    expect(ending.request.state).toBe('unknown')
    expect(ending.bug).toBeInstanceOf(TypeError)
    expect(ending.outcome).toBeUndefined()
  })

  it('writes an intent before each further call', async () => {
    const seen: number[] = []
    directory.meanwhile = async () => {
      seen.push((await entries()).length)
    }
    await attempt(
      preparing(async (act) => {
        await act.setPassword(grace, secret, 'temporary')
        await act.signOut(grace)
      }),
    )
    expect(seen).toEqual([0, 1])
    expect(await entries()).toMatchObject([
      { event: 'intent', outcome: 'Sending AdminUserGlobalSignOut.' },
      { event: 'done', awsRequestIds: ['aws-1', 'aws-2'] },
    ])
  })

  it('that succeeds after its lease is unknown, and hands no secret over', async () => {
    directory.meanwhile = async () => {
      clock.ms = request.leaseUntil + 1
    }
    const { request: ended, outcome } = await attempt()
    expect(ended.state).toBe('unknown')
    expect(outcome).toBeUndefined()
  })

  it('hands no secret over when its outcome could not be recorded', async () => {
    const full: Store = {
      open: (one, entry) => store.open(one, entry),
      append: (entry) => store.append(entry),
      request: (id) => store.request(id),
      abandoned: (at) => store.abandoned(at),
      swap: () => Promise.reject(new Error('database or disk is full')),
    }
    await expect(attempt(setsPassword, full)).rejects.toThrow('disk is full')
    expect((await store.request('r1'))?.state).toBe('executing')
  })

  it('leaves no trace of the secret in what is stored', async () => {
    await attempt()
    const stored = JSON.stringify([await store.request('r1'), await entries()])
    expect(stored).not.toContain(secret.reveal())
  })
})
