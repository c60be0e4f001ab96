import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsOf, expectBalancedBooks, linesOf, writesIn } from './ledger.ts'
import { grounds, openWorkplace, saidIn, secretOf, STAGING, textOf } from './workplace.ts'
import type { Workplace } from './workplace.ts'

const config = fileURLToPath(new URL('protected.lifeguard.yml', import.meta.url))
const temporary = { ...grounds, method: 'temporary' }

describe('rights', () => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace({ config })
  })
  afterAll(() => place.close())

  /** Submits a filled form of somebody who could open it, and gives what they are told. */
  async function refusedAfter(change: (id: string) => void): Promise<string> {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    change(who.id)
    const form = await place.form(who, STAGING, user)
    expect(form.submit).not.toBeNull()
    const reply = await who.submit(temporary)
    expect(writesIn(place.cognito.requests, user)).toEqual([])
    expect(eventsOf(await linesOf(place.folder, { actor: who.id }))).toEqual(['refused'])
    return saidIn(reply)
  }

  it('refuses the form of somebody who has left the group, though memory let it open', async () => {
    const said = await refusedAfter((id) => {
      const members = place.slack.users().map((user) => user.id)
      place.slack.setUsergroup(
        'S0SUPPORT',
        members.filter((member) => member.startsWith('U0SUP') && member !== id),
      )
    })
    expect(said).toContain('no policy allows it for you')
  })

  it('refuses the form of somebody who has become a guest', async () => {
    const said = await refusedAfter((id) => place.slack.setUser(id, { is_restricted: true }))
    expect(said).toContain('does not work for guest accounts')
  })

  it('refuses when Slack cannot say who somebody is', async () => {
    const said = await refusedAfter(() =>
      place.slack.faults.inject('users.info', { kind: 'status', status: 503 }, 2),
    )
    expect(said).toContain('Slack could not confirm who you are just now, so nothing was done')
  })

  it('tells a supporter who they are and what they may do, in the acknowledgement', async () => {
    const who = place.supporter()
    const mark = place.mark()
    const whoami = saidIn(await who.slash('/cognito', 'whoami'))
    expect(whoami).toContain('Groups: support')
    expect(whoami).toContain('You may ask for: reset-password')
    const help = saidIn(await who.slash('/cognito', 'help'))
    expect(help).toContain('/cognito reset-password customers ada@example.com')
    expect(saidIn(await who.slash('/cognito'))).toBe(help)
    expect(place.calls(mark)).toEqual({ slack: [], cognito: [] })
  })

  it('tells somebody in no group that they have no rights yet, and whom to ask', async () => {
    const who = place.slack.person(place.nobody)
    await who.slash('/cognito', 'whoami')
    await place.until(() => {
      expect(saidTo(place)).toMatch(/Groups[\s\S]*none/)
    })
    const help = saidIn(await who.slash('/cognito', 'help'))
    expect(help).not.toContain('reset-password')
    expect(help).toContain('Ask a Cognito admin to add you to a group')
  })

  it.each(['john', 'john@example.com'])(
    'asks for an approval for a member of a protected group, named as %s',
    async (name) => {
      const who = place.supporter()
      await place.form(who, STAGING, name)
      const reply = await who.submit(temporary)
      expect(saidIn(reply)).toContain('1 approval needed')
      expect(writesIn(place.cognito.requests, 'john')).toEqual([])
      const lines = await linesOf(place.folder, { actor: who.id })
      expect(eventsOf(lines)).toEqual(['asked'])
    },
  )

  it('resets everybody else, with one more read beside the first', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set(temporary)
    const mark = place.mark()
    expect(secretOf((await who.submit()).view)).toBeDefined()
    const { slack, cognito } = place.calls(mark)
    expect(slack).toEqual([])
    expect(cognito.toSorted()).toEqual([
      'AdminGetUser',
      'AdminListGroupsForUser',
      'AdminSetUserPassword',
    ])
    expect(cognito.at(-1)).toBe('AdminSetUserPassword')
  })

  it('leaves balanced books, and nothing that Slack would refuse', async () => {
    await expectBalancedBooks(place)
    expect(place.slack.problems).toEqual([])
  })
})

/** Everything the person in no group was told so far. */
function saidTo({ slack, nobody }: Workplace): string {
  const said = slack.ephemerals(nobody).map(({ text }) => text)
  return [...said, textOf(slack.person(nobody).view())].join('\n')
}
