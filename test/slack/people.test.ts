import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { PeopleGroup } from '../../src/slack/people.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { Secret } from '../../src/core/secret.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { SlackPeople } from '../../src/slack/people.ts'
import { createWebClients } from '../../src/slack/web-clients.ts'
import { recordedLog, recordedMetrics } from './harness.ts'

let slack: LocalSlack
let closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  slack = await startSlack()
  closing = [() => slack.close()]
})
afterEach(async () => {
  for (const close of closing.toReversed()) await close()
})

const SUPPORT: PeopleGroup = { name: 'support', usergroup: 'S0SUPPORT' }
const ADMINS: PeopleGroup = { name: 'cognito-admins', users: ['U0ADA', 'U0GRACE'] }

function peopleOf(groups: readonly PeopleGroup[] = [SUPPORT, ADMINS]) {
  const clock = { now: 1_000_000 }
  const { log, text } = recordedLog()
  const clients = createWebClients({
    botToken: new Secret(slack.botToken),
    slackApiUrl: slack.url,
    slackLog: slackLog(log),
    metrics: recordedMetrics(),
  })
  closing.push(() => clients.close())
  const people = new SlackPeople({
    client: clients.interactive,
    groups,
    now: () => clock.now,
    log,
  })
  return { people, clock, text }
}

const methods = () => slack.calls.map(({ method }) => method).toSorted()

describe('a fresh answer', () => {
  it('holds the person as Slack describes them, and their configured groups', async () => {
    const { people, clock } = peopleOf()
    const sam = await people.fresh('U0SAM', clock.now)
    expect(sam).toEqual({
      person: {
        id: 'U0SAM',
        team: 'T0LOCAL',
        name: 'sam',
        email: 'sam@example.com',
        guest: false,
        external: false,
        deactivated: false,
        bot: false,
      },
      groups: ['support'],
      readAt: 1_000_000,
    })
    expect((await people.fresh('U0ADA', clock.now)).groups).toEqual(['cognito-admins'])
  })

  it.each([
    [{ is_restricted: true }, { guest: true }],
    [{ is_ultra_restricted: true }, { guest: true }],
    [{ is_stranger: true }, { external: true }],
    [{ team_id: 'T0OTHER' }, { team: 'T0OTHER' }],
    [{ deleted: true }, { deactivated: true }],
    [{ is_bot: true }, { bot: true }],
  ])('says of a person with %o that %o', async (patch, expected) => {
    slack.setUser('U0LIN', patch)
    const { people } = peopleOf()
    expect((await people.fresh('U0LIN', 0)).person).toMatchObject(expected)
  })

  it('takes one call for the person and one for each configured user group', async () => {
    const { people } = peopleOf([SUPPORT, { name: 'again', usergroup: 'S0SUPPORT' }, ADMINS])
    expect((await people.fresh('U0SAM', 0)).groups).toEqual(['support', 'again'])
    expect(methods()).toEqual(['usergroups.users.list', 'users.info'])
  })

  it('takes no call for user groups when none is configured', async () => {
    const { people } = peopleOf([ADMINS])
    await people.fresh('U0ADA', 0)
    expect(methods()).toEqual(['users.info'])
  })

  it('is read once for many who ask at once, and the user group is shared by everybody', async () => {
    const { people } = peopleOf()
    await Promise.all([...Array(10).keys()].map(() => people.fresh('U0SAM', 0)))
    await people.fresh('U0ADA', 0)
    expect(methods()).toEqual(['usergroups.users.list', 'users.info', 'users.info'])
  })

  it('is at most 60 s old', async () => {
    const { people, clock } = peopleOf()
    await people.fresh('U0SAM', 0)
    clock.now += 60_000
    await people.fresh('U0SAM', 0)
    expect(slack.calls).toHaveLength(2)
    clock.now += 1
    slack.setUsergroup('S0SUPPORT', [])
    expect((await people.fresh('U0SAM', 0)).groups).toEqual([])
    expect(slack.calls).toHaveLength(4)
  })

  it('was sent after the moment that matters, even when an older read is on its way', async () => {
    slack.faults.inject('users.info', { kind: 'slow', ms: 100 })
    const { people, clock } = peopleOf()
    const older = people.fresh('U0SAM', 0)
    clock.now += 10
    const newer = await people.fresh('U0SAM', clock.now)
    expect(newer.readAt).toBe(clock.now)
    expect((await older).readAt).toBe(clock.now - 10)
    expect(people.known('U0SAM')?.readAt).toBe(clock.now)
  })

  it('tells the time of the oldest read behind it', async () => {
    const { people, clock } = peopleOf()
    await people.fresh('U0SAM', 0)
    clock.now += 5000
    expect((await people.fresh('U0ADA', 0)).readAt).toBe(1_000_000)
  })
})

describe('a read that fails', () => {
  it.each([
    ['users.info', { kind: 'ratelimited', retryAfter: 30 }],
    ['users.info', { kind: 'status', status: 500 }],
    ['users.info', { kind: 'hang' }],
    ['users.info', { kind: 'truncated' }],
    ['users.info', { kind: 'error', error: 'user_not_found' }],
    ['usergroups.users.list', { kind: 'ratelimited', retryAfter: 30 }],
    ['usergroups.users.list', { kind: 'reset' }],
    ['usergroups.users.list', { kind: 'error', error: 'no_such_subteam' }],
  ] as const)('of %s with %o is a refusal, and nobody is assumed', async (method, fault) => {
    slack.faults.inject(method, fault)
    const { people } = peopleOf()
    const refusal = await people.fresh('U0SAM', 0).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect((refusal as Refusal).message).toBe(
      'Slack could not confirm who you are just now, so nothing was done. Try again in a moment.',
    )
    expect(people.known('U0SAM')).toBeUndefined()
  })

  it('is tried again by the next who asks', async () => {
    slack.faults.inject('users.info', { kind: 'status', status: 503 })
    const { people } = peopleOf()
    await expect(people.fresh('U0SAM', 0)).rejects.toThrow(Refusal)
    expect((await people.fresh('U0SAM', 0)).groups).toEqual(['support'])
  })

  it('never brings an older answer back', async () => {
    const { people, clock } = peopleOf()
    await people.fresh('U0SAM', 0)
    clock.now += 61_000
    slack.faults.inject('users.info', { kind: 'status', status: 500 })
    await expect(people.fresh('U0SAM', 0)).rejects.toThrow(Refusal)
  })
})

describe('what is known', () => {
  it('is nothing at first, and lasts half a day without a call', async () => {
    const { people, clock } = peopleOf()
    expect(people.known('U0SAM')).toBeUndefined()
    await people.fresh('U0SAM', 0)
    clock.now += 12 * 3_600_000
    expect(people.known('U0SAM')?.groups).toEqual(['support'])
    expect(slack.calls).toHaveLength(2)
    clock.now += 1
    expect(people.known('U0SAM')).toBeUndefined()
  })

  it('is refreshed when it is older than 30 s, without waiting and without throwing', async () => {
    const { people, clock } = peopleOf()
    people.refresh('U0SAM')
    await expect.poll(() => people.known('U0SAM')).toBeDefined()
    clock.now += 30_000
    people.refresh('U0SAM')
    expect(slack.calls).toHaveLength(2)
    clock.now += 1
    slack.faults.inject('users.info', { kind: 'status', status: 500 })
    people.refresh('U0SAM')
    await expect.poll(() => slack.calls.length).toBe(4)
    expect(people.known('U0SAM')).toBeDefined()
  })
})

const named = (people: SlackPeople) =>
  people.members().map(({ person, groups }) => [person.id, ...groups])

describe('the members of the configured groups', () => {
  it('are in memory once they were read at start, listed people first', async () => {
    const { people } = peopleOf()
    expect(people.members()).toEqual([])
    await people.warmUp()
    const before = slack.calls.length
    expect(named(people)).toEqual([
      ['U0ADA', 'cognito-admins'],
      ['U0GRACE', 'cognito-admins'],
      ['U0SAM', 'support'],
      ['U0LIN', 'support'],
    ])
    expect(slack.calls).toHaveLength(before)
  })

  it('are still told after a long silence, and read anew meanwhile', async () => {
    const { people, clock } = peopleOf()
    await people.warmUp()
    clock.now += 48 * 3_600_000
    slack.setUsergroup('S0SUPPORT', ['U0CARL'])
    expect(named(people)).toHaveLength(4)
    await expect.poll(() => people.known('U0ADA')).toBeDefined()
    clock.now += 5000
    people.members()
    await expect.poll(() => named(people).flat()).toContain('U0CARL')
    expect(named(people).flat()).not.toContain('U0SAM')
  })

  it('are not read again and again while Slack fails', async () => {
    const { people, clock } = peopleOf()
    slack.faults.inject('*', { kind: 'ratelimited', retryAfter: 30 }, 100)
    for (let n = 0; n < 50; n += 1) people.members()
    await expect.poll(() => slack.calls.length).toBe(3)
    clock.now += 5000
    people.members()
    await expect.poll(() => slack.calls.length).toBe(6)
  })
})

describe('an e-mail address', () => {
  it('is not known where the app may not read it', async () => {
    const closed = await startSlack({ manifest: 'manifest.yml' })
    closing.push(() => closed.close())
    slack = closed
    const { people, clock } = peopleOf()
    expect((await people.fresh('U0SAM', clock.now)).person.email).toBeUndefined()
  })
})
