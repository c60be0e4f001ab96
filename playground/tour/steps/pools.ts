import { isDeepStrictEqual } from 'node:util'
import { fieldsIn, linesOf } from '../../reading.ts'
import type { Message } from '../../slack/types.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { GRACE, KATHERINE, LINUS, PROD } from './cast.ts'
import { auditLine } from './claims.ts'

/** One setting of the production pool, changed with two approvals, proven, and taken back. */

const CARD = 'Change a pool'
const BACK = 'Undo a pool change'

const textOf = ({ blocks }: { readonly blocks: Message['blocks'] }): string =>
  linesOf(blocks).join('\n')

const settingsOf = ({ company }: Scene) => company.cognito.pools.get(PROD.id).settings

const validityOf = (scene: Scene) =>
  settingsOf(scene).Policies?.PasswordPolicy?.TemporaryPasswordValidityDays

/** Everything but the setting that the tour changes, and its legacy twin. */
function restOf(scene: Scene): readonly unknown[] {
  const { Policies, AdminCreateUserConfig, ...rest } = settingsOf(scene)
  const { TemporaryPasswordValidityDays: _days, ...password } = Policies?.PasswordPolicy ?? {}
  const { UnusedAccountValidityDays: _legacy, ...admin } = AdminCreateUserConfig ?? {}
  return structuredClone([rest, Policies?.SignInPolicy, password, admin])
}

const seen: Step = {
  sentence: 'Linus of Platform looks at the production pool.',
  async run(scene: Scene) {
    const said = await scene.asks(LINUS, `show-pool ${PROD.name}`)
    scene.holds(said.includes('Temporary passwords'), 'he reads how it is set up, in words')
  },
}

const before: { rest: readonly unknown[]; days: number } = { rest: [], days: 0 }

const asked: Step = {
  sentence: 'He wants temporary passwords to last for 30 days, and nothing else to move.',
  async run(scene: Scene) {
    before.rest = restOf(scene)
    before.days = validityOf(scene) ?? 0
    const view = await scene.opens(LINUS, 'update-pool', `${PROD.name} password_policy`)
    const days = fieldsIn(view).find(({ name }) => name === 'temporary_password_validity_days')
    scene.holds(days?.shows === String(before.days), 'the form starts from how it is now')
    const reply = await scene.submits(LINUS, {
      temporary_password_validity_days: '30',
      reason: 'Ticket 4712: people are on holiday',
    })
    scene.holds(textOf(reply.view ?? { blocks: [] }).includes('2 approvals'), 'two have to agree')
    await scene.closes(LINUS)
    const card = await scene.cardTitled(CARD, '0 of 2 approvals')
    scene.holds(
      textOf(card).includes('30 days') && textOf(card).includes('does not revive'),
      'the card shows the difference and what follows from it',
    )
  },
}

async function agree(scene: Scene, title: string): Promise<void> {
  await scene.presses(GRACE, 'approve', await scene.cardTitled(title, '0 of 2 approvals'))
  await scene.presses(KATHERINE, 'approve', await scene.cardTitled(title, '1 of 2 approvals'))
  await scene.cardTitled(title, `${title}: done`)
}

const changed: Step = {
  sentence: 'Grace and Katherine agree.',
  async run(scene: Scene) {
    await agree(scene, CARD)
    scene.holds(validityOf(scene) === 30, 'temporary passwords last for 30 days')
    scene.holds(
      isDeepStrictEqual(restOf(scene), before.rest),
      'and not one other setting has moved',
    )
    await scene.told(LINUS, 'Nothing else changed')
    await auditLine(scene, [`<@${LINUS}> did`, 'Nothing else changed'], 'the proof is on record')
  },
}

const restored: Step = {
  sentence: 'It was the wrong pool. Linus takes the change back, by the same way.',
  async run(scene: Scene) {
    await scene.opens(LINUS, 'restore-pool', PROD.name)
    const [latest] = await scene.searches(LINUS, 'change', '')
    await scene.submits(LINUS, { change: latest?.value ?? '', reason: 'Wrong pool' })
    await scene.closes(LINUS)
    await agree(scene, BACK)
    scene.holds(
      validityOf(scene) === before.days && isDeepStrictEqual(restOf(scene), before.rest),
      'the pool is exactly as it was',
    )
  },
}

export const pools: readonly Step[] = [seen, asked, changed, restored]
