import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fieldsIn, linesOf, secretIn } from '../reading.ts'
import { auditChannel } from '../world.ts'
import type { Scene } from './scene.ts'
import type { Step } from './walk.ts'

const ADA = 'U0ADA'
const MALLORY = 'U0MALLORY'
const GUS = 'U0GUS'
const STAGING = { id: 'eu-west-1_STAGE0001', name: 'staging-customers' }
const DEV = { id: 'eu-west-1_DEV000001', name: 'dev-customers' }
const PROD = { id: 'eu-west-1_PROD00001', name: 'customers' }
const GRACE = 'grace@example.com'

const form = {
  method: 'temporary',
  verified: 'Called back on the number we have on file',
  reason: 'Ticket 4711: locked out after a new phone',
} as const

const help: Step = {
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

const prefilled: Step = {
  sentence: 'A customer is locked out. Ada opens the form with the pool and the user in it.',
  async run(scene: Scene) {
    const view = await scene.opens(ADA, 'reset-password', `${STAGING.name} ${GRACE}`)
    const shows = new Map(fieldsIn(view).map((field) => [field.name, field.shows]))
    scene.holds(shows.get('pool')?.includes(STAGING.name) ?? false, 'the pool is filled in')
    scene.holds(shows.get('user')?.includes(GRACE) ?? false, 'the user is filled in')
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

const temporary: Step = {
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

    await auditLine(scene, ['@Ada', 'grace', STAGING.name])
    await nowhereElse(scene, password)
    await scene.closes(ADA)
  },
}

/** Waits for a line in the audit channel that holds all of these words. */
async function auditLine(scene: Scene, words: readonly string[]): Promise<void> {
  const { slack } = scene.company
  const named = words.map((word) => word.replace('@Ada', `<@${ADA}>`))
  const message = await slack.until(
    () =>
      slack
        .channel(auditChannel)
        .messages.find((one) =>
          linesOf(one.blocks).some((line) => named.every((word) => line.includes(word))),
        ),
    10_000,
  )
  scene.written.message(message, '#audit')
  scene.holds(true, 'the audit channel says who did what to whom, and why')
}

/** The password may stand in modals alone: not in a message, the log, or the bot's own files. */
async function nowhereElse(scene: Scene, password: string): Promise<void> {
  const { slack, bot, folder } = scene.company
  const { channels, directMessages, ephemerals } = slack.snapshot(ADA)
  const messages = [...channels.flatMap(({ messages }) => messages), ...directMessages]
  scene.holds(
    !JSON.stringify([...messages, ...ephemerals]).includes(password),
    'no message holds the password',
  )
  scene.holds(!bot.log.some((line) => line.includes(password)), 'the bot’s log does not hold it')
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  )
  scene.holds(
    contents.length > 0 && !contents.some((bytes) => bytes.includes(password)),
    'the bot’s files do not hold it',
  )
}

const code: Step = {
  sentence: 'In dev she lets Cognito send a code instead: then no colleague sees a secret.',
  async run(scene: Scene) {
    const { cognito } = scene.company
    const before = cognito.outbox.length
    await scene.opens(ADA, 'reset-password', `${DEV.name} ${GRACE}`)
    const reply = await scene.submits(ADA, { ...form, method: 'email-code' })
    scene.holds(
      reply.view !== undefined && secretIn(reply.view) === undefined,
      'no secret is shown',
    )
    const mail = cognito.outbox.slice(before).find((one) => one.to === GRACE)
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

const writes = ({ company }: Scene): number =>
  company.cognito.requests.filter((request) => /^Admin(Set|Reset|User)/u.test(request.operation))
    .length

const production: Step = {
  sentence: 'In production the policy asks for two approvals.',
  async run(scene: Scene) {
    const before = writes(scene)
    await scene.opens(ADA, 'reset-password', `${PROD.name} ${GRACE}`)
    const reply = await scene.submits(ADA, form)
    const answer = reply.view ? linesOf(reply.view.blocks).join(' ') : ''
    scene.holds(/2 approvals|two approvals/u.test(answer), 'it says so, and which policy asks')
    scene.holds(writes(scene) === before, 'nothing was written to Cognito')
    await scene.closes(ADA)
  },
}

const contractor: Step = {
  sentence: 'Mallory is in support too, yet a contractor.',
  async run(scene: Scene) {
    const answer = await scene.asks(MALLORY, `reset-password ${STAGING.name} ${GRACE}`)
    scene.holds(answer.includes('contractors-never'), 'the policy that says no is named')
  },
}

const guest: Step = {
  sentence: 'Gus is a guest of the workspace.',
  async run(scene: Scene) {
    const answer = await scene.asks(GUS, `reset-password ${STAGING.name} ${GRACE}`)
    scene.holds(answer.includes('guest'), 'guests are not let in, whatever the policy says')
  },
}

const killed: Step = {
  sentence: 'The bot is killed in the middle of the day, and comes back.',
  async run(scene: Scene) {
    const { bot, slack } = scene.company
    const before = bot.pid
    await bot.kill()
    const answer = await scene.asks(ADA, 'whoami')
    scene.holds(answer !== '', 'Slack tells Ada that nobody answers')
    await bot.start()
    if (scene.company.transport === 'socket') await slack.connected()
    scene.written.aside('Process', 'killed with signal 9, and started again')
    scene.holds(bot.pid !== before, 'a new process has taken over')
    const later = await scene.asks(ADA, 'help')
    scene.holds(later.includes('/cognito reset-password'), 'and it answers as before')
  },
}

const clean: Step = {
  sentence: 'Slack has watched all of it.',
  async run(scene: Scene) {
    const { problems, deliveries } = scene.company.slack
    for (const problem of problems) scene.written.aside('Slack', problem)
    const slowest = Math.max(...deliveries.map((delivery) => delivery.ms ?? 0))
    const summary = `${deliveries.length} deliveries, the slowest acknowledged after ${Math.round(slowest)} ms`
    scene.written.aside('Slack', summary)
    scene.holds(problems.length === 0, 'it would have refused nothing')
  },
}

/** The whole journey. */
export const everything: readonly Step[] = [
  help,
  mistyped,
  prefilled,
  live,
  fieldError,
  temporary,
  code,
  federated,
  production,
  contractor,
  guest,
  killed,
  clean,
]

/** The same bot over the other transport: enough to see that nothing else is different. */
export const inShort: readonly Step[] = [help, prefilled, temporary, clean]
