import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIds } from '../../src/core/ids.ts'
import type { AuditEntry } from '../../src/core/audit.ts'
import type { Question, Verdict } from '../../src/core/verdict.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { LEASE_MS } from '../../src/core/request.ts'
import { createWorkflow } from '../../src/core/workflow.ts'
import type { Submitted, Workflow, WorkflowParts } from '../../src/core/workflow.ts'
import { resetPassword } from '../../src/operations/users/reset-password.ts'
import { whoami } from '../../src/operations/bot/whoami.ts'
import { openStore } from '../../src/store/store.ts'
import type { SqlStore } from '../../src/store/store.ts'
import { FakeDirectory, STAGING, user } from '../fakes/directory.ts'
import { FakePeople, HOME, member } from '../fakes/people.ts'
import { ask, FakePolicy, refuse, run } from '../fakes/policy.ts'
import { temporaryFolder } from '../store/samples.ts'

const START = Date.parse('2026-03-01T09:00:00Z')
const values = {
  pool: STAGING.id,
  user: 'grace',
  method: 'temporary',
  sign_out: false,
  verified: 'Called back',
  reason: 'Ticket 7',
}

let clock: { ms: number }
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let store: SqlStore
let people: FakePeople
let directory: FakeDirectory
let verdict: (question: Question) => Verdict
let workflow: Workflow
const now = () => clock.ms

beforeEach(async () => {
  clock = { ms: START }
  folder = await temporaryFolder()
  store = await openStore({ folder: folder.path, now })
  people = new FakePeople(now)
  directory = new FakeDirectory(now)
  verdict = () => run
  people.set(member('U0ADA'), 'support')
  directory.add(user('grace'))
  directory.add(user('john'), 'admins')
  workflow = createWorkflow(parts())
})
afterEach(async () => {
  await store.close()
  await folder[Symbol.asyncDispose]()
})

function parts(about: Partial<WorkflowParts> = {}): WorkflowParts {
  return {
    operations: [resetPassword, whoami],
    directory,
    people,
    policy: new FakePolicy((question) => verdict(question)),
    store,
    now,
    homeTeam: HOME,
    passwordLength: 22,
    protectedGroups: [],
    halted: () => undefined,
    onEnd: () => undefined,
    ...about,
  }
}

/** The id of a form that opens now. */
const form = () => createIds(now).request()

async function submit(about: Partial<{ id: string; person: string; values: object }> = {}) {
  const { id = form(), person = 'U0ADA' } = about
  const submission = {
    id,
    person,
    operation: resetPassword,
    values: { ...values, ...about.values },
  }
  return workflow.submit(submission)
}

const entries = async (): Promise<readonly AuditEntry[]> => store.entries({ from: 1, limit: 100 })
const events = async () => (await entries()).map(({ event }) => event)

const stateOf = ({ request }: Submitted) => request.state

describe('a submitted form', () => {
  it('is carried out once its intent is durable, and its outcome is recorded with the call', async () => {
    let during: readonly AuditEntry[] = []
    directory.meanwhile = async () => {
      during = await entries()
    }
    const id = form()
    const submitted = await submit({ id })

    expect(during.map(({ event }) => event)).toEqual(['intent'])
    expect(stateOf(submitted)).toBe('done')
    expect(submitted.kind === 'ended' && submitted.outcome?.secret?.reveal()).toHaveLength(22)
    const [intent, done] = await entries()
    expect(intent).toMatchObject({ request: id, actor: 'U0ADA', pool: STAGING.id, target: 'grace' })
    expect(intent?.details).toMatchObject({
      reason: 'Ticket 7',
      groups: ['support'],
      rightsReadAt: '2026-03-01T09:00:00.000Z',
      policyVersion: 'policy-1',
    })
    expect(done).toMatchObject({ event: 'done', awsRequestIds: ['aws-1'] })
  })

  it('is carried out once, however often and at once it is sent', async () => {
    const id = form()
    const submitted = await Promise.all([submit({ id }), submit({ id }), submit({ id })])
    expect(submitted.map(({ kind }) => kind).toSorted()).toEqual(['ended', 'repeated', 'repeated'])
    const later = await submit({ id })
    expect(later.kind).toBe('repeated')
    expect(stateOf(later)).toBe('done')
    expect(directory.writes).toHaveLength(1)
    expect(await events()).toEqual(['intent', 'done'])
  })

  it.each([
    ['with other values', { values: { reason: 'Another reason' } }],
    ['by somebody else', { person: 'U0GRACE' }],
  ])('is refused when the same form comes again %s', async (_how, about) => {
    people.set(member('U0GRACE'), 'support')
    const id = form()
    await submit({ id })
    await expect(submit({ id, ...about })).rejects.toThrow('already sent with other values')
    expect(directory.writes).toHaveLength(1)
  })

  it('is refused when its id was never minted', async () => {
    await expect(submit({ id: 'made-up' })).rejects.toThrow('not one of mine')
    expect(await events()).toEqual(['refused'])
  })
})

describe('before anything is changed', () => {
  it('reads who the person is again, when the known answer is older than the form', async () => {
    await people.fresh('U0ADA', 0)
    clock.ms += 1000
    people.set(member('U0ADA'))
    verdict = ({ groups }) => (groups.includes('support') ? run : refuse)
    await expect(submit()).rejects.toThrow('You may not.')
    expect(directory.writes).toEqual([])
    expect((await entries())[0]).toMatchObject({
      event: 'refused',
      outcome: 'You may not.',
      details: { policies: ['forbids'] },
    })
  })

  it('reads again after a minute, however fresh the answer was when the form opened', async () => {
    const id = form()
    await people.fresh('U0ADA', START)
    people.set(member('U0ADA', { guest: true }))
    clock.ms += 60_001
    await expect(submit({ id })).rejects.toThrow('guest accounts')
  })

  it('refuses when nobody can say who the person is', async () => {
    people.silent = true
    await expect(submit()).rejects.toThrow('could not confirm')
    expect(await events()).toEqual(['refused'])
  })

  it.each([
    ['guests', { guest: true }],
    ['people of another workspace', { team: 'T0OTHER' }],
    ['external people', { external: true }],
    ['deactivated accounts', { deactivated: true }],
    ['bots', { bot: true }],
  ])('refuses %s, whatever the policy says', async (_who, about) => {
    people.set(member('U0ADA', about), 'support')
    await expect(submit()).rejects.toBeInstanceOf(Refusal)
    expect(directory.writes).toEqual([])
    expect(await events()).toEqual(['refused'])
  })

  it('refuses everything while nothing may be changed', async () => {
    workflow = createWorkflow(parts({ halted: () => 'The audit channel is shared.' }))
    await expect(submit()).rejects.toThrow('The audit channel is shared.')
    expect(directory.writes).toEqual([])
  })

  it('refuses a pool that is not managed, under the field of the pool', async () => {
    const refusal = submit({ values: { pool: 'eu-west-1_OTHER' } })
    await expect(refusal).rejects.toMatchObject({ field: 'pool' })
  })

  it('asks nobody yet where approvals are needed, and remembers the request as such', async () => {
    verdict = () => ask(2)
    await expect(submit()).rejects.toThrow('You may with 2 approvals.')
    expect(await events()).toEqual(['needs-approval'])
  })

  it('is refused, and remembered, when the user cannot be read', async () => {
    directory.mishaps.push({ call: 'AdminGetUser', kind: 'throttled' })
    await expect(submit()).rejects.toThrow('The sentence for throttled.')
    expect(await events()).toEqual(['refused'])
    expect(directory.writes).toEqual([])
  })

  it.each(['john', 'sub-of-john', 'john@example.com'])(
    'never lets one person change %s, who is in a protected group',
    async (name) => {
      workflow = createWorkflow(parts({ protectedGroups: ['admins'] }))
      const refusal = submit({ values: { user: name } })
      await expect(refusal).rejects.toThrow('protected group admins')
      expect(directory.writes).toEqual([])
      expect(await events()).toEqual(['needs-approval'])
    },
  )

  it('lets people in no protected group pass', async () => {
    workflow = createWorkflow(parts({ protectedGroups: ['admins'] }))
    expect(stateOf(await submit())).toBe('done')
  })
})

/** A process that dies while the write is under way. */
async function cutOff(): Promise<string> {
  const id = form()
  directory.meanwhile = () => new Promise(() => undefined)
  void submit({ id })
  await expect.poll(events).toEqual(['intent'])
  return id
}

describe('a request that nobody reported back on', () => {
  it('ends as unknown once its lease is over, and not before', async () => {
    const id = await cutOff()
    clock.ms += LEASE_MS
    expect(await workflow.recover()).toBe(0)
    expect((await store.request(id))?.state).toBe('executing')

    clock.ms += 1
    expect(await workflow.recover()).toBe(1)
    expect((await store.request(id))?.state).toBe('unknown')
    expect(await events()).toEqual(['intent', 'unknown'])
    expect((await entries())[1]?.outcome).toContain('Look at the user')
  })

  it('ends once, by however many processes it is found', async () => {
    await cutOff()
    clock.ms += LEASE_MS + 1
    const ended = await Promise.all([workflow.recover(), workflow.recover()])
    expect(ended[0] + ended[1]).toBe(1)
    expect(await events()).toEqual(['intent', 'unknown'])
  })

  it('is not run again when its form is sent again', async () => {
    const id = await cutOff()
    expect(stateOf(await submit({ id }))).toBe('executing')
    clock.ms += LEASE_MS + 1
    await workflow.recover()
    expect(stateOf(await submit({ id }))).toBe('unknown')
    expect(directory.writes).toHaveLength(1)
  })

  it('keeps a late answer as evidence, and shows no password for it', async () => {
    const gate = Promise.withResolvers<undefined>()
    directory.meanwhile = () => gate.promise
    const id = form()
    const late = submit({ id })
    await expect.poll(events).toEqual(['intent'])
    clock.ms += LEASE_MS + 1
    await workflow.recover()
    gate.resolve(undefined)

    const submitted = await late
    expect(stateOf(submitted)).toBe('unknown')
    expect(submitted.kind === 'ended' && submitted.outcome).toBeUndefined()
    expect(await events()).toEqual(['intent', 'unknown', 'stale-outcome'])
    expect((await entries())[2]?.awsRequestIds).toEqual(['aws-1'])
  })
})

describe('a question', () => {
  it('is answered for members, without a trace in the pools', async () => {
    const standing = await people.fresh('U0ADA', 0)
    const answer = await workflow.answer(whoami, standing, {})
    expect(answer.heading).toBe('You are u0ada')
    expect(directory.writes).toEqual([])
  })

  it('is not answered for people whom no policy can let in', async () => {
    people.set(member('U0GUS', { guest: true }))
    const standing = await people.fresh('U0GUS', 0)
    await expect(workflow.answer(whoami, standing, {})).rejects.toThrow('guest accounts')
  })
})

it('records whether the secret was shown', async () => {
  const { request } = await submit()
  await workflow.revealed(request, true)
  await workflow.revealed(request, false)
  expect((await events()).slice(2)).toEqual(['revealed', 'not-revealed'])
})
