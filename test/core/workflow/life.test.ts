import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '../../../src/core/refusal.ts'
import type { Submitted } from '../../../src/core/workflow/workflow.ts'
import { askFor, makeWorld, MINUTE, startBot, userNamed, voteFor } from './world.ts'
import type { Bot, World } from './world.ts'

let world: World
let bot: Bot
beforeEach(async () => {
  world = await makeWorld()
  bot = await startBot(world)
})
afterEach(async () => {
  await bot.close()
  await world.close()
})

const events = async () => (await bot.entries()).map(({ event }) => event)
const stateOf = async (id: string) => (await bot.store.request(id))?.state
const reveal = (id: string, person = 'U0ADA') => bot.workflow.reveal(id, person, world.now)

function kindOf(submitted: Submitted): string {
  return submitted.kind
}

/** Ada asks, two admins agree. */
async function approved(method: 'temporary' | 'email-code' = 'temporary') {
  const { id } = await askFor(world, bot, { method })
  await voteFor(bot, id, 'U0GRACE')
  await voteFor(bot, id, 'U0JOAN')
  await bot.settle()
  return id
}

describe('a request for production', () => {
  it('waits for two approvals and changes nothing meanwhile', async () => {
    const { id, submitted } = await askFor(world, bot)
    await bot.settle()
    expect(kindOf(submitted)).toBe('asked')
    expect(await stateOf(id)).toBe('pending')
    expect(world.cards.at(-1)).toMatchObject({ votes: [], approverGroups: ['cognito-admins'] })
    expect(world.cards.at(-1)?.approvers.toSorted()).toEqual(['U0EVE', 'U0GRACE', 'U0JOAN'])
    expect(world.writes).toEqual([])
  })

  it('one approval is not enough, and the same person counts once', async () => {
    const { id } = await askFor(world, bot)
    await voteFor(bot, id, 'U0GRACE')
    await voteFor(bot, id, 'U0GRACE')
    await bot.settle()
    expect(await stateOf(id)).toBe('pending')
    expect(world.notes.map(({ person, text }) => [person, text])).toContainEqual([
      'U0GRACE',
      'Your vote is counted already.',
    ])
  })

  it('with two it waits for the reveal, which sets and returns a password once for the requester', async () => {
    const id = await approved()
    expect(await stateOf(id)).toBe('approved')
    expect(world.writes).toEqual([])
    expect(world.notes.at(-1)).toMatchObject({ person: 'U0ADA', button: 'reveal' })

    const { request, outcome } = await reveal(id)
    expect(request.state).toBe('done')
    expect(outcome?.secret?.reveal()).toHaveLength(22)
    expect(world.writes).toEqual([{ call: 'AdminSetUserPassword', username: 'grace' }])
    expect(await events()).toEqual([
      'asked',
      'approved-by',
      'approved-by',
      'approved',
      'intent',
      'done',
    ])
  })

  it('runs at once with the last vote when no secret comes of it', async () => {
    const id = await approved('email-code')
    expect(await stateOf(id)).toBe('done')
    expect(world.writes).toEqual([{ call: 'AdminResetUserPassword', username: 'grace' }])
    expect(world.notes.at(-1)).toMatchObject({ person: 'U0ADA' })
  })

  it('is the same request when the form arrives twice', async () => {
    const { id } = await askFor(world, bot)
    expect(kindOf((await askFor(world, bot, { id })).submitted)).toBe('repeated')
    await expect(askFor(world, bot, { id, user: 'eve' })).rejects.toThrow('other values')
  })

  it('counts a click once, however often it is delivered', async () => {
    const { id } = await askFor(world, bot)
    await voteFor(bot, id, 'U0GRACE', 'same-trigger')
    await voteFor(bot, id, 'U0GRACE', 'same-trigger')
    await bot.settle()
    await voteFor(bot, id, 'U0GRACE', 'same-trigger')
    await bot.settle()
    expect(
      (await events()).filter((event) => event === 'approved-by' || event === 'vote-refused'),
    ).toEqual(['approved-by'])
  })
})

describe('who may not decide', () => {
  it.each([
    ['the requester', 'U0ADA', 'grace'],
    ['somebody without the right', 'U0LEA', 'grace'],
    ['the person it is about', 'U0EVE', 'eve'],
  ])('%s', async (_who, voter, user) => {
    const { id } = await askFor(world, bot, { user })
    await voteFor(bot, id, voter)
    await bot.settle()
    expect(await bot.store.votes(id, 1)).toEqual([])
    expect(await events()).toContain('vote-refused')
    expect(world.notes.at(-1)?.person).toBe(voter)
  })

  it('a requester who is an approver too', async () => {
    const { id } = await askFor(world, bot, { person: 'U0EVE' })
    await voteFor(bot, id, 'U0EVE')
    await voteFor(bot, id, 'U0GRACE')
    await bot.settle()
    expect(await stateOf(id)).toBe('pending')
  })

  it('a guest, and somebody whom Slack cannot confirm', async () => {
    const { id } = await askFor(world, bot)
    world.people.set('U0GRACE', { groups: ['cognito-admins'], guest: true })
    world.people.set('U0JOAN', { groups: ['cognito-admins'], unknown: true })
    await voteFor(bot, id, 'U0GRACE')
    await voteFor(bot, id, 'U0JOAN')
    await bot.settle()
    expect(await bot.store.votes(id, 1)).toEqual([])
  })

  it('an approver who lost the right after voting: the vote no longer counts', async () => {
    const { id } = await askFor(world, bot)
    await voteFor(bot, id, 'U0GRACE')
    await bot.settle()
    world.people.set('U0GRACE', { groups: [] })
    await voteFor(bot, id, 'U0JOAN')
    await bot.settle()
    expect(await stateOf(id)).toBe('pending')
  })

  it('an approver who lost the right before the reveal sends it back with the votes cleared', async () => {
    const id = await approved()
    world.people.set('U0GRACE', { groups: [] })
    await expect(reveal(id)).rejects.toThrow('went back to the approvers')
    expect(await bot.store.request(id)).toMatchObject({ state: 'pending', round: 2 })
    expect(world.writes).toEqual([])
  })
})

describe('what was approved is what runs', () => {
  it('a name that now belongs to another user goes back', async () => {
    const id = await approved()
    world.users.set('grace', { ...userNamed('grace'), sub: '00000000-0000-4000-8000-other0000000' })
    await expect(reveal(id)).rejects.toThrow(Refusal)
    expect(await bot.store.request(id)).toMatchObject({
      state: 'pending',
      round: 2,
      changed: [{ term: 'User' }],
    })
    expect(await bot.store.votes(id, 2)).toEqual([])
    expect(world.writes).toEqual([])
  })

  it('another state of the user goes back, with the difference', async () => {
    const id = await approved()
    world.users.set('grace', { ...userNamed('grace'), status: 'RESET_REQUIRED' })
    await expect(reveal(id)).rejects.toThrow(Refusal)
    const request = await bot.store.request(id)
    expect(request?.state === 'pending' && request.changed.map(({ term }) => term)).toContain('Now')
  })

  it('a user who was disabled is not reset: the reason is told, and once enabled it goes on', async () => {
    const id = await approved()
    world.users.set('grace', { ...userNamed('grace'), enabled: false })
    await expect(reveal(id)).rejects.toThrow('Enable the user first')
    expect(world.writes).toEqual([])
    expect(await stateOf(id)).toBe('approved')
    world.users.set('grace', userNamed('grace'))
    expect((await reveal(id)).outcome?.secret).toBeDefined()
  })

  it('a changed policy goes back', async () => {
    const id = await approved()
    world.policyText = world.policyText.replace('prod-needs-two', 'prod-wants-two')
    await expect(reveal(id)).rejects.toThrow(Refusal)
    expect(await stateOf(id)).toBe('pending')
  })

  it('a policy that asks for more than before is asked for more', async () => {
    const id = await approved()
    world.policyText = world.policyText.replace('context.approvals < 2', 'context.approvals < 3')
    await expect(reveal(id)).rejects.toThrow(Refusal)
    const request = await bot.store.request(id)
    expect(request).toMatchObject({ state: 'pending', approvals: 3 })
  })

  it('a click on an old card is no vote for the new plan', async () => {
    const { id } = await askFor(world, bot)
    await bot.workflow.click({
      key: 'k',
      kind: 'vote',
      request: id,
      person: 'U0GRACE',
      digest: '0'.repeat(12),
    })
    await bot.settle()
    expect(await bot.store.votes(id, 1)).toEqual([])
    expect(world.notes.at(-1)?.text).toContain('The plan has changed')
  })

  it('the votes of the first round do not count in the second', async () => {
    const id = await approved()
    world.users.set('grace', { ...userNamed('grace'), status: 'RESET_REQUIRED' })
    await expect(reveal(id)).rejects.toThrow(Refusal)
    await voteFor(bot, id, 'U0GRACE')
    await bot.settle()
    expect(await stateOf(id)).toBe('pending')
    await voteFor(bot, id, 'U0JOAN')
    await bot.settle()
    expect(await stateOf(id)).toBe('approved')
  })
})

describe('a reveal', () => {
  it('is for the requester alone', async () => {
    const id = await approved()
    await expect(reveal(id, 'U0GRACE')).rejects.toThrow('Only the person who asked')
    expect(world.writes).toEqual([])
  })

  it('again sets a new password inside the window, as an attempt of its own', async () => {
    const id = await approved()
    const first = await reveal(id)
    const second = await reveal(id)
    expect(second.request.attempt).toBe(2)
    expect(second.outcome?.secret?.reveal()).not.toBe(first.outcome?.secret?.reveal())
  })

  it('is over after its window', async () => {
    const id = await approved()
    world.now += 15 * MINUTE
    await expect(reveal(id)).rejects.toThrow('over')
    await bot.settle()
    expect(await stateOf(id)).toBe('expired')
  })

  it('with a lost answer is unknown, returns no secret, and may be tried again with a new one', async () => {
    const id = await approved()
    world.fates.push('lost')
    const { request, outcome } = await reveal(id)
    expect(request.state).toBe('unknown')
    expect(outcome).toBeUndefined()
    await bot.settle()
    expect(world.notes.at(-1)).toMatchObject({ button: 'reveal' })
    expect((await reveal(id)).request.state).toBe('done')
  })

  it('two at once are one attempt', async () => {
    const id = await approved()
    const results = await Promise.allSettled([reveal(id), reveal(id)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(world.writes).toHaveLength(1)
  })
})

describe('a lost answer that a read can settle', () => {
  it('is reported as done when the user shows it', async () => {
    world.fates.push('lost')
    const id = await approved('email-code')
    expect(await bot.store.request(id)).toMatchObject({ state: 'done' })
    expect(world.writes).toHaveLength(1)
  })

  it('stays unknown when nothing shows it', async () => {
    world.fates.push('never-sent')
    const id = await approved('email-code')
    expect(await stateOf(id)).toBe('failed')
  })
})

describe('denied, withdrawn, expired', () => {
  it('a denial ends it with its reason, told to the requester', async () => {
    const { id } = await askFor(world, bot)
    await bot.workflow.click({
      key: 'k',
      kind: 'deny',
      request: id,
      person: 'U0GRACE',
      why: 'No ticket.',
    })
    await bot.settle()
    expect(await bot.store.request(id)).toMatchObject({
      state: 'denied',
      by: 'U0GRACE',
      outcome: 'No ticket.',
    })
    expect(world.notes.at(-1)).toMatchObject({ person: 'U0ADA' })
    await voteFor(bot, id, 'U0JOAN')
    await bot.settle()
    expect(await stateOf(id)).toBe('denied')
  })

  it('only its requester withdraws it', async () => {
    const { id } = await askFor(world, bot)
    await bot.workflow.click({ key: 'a', kind: 'withdraw', request: id, person: 'U0GRACE' })
    await bot.settle()
    expect(await stateOf(id)).toBe('pending')
    await bot.workflow.click({ key: 'b', kind: 'withdraw', request: id, person: 'U0ADA' })
    await bot.settle()
    expect(await stateOf(id)).toBe('withdrawn')
  })

  it('nobody answered: reminded with growing pauses, escalated, expired', async () => {
    const { id } = await askFor(world, bot)
    for (let minutes = 0; minutes < 245; minutes += 5) {
      await bot.settle()
      world.now += 5 * MINUTE
    }
    await bot.settle()
    expect(await stateOf(id)).toBe('expired')
    expect(world.nudges.map(({ groups }) => groups)).toEqual([
      ['cognito-admins'],
      ['leads'],
      ['cognito-admins'],
      ['cognito-admins'],
    ])
  })

  it('a late vote does not wake an expired request', async () => {
    const { id } = await askFor(world, bot)
    world.now += 241 * MINUTE
    await bot.settle()
    await voteFor(bot, id, 'U0GRACE')
    await bot.settle()
    expect(await stateOf(id)).toBe('expired')
  })
})

describe('a claim', () => {
  it('tells the others who is looking at it', async () => {
    const { id } = await askFor(world, bot)
    await bot.workflow.click({ key: 'k', kind: 'claim', request: id, person: 'U0GRACE' })
    await bot.settle()
    expect(await bot.store.request(id)).toMatchObject({ state: 'pending', claimedBy: 'U0GRACE' })
  })
})

describe('breaking the glass', () => {
  const emergency = async (person = 'U0LEA') => {
    const { id } = await askFor(world, bot, { person })
    const ending = await bot.workflow.breakGlass(id, person, 'Customer outage', world.now)
    await bot.settle()
    return { id, ending }
  }

  it('lets one person act alone, tells everybody who was skipped, and leaves a review', async () => {
    const { id, ending } = await emergency()
    expect(ending).toMatchObject({ kind: 'ended', request: { state: 'done' } })
    expect(
      world.notes
        .filter(({ button }) => button === 'review')
        .map(({ person }) => person)
        .toSorted(),
    ).toEqual(['U0EVE', 'U0GRACE', 'U0JOAN'])
    const entry = (await bot.entries()).find(({ event }) => event === 'broke-glass')
    expect(new Set(entry?.details?.['skipped'] as string[])).toEqual(
      new Set(['U0EVE', 'U0GRACE', 'U0JOAN']),
    )

    await bot.workflow.click({ key: 'r1', kind: 'review', request: id, person: 'U0LEA' })
    await bot.settle()
    expect((await bot.store.request(id))?.emergency?.reviewedBy).toBeUndefined()
    await bot.workflow.click({ key: 'r2', kind: 'review', request: id, person: 'U0GRACE' })
    await bot.settle()
    expect((await bot.store.request(id))?.emergency?.reviewedBy).toBe('U0GRACE')
  })

  it('is for those whom the policy permits', async () => {
    await expect(emergency('U0ADA')).rejects.toThrow(Refusal)
    expect(world.writes).toEqual([])
  })

  it('is not for what needs a colleague whatever the policy says', async () => {
    world.cognitoGroups.set('grace', ['admins'])
    await expect(emergency()).rejects.toThrow('also in an emergency')
    expect(world.writes).toEqual([])
  })

  it('works once a day', async () => {
    await emergency()
    world.users.set('grace', userNamed('grace'))
    await expect(emergency()).rejects.toThrow('once today')
  })
})

describe('limits', () => {
  it('stop a write and say when to try again', async () => {
    world.ceilings = [{ whom: 'you', requester: 'U0ADA', most: 1, perMs: 10 * MINUTE }]
    const first = await approved()
    await reveal(first)
    world.users.set('grace', userNamed('grace'))
    world.now += MINUTE
    const second = await approved()
    await expect(reveal(second)).rejects.toThrow('Try again in 9 minutes')
    expect(world.writes).toHaveLength(1)
  })
})

it('nothing is changed while writes are halted', async () => {
  const id = await approved()
  world.halted = 'The audit channel is archived.'
  await expect(reveal(id)).rejects.toThrow('archived')
  expect(world.writes).toEqual([])
})
