import { linesOf } from '../../reading.ts'
import type { Message, View } from '../../slack/types.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { ADA, form, GRACE, KATHERINE, STAGING } from './cast.ts'
import { auditLine, writes } from './claims.ts'

/** “I cannot sign in”: the user is looked at, and gets what helps in the state they are in. */

const EDSGER = 'edsger@example.com'
const HEDY = 'hedy@example.com'
const SEVERAL = 'Several users at once'

const textOf = (shown: Pick<Message | View, 'blocks'> | undefined): string =>
  linesOf(shown?.blocks ?? []).join('\n')

const userIn = ({ company }: Scene, username: string) =>
  company.cognito.pools.user(STAGING.id, username)

const found: Step = {
  sentence: 'Edsger cannot sign in, and does not know where he is registered. Ada searches.',
  async run(scene: Scene) {
    const { requests } = scene.company.cognito
    const mark = requests.length
    await scene.opens(ADA, 'find-user', '')
    const { view } = await scene.submits(ADA, { text: EDSGER })
    const lists = requests.slice(mark).filter(({ operation }) => operation === 'ListUsers')
    scene.holds(
      lists.length === 3 && textOf(view).includes(STAGING.name),
      'all pools are searched at once, with one question each',
    )
    await scene.closes(ADA)
  },
}

const understood: Step = {
  sentence: 'She looks at him in staging.',
  async run(scene: Scene) {
    const said = await scene.asks(ADA, `show-user ${STAGING.name} ${EDSGER}`)
    scene.holds(
      said.includes('was invited') && said.includes('has probably expired'),
      'it says in words why he cannot sign in',
    )
    scene.holds(said.includes('Invite again'), 'and the first button is what helps')
  },
}

const invited: Step = {
  sentence: 'She invites him again.',
  async run(scene: Scene) {
    const { outbox } = scene.company.cognito
    const before = writes(scene)
    await scene.opens(ADA, 'resend-invitation', `${STAGING.name} ${EDSGER}`)
    await scene.submits(ADA, { reason: 'Ticket 4720: the invitation has expired' })
    await scene.closes(ADA)
    scene.holds(
      outbox.at(-1)?.to === EDSGER && writes(scene) === before + 1,
      'Cognito mails a new temporary password, and nobody here sees it',
    )
  },
}

const disabled: Step = {
  sentence: 'Hedy cannot sign in either. Ada tries to send her a code.',
  async run(scene: Scene) {
    const before = writes(scene)
    await scene.opens(ADA, 'reset-password', `${STAGING.name} ${HEDY}`)
    const { errors } = await scene.submits(ADA, { ...form, method: 'email-code' })
    await scene.closes(ADA)
    scene.holds(
      errors?.['user']?.includes('Enable the user first') === true && writes(scene) === before,
      'what would not help is refused with the reason, before anything is sent',
    )
    await scene.opens(ADA, 'enable-user', `${STAGING.name} ${HEDY}`)
    await scene.submits(ADA, { reason: 'Ticket 4721: back from leave' })
    await scene.closes(ADA)
    scene.holds(userIn(scene, 'hedy').enabled, 'Hedy can sign in again')
  },
}

const several: Step = {
  sentence: 'Two people have left. Ada asks for both to be kept out, in one request.',
  async run(scene: Scene) {
    await scene.opens(ADA, 'bulk', `${STAGING.name} disable`)
    await scene.submits(ADA, {
      users: 'frances@example.com\nevelyn@example.com\njohn@example.com',
      reason: 'Ticket 4722: left the company',
    })
    await scene.closes(ADA)
    const card = await scene.cardTitled(SEVERAL, '2 users', '0 of 2 approvals')
    scene.holds(
      textOf(card).includes('Left out') && textOf(card).includes('john'),
      'the card lists everybody, and leaves out a member of a protected group',
    )
    await scene.presses(GRACE, 'approve', card)
    await scene.presses(
      KATHERINE,
      'approve',
      await scene.cardTitled(SEVERAL, '2 users', '1 of 2 approvals'),
    )
    await scene.cardTitled(SEVERAL, '2 of 2 done')
    scene.holds(
      !userIn(scene, 'frances').enabled && !userIn(scene, 'evelyn').enabled,
      'one plan, one request, and what came of each',
    )
    scene.holds(userIn(scene, 'john').enabled, 'John is as he was')
    await auditLine(scene, [`<@${ADA}> did`, 'for frances', 'Disabled'], 'each step is on record')
  },
}

export const users: readonly Step[] = [found, understood, invited, disabled, several]
