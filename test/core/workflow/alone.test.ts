import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIds } from '../../../src/core/ids.ts'
import { LEASE_MS } from '../../../src/core/request.ts'
import type { Ending, Submitted } from '../../../src/core/workflow/workflow.ts'
import { askFor, DEV, makeWorld, startBot } from './world.ts'
import type { Bot, World } from './world.ts'

let world: World
let bot: Bot
let journal: string[]
beforeEach(async () => {
  world = await makeWorld()
  journal = []
  bot = await startBot(world, async (port) => void journal.push(port))
})
afterEach(async () => {
  await bot.close()
  await world.close()
})

const reset = (about: Parameters<typeof askFor>[2] = {}) =>
  askFor(world, bot, { pool: DEV.id, ...about })
const events = async () => (await bot.entries()).map(({ event }) => event)

function ended(submitted: Submitted): Ending {
  if (submitted.kind !== 'ended') throw new Error(`It is ${submitted.kind}.`)
  return submitted
}

describe('where one person may act alone', () => {
  it('the intent is durable before the call, and the outcome before anybody is told', async () => {
    const { submitted } = await reset()
    expect(ended(submitted).outcome?.secret?.reveal()).toHaveLength(22)
    const steps = journal.filter((port) => /open done|AdminSetUserPassword|swap done/.test(port))
    expect(steps).toEqual([
      'store.open done',
      'cognito.AdminSetUserPassword',
      'cognito.AdminSetUserPassword done',
      'store.swap done',
    ])
    expect(await events()).toEqual(['intent', 'done'])
  })

  it('the entry names the call by its AWS request id, with reason and evidence', async () => {
    await reset()
    const [intent, done] = await bot.entries()
    expect(intent?.details).toMatchObject({
      input: { verified: 'Called back' },
      groups: ['support'],
    })
    expect(done).toMatchObject({ awsRequestIds: ['aws-1'], details: { reason: 'Ticket 7' } })
  })

  it('a form sent several times at once is carried out once, and one answer holds the secret', async () => {
    const id = createIds(() => world.now).request()
    const sent = await Promise.all([reset({ id }), reset({ id }), reset({ id })])
    expect(sent.map(({ submitted }) => submitted.kind)).toEqual(['ended', 'repeated', 'repeated'])
    expect(world.writes).toHaveLength(1)
    expect((await reset({ id })).submitted.kind).toBe('repeated')
  })

  it('the same form with other values, or from somebody else, is refused', async () => {
    const { id } = await reset()
    await expect(reset({ id, user: 'eve' })).rejects.toThrow('other values')
    await expect(reset({ id, person: 'U0LEA' })).rejects.toThrow('other values')
    expect(world.writes).toHaveLength(1)
  })

  it('a form that was never opened is refused', async () => {
    await expect(reset({ id: 'made-up' })).rejects.toThrow('not one of mine')
    expect(await events()).toEqual(['refused'])
  })

  it('each further call has an intent of its own before it is sent', async () => {
    await reset({ sign_out: true })
    expect(await events()).toEqual(['intent', 'intent', 'done'])
    expect(journal.indexOf('store.append done')).toBeLessThan(
      journal.indexOf('cognito.AdminUserGlobalSignOut'),
    )
    expect(journal.indexOf('store.append done')).toBeGreaterThan(-1)
  })

  it('a second step that fails does not hide that the first was done', async () => {
    world.fates.push('ok', 'throttled')
    const { submitted } = await reset({ sign_out: true })
    expect(ended(submitted)).toMatchObject({ request: { state: 'done' } })
    expect(ended(submitted).outcome?.notes?.join(' ')).toContain('Signing out did not work')
  })
})

describe('what is refused before anything is changed', () => {
  it.each([
    ['a pool that is not managed', { pool: 'eu-west-1_OTHER' }, 'does not manage'],
    ['a user who is not there', { user: 'nobody' }, 'no such user'],
    ['somebody without the right', { person: 'U0GRACE' }, 'You may not'],
    ['somebody whom Slack cannot confirm', { person: 'U0STRANGER' }, 'could not confirm'],
  ])('%s, and it is remembered', async (_what, about, words) => {
    await expect(reset(about)).rejects.toThrow(words)
    expect(world.writes).toEqual([])
    expect(await events()).toEqual(['refused'])
  })

  it('everything, while changes are halted', async () => {
    world.halted = 'The audit channel is shared.'
    await expect(reset()).rejects.toThrow('shared')
    expect(world.writes).toEqual([])
  })

  it('a member of a protected group waits for an approval even where the policy asks for none', async () => {
    world.cognitoGroups.set('grace', ['admins'])
    const { id, submitted } = await reset()
    expect(submitted.kind).toBe('asked')
    expect(await bot.store.request(id)).toMatchObject({ state: 'pending', approvals: 1 })
    expect(world.writes).toEqual([])
  })
})

describe('how an attempt ends', () => {
  it.each([
    ['refused', 'failed'],
    ['throttled', 'failed'],
    ['never-sent', 'failed'],
    ['lost', 'unknown'],
  ] as const)(
    'with an answer that is %s it is %s, and no secret is handed over',
    async (fate, state) => {
      world.fates.push(fate)
      const { submitted } = await reset()
      expect(ended(submitted)).toMatchObject({ request: { state }, outcome: undefined })
      expect(await events()).toEqual(['intent', state])
    },
  )

  it('after its lease it is unknown, and no secret is handed over', async () => {
    const late = await startBot(world, async (port) => {
      if (port === 'cognito.AdminSetUserPassword done') world.now += LEASE_MS + 1
    })
    const { submitted } = await askFor(world, late, { pool: DEV.id })
    expect(ended(submitted)).toMatchObject({ request: { state: 'unknown' }, outcome: undefined })
    await late.close()
  })

  it('a late answer is kept as evidence once somebody else has ended the request', async () => {
    const stuck = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const slow = await startBot(world, async (port) => {
      if (port !== 'cognito.AdminSetUserPassword done') return
      reached.resolve()
      await stuck.promise
    })
    const asked = askFor(world, slow, { pool: DEV.id })
    await reached.promise
    world.now += LEASE_MS + 1
    await bot.settle()
    stuck.resolve()
    const { submitted } = await asked
    expect(ended(submitted)).toMatchObject({ request: { state: 'unknown' }, outcome: undefined })
    expect(await events()).toEqual(['intent', 'unknown', 'stale-outcome'])
    await slow.close()
  })

  it('leaves no trace of the secret in what is stored', async () => {
    const { submitted } = await reset()
    const secret = ended(submitted).outcome?.secret?.reveal() ?? ''
    expect(secret).not.toBe('')
    for (const file of readdirSync(world.folder))
      expect(readFileSync(join(world.folder, file)).includes(secret), file).toBe(false)
  })

  it('its reveal is recorded, shown or not', async () => {
    const { submitted } = await reset()
    const { request } = ended(submitted)
    await bot.workflow.revealed(request, true)
    await bot.workflow.revealed(request, false)
    expect((await events()).slice(-2)).toEqual(['revealed', 'not-revealed'])
  })
})
