import { linesOf, secretIn } from '../../reading.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { request, reveal } from './approval.ts'
import { ADA, form, GRACE, KATHERINE, PROD, STAGING } from './cast.ts'
import { auditLine, writes } from './claims.ts'

/** Requests that end otherwise than the requester wished, or later. */

const EVELYN = 'evelyn@example.com'
const FRANCES = 'frances@example.com'
const MARY = 'mary.smith@example.com'
const JOHN = 'john@example.com'

const denied: Step = {
  sentence: 'Grace denies a request, and has to say why.',
  async run(scene: Scene) {
    await request(scene, ADA, EVELYN)
    await scene.closes(ADA)
    await scene.presses(GRACE, 'deny', await scene.card(EVELYN, '0 of 2'))
    await scene.sees(GRACE, (view) => view.callback_id === 'deny')
    const short = await scene.submits(GRACE, { reason: 'no' })
    scene.holds(short.errors?.['reason'] !== undefined, 'a word is not enough')
    const why = 'She was here this morning and uses her authenticator app. Please call her back.'
    await scene.submits(GRACE, { reason: why })
    await scene.told(ADA, 'denied', why)
    scene.holds(true, 'Ada knows what to do next')
    await scene.card(EVELYN, 'denied', why)
    scene.holds(true, 'and the card is closed')
  },
}

const withdrawn: Step = {
  sentence: 'Ada asks for Frances, hears that she is fine again, and withdraws.',
  async run(scene: Scene) {
    await request(scene, ADA, FRANCES)
    await scene.presses(ADA, 'withdraw', 'view')
    await scene.sees(ADA, (view) => linesOf(view.blocks).join(' ').includes('on record'))
    await scene.card(FRANCES, 'withdrawn')
    scene.holds(true, 'nobody has to decide about it any more')
    await scene.closes(ADA)
  },
}

const changed: Step = {
  sentence: 'Mary is approved. Before Ada reveals, somebody asks Mary to reset in Cognito.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    await request(scene, ADA, MARY)
    await scene.closes(ADA)
    await scene.presses(GRACE, 'approve', await scene.card(MARY, '0 of 2'))
    await scene.presses(KATHERINE, 'approve', await scene.card(MARY, '1 of 2'))
    const note = await scene.told(ADA, 'Approved', MARY)
    cognito.pools.change(PROD.id, 'mary2', (user) => {
      user.status = 'RESET_REQUIRED'
    })
    scene.written.aside('Cognito', 'Mary has to choose a new password now')

    const before = writes(scene)
    await scene.presses(ADA, 'reveal', note)
    await scene.sees(ADA, (view) => linesOf(view.blocks).join(' ').includes('approvers'))
    scene.holds(
      writes(scene) === before,
      'what was approved is not what would happen: it is not done',
    )
    await scene.closes(ADA)
    await scene.card(MARY, '0 of 2', 'already asked')
    scene.holds(
      true,
      'it is back with the approvers, the difference is shown, the votes are cleared',
    )
  },
}

const again: Step = {
  sentence: 'The approvers read the difference and still agree. Katherine does so on her Home tab.',
  async run(scene: Scene) {
    await scene.presses(GRACE, 'approve', await scene.card(MARY, '0 of 2'))
    await scene.card(MARY, '1 of 2')
    await scene.home(KATHERINE, MARY, '1 of 2')
    await scene.presses(KATHERINE, 'approve', 'home')
    await scene.card(MARY, 'approved')
    await scene.home(ADA, MARY, 'may reveal')
    const password = await reveal(scene, ADA, 'home')
    scene.holds(password.length === 22, 'the plan that was read last is the one that runs')
    await scene.card(MARY, 'password: done')
    await scene.closes(ADA)
  },
}

const guarded: Step = {
  sentence: 'John is in the Cognito group “admins”. Even in staging, and even by Grace, not alone.',
  async run(scene: Scene) {
    const before = writes(scene)
    await scene.opens(GRACE, 'reset-password', `${STAGING.name} ${JOHN}`)
    const reply = await scene.submits(GRACE, { ...form, method: 'email-code' })
    scene.holds(secretIn(reply.view) === undefined, 'members of a protected group need an approval')
    await scene.closes(GRACE)
    await scene.presses(GRACE, 'approve', await scene.card(JOHN, '0 of 1'))
    await scene.told(GRACE, 'your own request')
    scene.holds(writes(scene) === before, 'Grace may approve what others ask for, not this')
    await scene.presses(KATHERINE, 'approve', await scene.card(JOHN, '0 of 1'))
    await scene.told(GRACE, 'has sent')
    scene.holds(
      writes(scene) === before + 1,
      'there is no secret to wait for: it is done with the last vote, once',
    )
    await scene.card(JOHN, 'password: done')
  },
}

const lists: Step = {
  sentence: 'Ada looks at what became of it all.',
  async run(scene: Scene) {
    const list = await scene.asks(ADA, 'requests')
    const states = ['Done', 'Denied', 'Withdrawn']
    scene.holds(
      states.every((state) => list.includes(state)),
      'her requests and their states, without leaving the channel',
    )
    await auditLine(scene, [`<@${GRACE}> denied`, 'evelyn'], 'the audit channel has them all')
  },
}

export const refusals: readonly Step[] = [denied, withdrawn, changed, again, guarded, lists]
