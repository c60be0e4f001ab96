import { fieldsIn, secretIn } from '../../reading.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'
import { ADA, DEV, form, GUS, MALLORY, STAGING } from './cast.ts'
import { auditLine, nowhereElse, writes } from './claims.ts'

/** What one person does alone, where the policy asks nobody else. */

const CUSTOMER = 'grace@example.com'

export const help: Step = {
  sentence: 'Ada works in support. She asks what she can do here.',
  async run(scene: Scene) {
    const answer = await scene.asks(ADA, 'help')
    scene.holds(answer.includes('/cognito reset-password'), 'help offers what her groups allow')
  },
}

const mistyped: Step = {
  sentence: 'She mistypes the command.',
  async run(scene: Scene) {
    const answer = await scene.asks(ADA, 'reset-pasword')
    scene.holds(answer.includes('/cognito reset-password'), 'the nearest command is offered')
  },
}

export const prefilled: Step = {
  sentence: 'A customer is locked out. Ada opens the form with the pool and the user in it.',
  async run(scene: Scene) {
    const view = await scene.opens(ADA, 'reset-password', `${STAGING.name} ${CUSTOMER}`)
    const shows = new Map(fieldsIn(view).map((field) => [field.name, field.shows]))
    scene.holds(shows.get('pool')?.includes(STAGING.name) ?? false, 'the pool is filled in')
    scene.holds(shows.get('user')?.includes(CUSTOMER) ?? false, 'the user is filled in')
  },
}

const live: Step = {
  sentence: 'The pickers search while she types.',
  async run(scene: Scene) {
    const pools = await scene.searches(ADA, 'pool', 'dev')
    scene.holds(
      pools.length === 1 && pools[0]?.value === DEV.id,
      'pools are found by a part of their name',
    )
    const users = await scene.searches(ADA, 'user', 'mary')
    scene.holds(
      users.filter((user) => user.text.text.includes('mary.')).length === 2,
      'two people with one name are told apart by their addresses',
    )
  },
}

const fieldError: Step = {
  sentence: 'She is in a hurry, and gives no real reason.',
  async run(scene: Scene) {
    const reply = await scene.submits(ADA, { ...form, reason: 'x' })
    scene.holds(
      reply.errors?.['reason'] !== undefined,
      'the form stays open and says what is missing, under the field',
    )
    const view = scene.company.slack.person(ADA).view()
    const kept = view && fieldsIn(view).find((field) => field.name === 'verified')
    scene.holds(kept?.shows === form.verified, 'what she had written is still there')
  },
}

export const temporary: Step = {
  sentence: 'Now with a reason: the password is shown once, to her alone.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    const reply = await scene.submits(ADA, form)
    const password = secretIn(reply.view)
    scene.holds(password?.length === 22, 'a password of 22 characters stands in the modal')

    const first = await cognito.signIn(STAGING.id, 'grace', password)
    scene.written.aside('Cognito', `signs Grace in with it: ${first}`)
    scene.holds(first === 'new-password-required', 'it signs in, and has to be changed at once')
    const own = 'My-own-Words-are-12-long'
    const second = await cognito.signIn(STAGING.id, 'grace', password, own)
    scene.holds(second === 'ok', 'Grace chooses her own password and is in')
    const again = await cognito.signIn(STAGING.id, 'grace', password)
    scene.holds(again === 'refused', 'the temporary password is worth nothing any more')

    await auditLine(
      scene,
      [`<@${ADA}> did`, 'grace', STAGING.name],
      'the audit channel says who did what to whom, and why',
    )
    await nowhereElse(scene, password)
    await scene.closes(ADA)
  },
}

const code: Step = {
  sentence: 'In dev she lets Cognito send a code instead: then no colleague sees a secret.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    const before = cognito.outbox.length
    await scene.opens(ADA, 'reset-password', `${DEV.name} ${CUSTOMER}`)
    const reply = await scene.submits(ADA, { ...form, method: 'email-code' })
    scene.holds(
      reply.view !== undefined && secretIn(reply.view) === undefined,
      'no secret is shown',
    )
    const mail = cognito.outbox.slice(before).find((one) => one.to === CUSTOMER)
    scene.holds(mail !== undefined, 'Grace has a code in her inbox')
    const came = await cognito.enterCode(DEV.id, 'grace', mail.secret, 'My-own-Words-are-12-long')
    scene.written.aside('Cognito', `takes the code and Grace’s new password: ${came}`)
    scene.holds(came === 'ok', 'the code lets her choose a new password')
    await scene.closes(ADA)
  },
}

const federated: Step = {
  sentence: 'The next customer signs in with Google.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    const user = cognito.pools.users(STAGING.id).find((one) => one.status === 'EXTERNAL_PROVIDER')
    const address = user?.attributes.get('email') ?? ''
    const before = writes(scene)
    await scene.opens(ADA, 'reset-password', `${STAGING.name} ${address}`)
    const reply = await scene.submits(ADA, form)
    scene.holds(
      reply.errors?.['user']?.includes('no password') ?? false,
      'the form says why there is nothing to reset, and whom to ask',
    )
    scene.holds(writes(scene) === before, 'nothing was written to Cognito')
    await scene.closes(ADA)
  },
}

const contractor: Step = {
  sentence: 'Mallory is in support too, yet a contractor.',
  async run(scene: Scene) {
    const answer = await scene.asks(MALLORY, `reset-password ${STAGING.name} ${CUSTOMER}`)
    scene.holds(answer.includes('contractors-never'), 'the policy that says no is named')
  },
}

const guest: Step = {
  sentence: 'Gus is a guest of the workspace.',
  async run(scene: Scene) {
    const answer = await scene.asks(GUS, `reset-password ${STAGING.name} ${CUSTOMER}`)
    scene.holds(answer.includes('guest'), 'guests are not let in, whatever the policy says')
  },
}

export const alone: readonly Step[] = [
  help,
  mistyped,
  prefilled,
  live,
  fieldError,
  temporary,
  code,
  federated,
]

/** People who get nowhere. */
export const outsiders: readonly Step[] = [contractor, guest]
