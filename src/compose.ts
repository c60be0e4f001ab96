import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { createDirectory } from './cognito/directory.ts'
import type { CognitoDirectory } from './cognito/directory.ts'
import { openDoor } from './compose/door.ts'
import { after, every, reported, slackAccess, withinMs } from './compose/shared.ts'
import type { Shared, Surroundings } from './compose/shared.ts'
import type { Config } from './config.ts'
import { createIds } from './core/ids.ts'
import { ceilingsFor } from './core/limits.ts'
import type { Inventory, Store } from './core/ports.ts'
import { rehearse } from './core/rehearsal.ts'
import { createRunner } from './core/runner.ts'
import { createWorkflow } from './core/workflow/create.ts'
import { poolRuleFor } from './domain/pool-rules.ts'
import { operations } from './operations/index.ts'
import { loadPolicy } from './policy/load.ts'
import { SAMPLE_PERSON, samplePool } from './policy/matrix.ts'
import { createSlackApp } from './slack/app.ts'
import { AuditPosts } from './slack/audit-posts.ts'
import { BoardFault, SlackBoard } from './slack/board.ts'
import { slackLog } from './slack/bolt-log.ts'
import { ChannelWatch } from './slack/channels.ts'
import { createClient } from './slack/client.ts'
import { sentenceOf } from './slack/desk.ts'
import type { Desk } from './slack/desk.ts'
import { Homes } from './slack/homes.ts'
import { SlackPeople } from './slack/people.ts'
import { createWebClients } from './slack/web-clients.ts'
import type { WebClients } from './slack/web-clients.ts'
import { openStore } from './store/store.ts'
import type { SqlStore } from './store/store.ts'
import { createHealth } from './telemetry/health.ts'
import { createMetrics } from './telemetry/metrics.ts'

/** The running bot. */
export interface House {
  readonly port: number
  /** Takes nothing new, finishes what is under way, closes everything. At most 15 s. */
  stop(): Promise<void>
}

const HOUR_MS = 3_600_000
const BACKLOG_EVERY_MS = 15_000
const POOLS_WITHIN_MS = 10_000
/** A few combinations of groups; what is left goes on while people come. */
const REHEARSED_WITHIN_MS = 250

/** Builds everything from the configuration and starts it. The only file that knows every part. */
export async function compose(config: Config, around: Surroundings): Promise<House> {
  const { log, now } = around
  const ids = createIds(now)
  const metrics = createMetrics({ runtime: true })
  const health = createHealth()
  const shared: Shared = { ...around, config, metrics, health, reference: () => ids.reference() }
  let started = false
  health.condition('started', () => started || 'Lifeguard is starting.')

  const policy = policyOf(shared)
  const sql = await openStore({ ...config.store, now })
  const directory = openDirectory(shared)
  const clients = createWebClients({ ...slackAccess(shared), metrics })
  const me = await introduce(clients, config)
  const approvalsChannel = config.slack.approvalsChannel ?? config.slack.auditChannel

  const posts = auditPosts(shared, sql, directory, clients)
  const store = wakingAfter(sql, () => {
    posts.wake()
    runner.wake()
  })
  const people = new SlackPeople({ client: clients.interactive, groups: config.groups, now, log })
  const channels = new ChannelWatch({
    client: clients.background,
    channels: [...new Set([config.slack.auditChannel, approvalsChannel])],
    log,
  })
  const board = new SlackBoard({
    client: clients.background,
    channel: approvalsChannel,
    store,
    groups: config.groups,
    now,
    log,
    onDrawn: (request) => homes.drawn(request),
  })
  const workflow = createWorkflow({
    operations,
    directory,
    people,
    policy,
    store,
    board,
    now,
    homeTeam: config.slack.team,
    inventory: inventoryOf(config),
    times: config.approvals,
    ceilings: (requester, pool) => ceilingsFor(config.limits, requester, pool),
    halted: () => channels.trouble,
    breathe: () => setImmediate(),
    onEnd: (operation, state) => metrics.operation(operation, state),
  })
  const client = createClient(clients.interactive)
  const report = (error: unknown) => reported(shared, error)
  const homes: Homes = new Homes({
    overview: (person) => workflow.overview(person),
    publish: (person, view) => client.publish(person, view),
    sentenceOf: (error) => sentenceOf(desk, error),
    now,
    after,
    report,
  })
  const desk: Desk = {
    workflow,
    directory,
    people,
    ids,
    client,
    homes,
    approvalsChannel,
    now,
    after,
    report,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
  const runner = createRunner({
    store: sql,
    now,
    after,
    work: (job) => workflow.work(job),
    retryAfterMs: (error) => (error instanceof BoardFault ? error.retryAfterMs : undefined),
    onFault: (error, job) =>
      log.warn(
        { err: error, kind: job?.kind, request: job?.request },
        'A job will be tried again.',
      ),
  })

  const door = openDoor(shared, clients)
  const { botToken } = config.slack
  const { receiver } = door
  const app = createSlackApp({ ...me, receiver, botToken, desk, logger: slackLog(log) })
  await Promise.all([directory.warmUp(), people.warmUp(), channels.check()])
  await withinMs(directory.refreshPools(), POOLS_WITHIN_MS)
  directory.keepFresh()
  const details = { policyVersion: policy.version }
  await store.append({ event: 'started', actor: 'lifeguard', details })
  posts.start()
  runner.start()
  await app.start()
  await door.warmUp()

  const cancels = [
    every(BACKLOG_EVERY_MS, async () => metrics.auditBacklog(await sql.outbox.backlog()), shared),
    every(HOUR_MS, () => channels.check(), shared),
  ]
  const listed = () => directory.pools.refreshedAt() !== undefined
  health.condition('pools', () => listed() || 'No user pool could be listed yet.')
  let ending = false
  const rehearsal = rehearse({
    members: people.members(),
    operations,
    rights: workflow.rights,
    breathe: () => setImmediate(),
    isOver: () => ending,
  }).catch(report)
  await withinMs(rehearsal, REHEARSED_WITHIN_MS)
  started = true
  return {
    port: door.port(),
    async stop() {
      health.condition('started', () => 'Lifeguard is stopping.')
      for (const cancel of cancels) cancel()
      ending = true
      await rehearsal
      await app.stop()
      await runner.stop()
      await posts.stop()
      await door.close()
      directory.close()
      await clients.close()
      await sql.close()
    },
  }
}

function policyOf({ config, log }: Shared) {
  const groups = config.groups.map(({ name }) => name)
  const vocabulary = { ...config, groups, operations }
  const policy = loadPolicy({ ...vocabulary, ...config.policy })
  for (const remark of policy.remarks) log.warn(remark, 'A remark on the policy.')
  // Cedar's first ruling costs 30 ms more than the next: not while somebody waits.
  const [environment = ''] = config.environments
  const pool = samplePool(vocabulary, environment)
  const nobody = { person: SAMPLE_PERSON, groups: [], requester: SAMPLE_PERSON }
  policy.mayApprove({ ...nobody, pool, operation: operations[0]?.name ?? '', approvals: 0 })
  return policy
}

/** What operations may know of the configuration. */
function inventoryOf(config: Config): Inventory {
  const { environments, accounts, pools, protectedGroups, passwordLength, bulkMost } = config
  return {
    environments,
    accounts,
    protectedGroups,
    passwordLength,
    bulkMost,
    // A pool that is about to be created has no id that a rule could name.
    environmentOf: ({ name, tags }) => poolRuleFor(pools, { id: '', name, tags })?.environment,
  }
}

function openDirectory({ config, log, now, metrics }: Shared): CognitoDirectory {
  return createDirectory({
    accounts: config.accounts,
    rules: config.pools,
    now,
    random: () => randomInt(1_000_000) / 1_000_000,
    onCall: ({ call, error }) => metrics.awsCall(call, error ?? 'ok'),
    onTarget: (target) =>
      target.state === 'degraded'
        ? log.warn(target, 'User pools of this account and region cannot be listed.')
        : log.info(target, 'User pools listed.'),
  })
}

function auditPosts(
  shared: Shared,
  sql: SqlStore,
  directory: CognitoDirectory,
  clients: WebClients,
) {
  const { config, log, now } = shared
  return new AuditPosts({
    outbox: sql.outbox,
    head: () => sql.head(),
    client: clients.background,
    channel: config.slack.auditChannel,
    names: {
      pool: (id) => {
        const pool = directory.pools.get(id)
        return pool && `${pool.name} (${pool.environment})`
      },
      operation: (name) => operations.find((operation) => operation.name === name)?.title,
    },
    now,
    log,
  })
}

/** Who we are to Slack; a token of another workspace is a configuration fault. */
async function introduce({ background }: WebClients, config: Config) {
  const { team_id: team, bot_id: botId, user_id: botUserId } = await background.auth.test()
  if (team !== config.slack.team)
    throw new Error(
      `SLACK_BOT_TOKEN belongs to the workspace ${team}, and lifeguard.yml names ${config.slack.team}. Correct one of the two.`,
    )
  if (!botId || !botUserId) throw new Error('SLACK_BOT_TOKEN is not the token of a bot.')
  return { botId, botUserId }
}

/** Entries are posted and jobs are done as soon as they are written. */
function wakingAfter(store: SqlStore, wake: () => void): Store {
  const then = async <T>(written: Promise<T>): Promise<T> => written.finally(wake)
  return {
    ...store,
    open: async (request, along) => then(store.open(request, along)),
    swap: async (from, to, along) => then(store.swap(from, to, along)),
    vote: async (vote, from, to, along) => then(store.vote(vote, from, to, along)),
    append: async (...entries) => then(store.append(...entries)),
    endStep: async (step, along) => then(store.endStep(step, along)),
    enqueue: async (...jobs) => then(store.enqueue(...jobs)),
  }
}
