import { buttonIn } from '../../reading.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { request } from './approval.ts'
import { ADA, GRACE, KATHERINE } from './cast.ts'
import { writes } from './claims.ts'

/** Every time is as in lifeguard.yml: the bot is started anew with its clock moved. */

const MINUTE_MS = 60_000
const ALAN = 'alan@example.com'
const EVELYN = 'evelyn@example.com'

async function later(scene: Scene, minutes: number, words: string): Promise<void> {
  await scene.company.moveClock(minutes * MINUTE_MS)
  scene.written.aside('Clock', `${words} later`)
}

const waiting: Step = {
  sentence: 'Ada asks twice. One request is approved, and she goes home.',
  async run(scene: Scene) {
    await request(scene, ADA, ALAN)
    await scene.closes(ADA)
    await scene.card(ALAN, '0 of 2')
    await request(scene, ADA, EVELYN)
    await scene.closes(ADA)
    await scene.presses(GRACE, 'approve', await scene.card(EVELYN, '0 of 2'))
    await scene.presses(KATHERINE, 'approve', await scene.card(EVELYN, '1 of 2'))
    await scene.told(ADA, 'Approved', EVELYN)
  },
}

const reminded: Step = {
  sentence: 'Nobody answers for Alan. The approvers are reminded, then the leads are called.',
  async run(scene: Scene) {
    await later(scene, 31, 'Half an hour')
    await scene.reply(ALAN, '<!subteam^S0ADMINS>', 'Still waiting')
    scene.holds(true, 'after remind_after, in the thread of the card')
    await scene.told(ADA, EVELYN, 'expired')
    await scene.card(EVELYN, 'expired')
    scene.holds(true, 'an approval that is not used within reveal_within ends')
    await later(scene, 61, 'Another half an hour')
    await scene.reply(ALAN, '<!subteam^S0LEADS>')
    scene.holds(true, 'after escalate_after, the second group')
  },
}

const expired: Step = {
  sentence: 'The time is up.',
  async run(scene: Scene) {
    const before = writes(scene)
    await later(scene, 241, 'Three hours')
    await scene.told(ADA, ALAN, 'expired')
    const card = await scene.card(ALAN, 'expired')
    scene.holds(buttonIn(card.blocks, 'approve') === undefined, 'and nobody can approve too late')
    scene.holds(writes(scene) === before, 'nothing was written to Cognito')
  },
}

export const time: readonly Step[] = [waiting, reminded, expired]
