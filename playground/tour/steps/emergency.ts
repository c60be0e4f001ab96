import { linesOf, secretIn } from '../../reading.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { request } from './approval.ts'
import { GRACE, KATHERINE, MARGARET, PROD } from './cast.ts'
import { auditLine } from './claims.ts'

/** Nobody can approve at four in the morning. */

const JACKSON = 'mary.jackson@example.com'
const REASON = 'Checkout is down, she is the only one with the keys, and nobody answers the phone.'

const glass: Step = {
  sentence: 'It is night, and Margaret leads the shift. The policy lets leads break the glass.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    await request(scene, MARGARET, JACKSON)
    await scene.presses(MARGARET, 'break-glass', 'view')
    await scene.sees(MARGARET, (view) => view.callback_id === 'break-glass')
    const habit = await scene.submits(MARGARET, { reason: REASON, confirm: 'yes' })
    scene.holds(habit.errors?.['confirm'] !== undefined, 'a click out of habit is not enough')
    const reply = await scene.submits(MARGARET, { confirm: 'break glass' })
    const password = secretIn(reply.view)
    scene.holds(password !== undefined, 'she acts alone')
    const came = await cognito.signIn(PROD.id, 'mary', password)
    scene.holds(came === 'new-password-required', 'and the password is right')
    await scene.closes(MARGARET)
    await scene.card(JACKSON, 'password: done', 'acted alone', REASON)
  },
}

const review: Step = {
  sentence: 'Every approver who was not asked hears of it. One of them reviews it.',
  async run(scene: Scene) {
    await scene.told(GRACE, 'acted alone', REASON)
    const note = await scene.told(KATHERINE, 'acted alone', REASON)
    await scene.presses(MARGARET, 'review', await scene.card(JACKSON))
    await scene.told(MARGARET, 'somebody else')
    scene.holds(true, 'Margaret cannot close her own review')
    await scene.presses(KATHERINE, 'review', note)
    const card = await scene.card(JACKSON, `Reviewed by <@${KATHERINE}>`)
    scene.holds(
      !linesOf(card.blocks).join(' ').includes('[I have reviewed'),
      'the review is closed',
    )
    await auditLine(
      scene,
      [`<@${MARGARET}> broke the glass`],
      'the audit record keeps who was not asked',
    )
  },
}

export const emergency: readonly Step[] = [glass, review]
