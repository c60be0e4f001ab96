import { linesOf, secretIn } from '../../reading.ts'
import type { Message, View } from '../../slack/types.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { ADA, form, GRACE, KATHERINE, PROD } from './cast.ts'
import { auditLine, nowhereElse, writes } from './claims.ts'

/** One request in production, from the form to the second reveal. Alan's address is not verified. */

const ALAN = 'alan@example.com'

const textOf = ({ blocks }: { readonly blocks: Message['blocks'] }): string =>
  linesOf(blocks).join('\n')

/** Fills the form for somebody in production and ends where others have to agree. */
export async function request(scene: Scene, who: string, user: string, values: typeof form = form) {
  await scene.opens(who, 'reset-password', `${PROD.name} ${user}`)
  return scene.submits(who, values)
}

/** Presses Reveal where it stands, and gives the password that the modal shows. */
export async function reveal(scene: Scene, who: string, where: Message | 'home'): Promise<string> {
  const before = secretIn(scene.company.slack.person(who).view())
  await scene.presses(who, 'reveal', where)
  const isNew = (view: View) => ![undefined, before].includes(secretIn(view))
  return secretIn(await scene.sees(who, isNew)) ?? ''
}

const asked: Step = {
  sentence: 'In production two others have to agree. Ada asks.',
  async run(scene: Scene) {
    const before = writes(scene)
    const reply = await request(scene, ADA, ALAN)
    scene.holds(textOf(reply.view ?? { blocks: [] }).includes('2 approvals'), 'she is told so')
    await scene.closes(ADA)
    const card = await scene.card(ALAN, '0 of 2 approvals')
    const says = textOf(card)
    scene.holds(
      says.includes(form.reason) && says.includes(form.verified),
      'the card says what would happen, why, and how the person was verified',
    )
    scene.holds(says.includes('<!subteam^S0ADMINS>'), 'it calls those who may approve')
    scene.holds(writes(scene) === before, 'nothing was written to Cognito')
  },
}

const ownVote: Step = {
  sentence: 'Ada is in a hurry and presses Approve herself.',
  async run(scene: Scene) {
    await scene.presses(ADA, 'approve', await scene.card(ALAN))
    await scene.told(ADA, 'your own request')
    scene.holds(
      textOf(await scene.card(ALAN)).includes('0 of 2 approvals'),
      'her own vote does not count',
    )
    await auditLine(scene, [`<@${ADA}> voted`, 'does not count'], 'and the attempt is on record')
  },
}

const firstVote: Step = {
  sentence: 'Grace says that she is looking at it, and approves. Twice.',
  async run(scene: Scene) {
    await scene.presses(GRACE, 'claim', await scene.card(ALAN))
    const claimed = await scene.card(ALAN, `<@${GRACE}> is looking`)
    await scene.presses(GRACE, 'approve', claimed)
    const counted = await scene.card(ALAN, '1 of 2 approvals')
    scene.holds(true, 'her vote is counted, and the card says whose it is')
    await scene.presses(GRACE, 'approve', counted)
    await scene.told(GRACE, 'counted already')
    scene.holds(
      textOf(await scene.card(ALAN)).includes('1 of 2 approvals'),
      'the second click of one person is no second vote',
    )
  },
}

const killed: Step = {
  sentence: 'At this moment the bot is killed.',
  async run(scene: Scene) {
    const { bot, slack, transport } = scene.company
    const before = bot.pid
    await bot.kill()
    const answer = await scene.asks(ADA, 'whoami')
    scene.holds(answer !== '', 'Slack tells Ada that nobody answers')
    await bot.start()
    if (transport === 'socket') await slack.connected()
    scene.written.aside('Process', 'killed with signal 9, and started again')
    scene.holds(bot.pid !== before, 'a new process has taken over')
    const list = await scene.asks(ADA, 'requests')
    scene.holds(list.includes(ALAN), 'and knows what is waiting')
  },
}

const secondVote: Step = {
  sentence: 'Katherine reads the details and approves too.',
  async run(scene: Scene) {
    const before = writes(scene)
    await scene.presses(KATHERINE, 'details', await scene.card(ALAN))
    await scene.sees(KATHERINE, (view) => textOf(view).includes('1 of 2 approvals'))
    scene.holds(true, 'the first vote has outlived the process')
    await scene.closes(KATHERINE)
    await scene.presses(KATHERINE, 'approve', await scene.card(ALAN))
    await scene.card(ALAN, 'Nothing has been changed yet')
    scene.holds(
      writes(scene) === before,
      'an approval grants the right to reset: there is no password yet',
    )
  },
}

const revealed: Step = {
  sentence: 'Ada has Alan on the telephone, and reveals.',
  async run(scene: Scene) {
    const { cognito, slack } = scene.company
    const note = await scene.told(ADA, 'Approved', ALAN)
    const first = await reveal(scene, ADA, note)
    const came = await cognito.signIn(PROD.id, 'alan', first)
    scene.written.aside('Cognito', `signs Alan in with it: ${came}`)
    scene.holds(came === 'new-password-required', 'the password is right')
    await scene.card(ALAN, 'password: done')
    await nowhereElse(scene, first)
    await scene.closes(ADA)

    const second = await reveal(scene, ADA, note)
    const stale = await cognito.signIn(PROD.id, 'alan', first)
    scene.holds(
      second !== first && stale === 'refused',
      'a second reveal sets another password, and the first is worth nothing',
    )
    await scene.card(ALAN, 'attempt 2')
    scene.holds(true, 'everybody in the channel sees that it was revealed twice')
    await auditLine(
      scene,
      [`<@${ADA}> was shown`, 'Shown 2 times'],
      'and so does the audit channel',
    )
    const others = JSON.stringify([GRACE, KATHERINE].map((approver) => slack.snapshot(approver)))
    scene.holds(
      ![first, second].some((password) => others.includes(JSON.stringify(password).slice(1, -1))),
      'no approver has seen either of them',
    )
    await scene.closes(ADA)
  },
}

export const approval: readonly Step[] = [asked, ownVote, firstVote, killed, secondVote, revealed]
