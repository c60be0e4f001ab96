import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import type { Actor, Message } from '../../../playground/slack/types.ts'
import { linesOf as linesIn } from '../../../playground/reading.ts'
import { eventsOf, linesOf, linesWritten } from '../ledger.ts'
import {
  DEV,
  openWorkplace,
  PROD,
  saidIn,
  STAGING,
  textOf,
  transports,
  valuesOf,
} from '../workplace.ts'
import type { Workplace } from '../workplace.ts'

const LINUS = 'U0LINUS'

/** Opens the form of a section as Linus of Platform. */
async function changing(place: Workplace, pool: { name: string }, section: string): Promise<Actor> {
  const linus = place.slack.person(LINUS)
  if (linus.view()) await linus.close({ all: true })
  await linus.slash('/cognito', `update-pool ${pool.name} ${section}`)
  const view = await linus.waitForView((one) => one.callback_id === 'operation/update-pool')
  const openedAt = Number.parseInt(view.private_metadata.slice(0, 9), 36)
  await place.until(() =>
    place.slack.calls.some(
      ({ method, args, at }) => method === 'users.info' && args['user'] === LINUS && at >= openedAt,
    ),
  )
  await (await fetch(`${place.url}/healthz`)).text()
  return linus
}

const daysOf = (place: Workplace, pool: { id: string }) =>
  place.cognito.pools.get(pool.id).settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays

describe.each(transports)('pools in chat over %s', (transport) => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace({ transport })
  })
  afterAll(() => place.close())

  const asks = async (who: string, text: string) => {
    const person = place.slack.person(who)
    if (person.view()) await person.close({ all: true })
    const reply = await person.slash('/cognito', text)
    const seen = await person
      .waitForView((view) => view.blocks.length > 1, 10_000)
      .catch(() => undefined)
    return { person, text: seen ? linesIn(seen.blocks).join('\n') : saidIn(reply) }
  }

  it('a summary costs two calls to Cognito, and none again within a minute', async () => {
    await asks('U0GRACE', 'show-pool dev-customers')
    const mark = place.mark()
    await asks('U0GRACE', 'show-pool dev-customers')
    expect(place.calls(mark).cognito).toEqual([])
    expect(place.calls(mark).slack.filter((method) => method.startsWith('views'))).toEqual([
      'views.open',
    ])
  })

  it('details hold every member, section by section', async () => {
    const { person } = await asks(LINUS, 'show-pool staging-customers')
    await person.click('view', actionOf(person, 'Details'))
    const view = await person.waitForView((one) =>
      linesIn(one.blocks).join().includes('Lambda triggers'),
    )
    expect(linesIn(view.blocks).join('\n')).toContain('Deletion protection')
  })

  it('compares two pools and says only what differs', async () => {
    const { text } = await asks('U0ADA', 'compare-pools customers staging-customers')
    expect(text).toMatch(/ \| /)
    expect(text).not.toContain('eu-west-1_PROD00001')
  })

  it('changes one setting: three calls of which one writes, and the proof on the screen', async () => {
    const linus = await changing(place, STAGING, 'password_policy')
    expect(valuesOf(linus.view())).toMatchObject({ section: 'password_policy' })
    const before = structuredClone(place.cognito.pools.get(STAGING.id).settings)
    await linus.set({ temporary_password_validity_days: '30', reason: 'Ticket 12' })
    const mark = place.mark()

    const { view } = await linus.submit()

    expect(place.calls(mark).cognito.toSorted()).toEqual([
      'DescribeUserPool',
      'DescribeUserPool',
      'GetUserPoolMfaConfig',
      'GetUserPoolMfaConfig',
      'UpdateUserPool',
    ])
    expect(place.calls(mark).slack).toEqual([])
    expect(textOf(view)).toMatch(/Nothing else changed/)
    expect(textOf(view)).toMatch(/days → 30 days/)
    const after = structuredClone(place.cognito.pools.get(STAGING.id).settings)
    const { Policies: _one, AdminCreateUserConfig: _two, ...same } = before
    expect(after).toMatchObject(same)
    expect(after.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(30)
  })

  it('takes a change back, and refuses when it was changed again since', async () => {
    const before = daysOf(place, DEV)
    const linus = await changing(place, DEV, 'password_policy')
    await linus.submit({ temporary_password_validity_days: '21', reason: 'Ticket 13' })
    expect(daysOf(place, DEV)).toBe(21)
    await linus.close({ all: true })

    await linus.slash('/cognito', 'restore-pool dev-customers')
    await linus.waitForView((view) => view.callback_id === 'operation/restore-pool')
    const options = await linus.search('change', '')
    expect(options[0]?.text.text).toMatch(/Temporary password validity/)
    await linus.set({ change: options[0]?.value ?? '', reason: 'A mistake' })
    const { view } = await linus.submit()
    expect(textOf(view)).toMatch(/Nothing else changed/)
    expect(daysOf(place, DEV)).toBe(before)
  })

  it('says under the field what is wrong, and changes nothing', async () => {
    const linus = await changing(place, STAGING, 'add_ons')
    const mark = place.mark()
    const reply = await linus.submit({ advanced_security_mode: 'AUDIT', reason: 'Ticket 14' })
    expect(reply.errors?.['advanced_security_mode']).toMatch(/Plus.*Nothing was changed/)
    expect(place.calls(mark).cognito).not.toContain('UpdateUserPool')
  })

  it('shows AWS’s own words when AWS refuses, and keeps what was typed', async () => {
    const linus = await changing(place, STAGING, 'password_policy')
    place.cognito.fail({ operation: 'UpdateUserPool', kind: 'access-denied' })
    const reply = await linus.submit({ minimum_length: '14', reason: 'Ticket 15' })
    expect(saidIn(reply)).toMatch(/role does not allow.*Nothing was changed/)
    expect(valuesOf(reply.view)).toMatchObject({ minimum_length: '14' })
  })

  it('refuses a form that was filled from settings that are out of date', async () => {
    const linus = await changing(place, STAGING, 'password_policy')
    place.cognito.pools.changeSettings(STAGING.id, (pool) => {
      pool.settings = { ...pool.settings, UserPoolTags: { changed: 'meanwhile' } }
    })
    const reply = await linus.submit({ minimum_length: '15', reason: 'Ticket 16' })
    expect(reply.errors?.['section']).toMatch(/since the form was opened/)
  })

  it('a lost answer is settled by a look at the pool', async () => {
    const linus = await changing(place, STAGING, 'password_policy')
    place.cognito.fail({ operation: 'UpdateUserPool', kind: 'reset-after-commit' })
    const reply = await linus.submit({ minimum_length: '16', reason: 'Ticket 17' })
    expect(saidIn(reply)).toMatch(/A look at the pool shows that it was done/)
    expect(
      place.cognito.pools.get(STAGING.id).settings.Policies?.PasswordPolicy?.MinimumLength,
    ).toBe(16)
    await linus.close({ all: true })
    await linus.slash('/cognito', `restore-pool ${STAGING.name}`)
    await linus.waitForView((view) => view.callback_id === 'operation/restore-pool')
    const [latest] = await linus.search('change', '')
    expect(latest?.text.text).toMatch(/Minimum length: .* → 16/)
  })

  it('what moved right after the write is a loud warning, on the screen and in the log', async () => {
    const linus = await changing(place, STAGING, 'password_policy')
    place.cognito.pools.drift(STAGING.id, {
      path: 'UserPoolTags',
      value: { rogue: 'yes' },
      afterUpdates: 1,
    })
    await linus.submit({ minimum_length: '17', reason: 'Ticket 18' })
    // Cognito is given time to show the change, so the result follows the acknowledgement.
    const view = await linus.waitForView((one) => !textOf(one).includes('Working on it'), 10_000)
    expect(textOf(view)).toMatch(/Also different, and not asked for: Tags/)
    const lines = await linesOf(place.folder, { operation: 'update-pool' })
    expect(lines.some(({ details }) => String(details['alarm']).includes('not asked for'))).toBe(
      true,
    )
  })

  it('a pool with settings that the SDK does not know is shown, and never written', async () => {
    place.cognito.pools.addPool({
      ...richPool,
      settings: { ...richPool.settings, Name: 'dev-rich' },
    })
    place.cognito.pools.injectUnknown(DEV.id, { path: 'Policies.PasswordPolicy.Brand', value: 1 })
    const linus = await changing(place, DEV, 'password_policy')
    const reply = await linus.submit({ minimum_length: '18', reason: 'Ticket 19' })
    expect(saidIn(reply)).toMatch(/Policies\.PasswordPolicy\.Brand.*Upgrade/)
    expect(
      place.cognito.requests.filter(
        ({ operation, input }) =>
          operation === 'UpdateUserPool' &&
          JSON.stringify(input).includes(DEV.id) &&
          JSON.stringify(input).includes('"MinimumLength":18'),
      ),
    ).toEqual([])
  })

  it('Support may not change a pool, and is told why', async () => {
    const reply = await place.slack.person('U0ADA').slash('/cognito', 'update-pool customers')
    expect(saidIn(reply)).toMatch(/does not let you use update-pool/)
  })

  // What a list lacks is read in the background: a test that counts calls does not come after it.
  it('lists the pools that a person may see, and shows one with what deserves attention', async () => {
    const { text } = await asks('U0ADA', 'list-pools')
    for (const { name } of [PROD, STAGING, DEV]) expect(text).toContain(name)
    const { text: shown, person } = await asks('U0ADA', 'show-pool customers')
    expect(shown).toContain('Temporary passwords')
    expect(shown).toMatch(/Read from Cognito .* ago/)
    const labels = JSON.stringify(person.view()?.blocks)
    expect(labels).toContain('Compare')
    // Support may look, and not change.
    expect(labels).not.toContain('update-pool')
  })
})

/** The `action_id` of the button with this label in the open view. */
function actionOf(person: Actor, label: string): string {
  const elements = (person.view()?.blocks ?? []).flatMap((block): unknown[] =>
    Array.isArray(block['elements']) ? block['elements'] : [],
  )
  const buttons = elements as { action_id?: string; text?: { text?: string } }[]
  return buttons.find(({ text }) => text?.text === label)?.action_id ?? ''
}

describe('a change in production', () => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace()
  })
  afterAll(() => place.close())

  const card = async (words: string): Promise<Message> => {
    const found = () =>
      place.slack
        .channel('C0APPROVE')
        .messages.findLast(({ thread_ts: thread }) => thread === undefined)
    await place.until(() =>
      linesIn(found()?.blocks ?? [])
        .join('\n')
        .includes(words),
    )
    return found() as Message
  }
  const approve = async (who: string, words: string) => {
    const { channel, ts } = await card(words)
    await place.slack.person(who).click({ channel, ts }, 'approve')
  }

  it('waits for two approvals, runs as it was shown, and is on record with its pictures', async () => {
    const linus = await changing(place, PROD, 'password_policy')
    const reply = await linus.submit({ temporary_password_validity_days: '45', reason: 'Holidays' })
    expect(textOf(reply.view)).toContain('2 approvals')
    const shown = linesIn((await card('45 days')).blocks).join('\n')
    expect(shown).toMatch(/does not revive/)
    await approve('U0GRACE', '0 of 2 approvals')
    await approve('U0KATHERINE', '1 of 2 approvals')
    await card('Change a pool: done')
    expect(daysOf(place, PROD)).toBe(45)
    const lines = await linesWritten(place.folder, { operation: 'update-pool' }, 5)
    expect(eventsOf(lines)).toEqual([
      'asked',
      'approved-by',
      'approved-by',
      'approved',
      'intent',
      'done',
    ])
    expect(lines.at(-1)?.aws_request_ids).toHaveLength(1)
  })

  it('goes back to the approvers when the pool has moved meanwhile, and names what', async () => {
    const linus = await changing(place, PROD, 'password_policy')
    await linus.submit({ minimum_length: '20', reason: 'Longer' })
    await approve('U0GRACE', '0 of 2 approvals')
    await card('1 of 2 approvals')
    place.cognito.pools.changeSettings(PROD.id, (pool) => {
      pool.settings = { ...pool.settings, UserPoolTags: { moved: 'meanwhile' } }
    })
    await approve('U0KATHERINE', '1 of 2 approvals')
    const back = linesIn((await card('earlier votes no longer count')).blocks).join('\n')
    expect(back).toContain('Changed meanwhile: Tags')
    expect(
      place.cognito.pools.get(PROD.id).settings.Policies?.PasswordPolicy?.MinimumLength,
    ).not.toBe(20)
  })
})

describe('a new pool', () => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace()
  })
  afterAll(() => place.close())

  const open = async (text = '') => {
    const linus = place.slack.person(LINUS)
    if (linus.view()) await linus.close({ all: true })
    await linus.slash('/cognito', `create-pool ${text}`.trim())
    await linus.waitForView((view) => view.callback_id === 'operation/create-pool')
    return linus
  }
  const where = { environment: 'dev', account: 'main', region: 'eu-west-1' }

  it('gets no environment that lifeguard.yml does not give it', async () => {
    const linus = await open('partners')
    const reply = await linus.submit({ ...where, reason: 'Ticket 20' })
    expect(reply.errors?.['environment']).toMatch(/lifeguard\.yml.*in none/)
  })

  it('is refused with the path of every fault of its settings text', async () => {
    const linus = await open('dev-customers')
    const reply = await linus.submit({
      ...where,
      settings: 'DeletionProtection: MAYBE\nPoolname: x',
      reason: 'Ticket 21',
    })
    expect(reply.errors?.['settings']).toMatch(
      /DeletionProtection is one of ACTIVE, INACTIVE.*Poolname is no member/,
    )
  })

  it('is made as it was asked for, with the request’s own tag, and read back', async () => {
    const linus = await open('dev-customers')
    await linus.set({ ...where, reason: 'Ticket 22' })
    const { view } = await linus.submit({
      temporary_password_validity_days: '14',
      settings: JSON.stringify({ Schema: [{ Name: 'plan', AttributeDataType: 'String' }] }),
    })
    expect(textOf(view)).toMatch(/dev-customers is created/)
    const made = place.cognito.pools
      .all()
      .find(({ id, settings }) => settings.Name === 'dev-customers' && id !== DEV.id)
    expect(made?.settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(14)
    expect(made?.settings.SchemaAttributes?.some(({ Name }) => Name === 'custom:plan')).toBe(true)
    expect(Object.keys(made?.settings.UserPoolTags ?? {})).toContain('lifeguard:request')
    expect(made?.settings.DeletionProtection).toBe('ACTIVE')
  })

  it('is made once when the answer was lost', async () => {
    const before = place.cognito.pools.all().length
    const linus = await open('dev-customers')
    await linus.set({ ...where, reason: 'Ticket 23' })
    place.cognito.fail({ operation: 'CreateUserPool', kind: 'reset-after-commit' })
    const reply = await linus.submit()
    expect(saidIn(reply)).toMatch(/shows that it was done/)
    expect(place.cognito.pools.all().length).toBe(before + 1)
  })

  it('is a clone of another, and what cannot come along is named', async () => {
    const linus = await open('dev-customers')
    await linus.set({ clone_of: PROD.id })
    await linus.waitForView((view) =>
      view.blocks.some(({ block_id: id }) => id === 'with_triggers'),
    )
    await linus.set({ ...where, reason: 'Ticket 24' })
    const { view } = await linus.submit()
    expect(textOf(view)).toMatch(/dev-customers is created/)
    const [source, made] = [place.cognito.pools.get(PROD.id), place.cognito.pools.all().at(-1)]
    expect(made?.settings.Policies).toEqual(source.settings.Policies)
    expect(made?.settings.UsernameAttributes).toEqual(source.settings.UsernameAttributes)
  })
})
