import { randomInt } from 'node:crypto'
import type { Receiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { createDirectory } from './cognito/directory.ts'
import type { CognitoDirectory } from './cognito/directory.ts'
import type { Config } from './config.ts'
import { createIds } from './core/ids.ts'
import type { Clock, Store } from './core/ports.ts'
import { createWorkflow } from './core/workflow.ts'
import { operations } from './operations/index.ts'
import { loadPolicy } from './policy/load.ts'
import { createSlackApp } from './slack/app.ts'
import { AuditPosts } from './slack/audit-posts.ts'
import { slackLog } from './slack/bolt-log.ts'
import { ChannelWatch } from './slack/channels.ts'
import { createClient } from './slack/client.ts'
import type { Desk } from './slack/desk.ts'
import { HttpServer } from './slack/http-server.ts'
import { SlackPeople } from './slack/people.ts'
import { HttpReceiver } from './slack/receiver.ts'
import { slackFault } from './slack/slack-fault.ts'
import { SocketReceiver } from './slack/sockets.ts'
import { admit } from './slack/tenant.ts'
import { warmUp } from './slack/warm-up.ts'
import { createWebClients } from './slack/web-clients.ts'
import type { WebClients } from './slack/web-clients.ts'
import { openStore } from './store/store.ts'
import type { SqlStore } from './store/store.ts'
import { createHealth, healthRoutes } from './telemetry/health.ts'
import type { Health } from './telemetry/health.ts'
import { createMetrics } from './telemetry/metrics.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** The running bot. */
export interface House {
  readonly port: number
  /** Takes nothing new, finishes what is under way, closes everything. At most 15 s. */
  stop(): Promise<void>
}

export interface Surroundings {
  readonly log: Logger
  readonly now: Clock
  /** The process cannot go on: end it and let its supervisor start it again. */
  readonly onFatal: (sentence: string) => void
}

interface Shared extends Surroundings {
  readonly config: Config
  readonly metrics: Metrics
  readonly health: Health
  readonly reference: () => string
}

const HOUR_MS = 3_600_000
const RECOVER_EVERY_MS = 15_000
/** Longer than the time between two pings. */
const DEAF_AFTER_MS = 30_000
const POOLS_WITHIN_MS = 10_000

/** Builds everything from the configuration and starts it. The only file that knows every part. */
export async function compose(config: Config, around: Surroundings): Promise<House> {
  const { log, now } = around
  const ids = createIds(now)
  const metrics = createMetrics({ runtime: true })
  const health = createHealth()
  const shared: Shared = { ...around, config, metrics, health, reference: () => ids.reference() }
  let started = false
  health.condition('started', () => started || 'Lifeguard is starting.')

  const groups = config.groups.map(({ name }) => name)
  const policy = loadPolicy({ ...config, ...config.policy, groups, operations })
  for (const remark of policy.remarks) log.warn(remark, 'A remark on the policy.')
  const sql = await openStore({ folder: config.store.folder, now })
  const directory = openDirectory(shared)
  const clients = createWebClients({ ...slackAccess(shared), metrics })
  const me = await introduce(clients, config)
  const posts = auditPosts(shared, sql, directory, clients)
  const store = wakingAfter(sql, () => posts.wake())
  const people = new SlackPeople({ client: clients.interactive, groups: config.groups, now, log })
  const channels = new ChannelWatch({
    client: clients.background,
    channels: channelsOf(config),
    log,
  })

  const workflow = createWorkflow({
    operations,
    directory,
    people,
    policy,
    store,
    now,
    homeTeam: config.slack.team,
    passwordLength: config.passwordLength,
    protectedGroups: config.protectedGroups,
    halted: () => channels.trouble,
    onEnd: (operation, state) => metrics.operation(operation, state),
  })
  const desk: Desk = {
    workflow,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    directory,
    people,
    ids,
    client: createClient(clients.interactive),
    now,
    after: (ms, run) => {
      const timer = setTimeout(run, ms).unref()
      return () => clearTimeout(timer)
    },
    report: (error) => reported(shared, error),
  }

  const door = openDoor(shared, clients)
  const app = createSlackApp({
    ...me,
    receiver: door.receiver,
    botToken: config.slack.botToken,
    desk,
    logger: slackLog(log),
  })
  await Promise.all([directory.warmUp(), people.warmUp(), channels.check()])
  await withinMs(directory.refreshPools(), POOLS_WITHIN_MS)
  directory.keepFresh()
  await store.append({
    event: 'started',
    actor: 'lifeguard',
    details: { policyVersion: policy.version },
  })
  posts.start()
  await app.start()
  await door.warmUp()

  const timers = [
    every(RECOVER_EVERY_MS, () => workflow.recover(), log),
    every(RECOVER_EVERY_MS, async () => metrics.auditBacklog(await sql.outbox.backlog()), log),
    every(HOUR_MS, () => channels.check(), log),
  ]
  health.condition(
    'pools',
    () => directory.pools.refreshedAt() !== undefined || 'No user pool could be listed yet.',
  )
  started = true
  return {
    port: door.port(),
    async stop() {
      health.condition('started', () => 'Lifeguard is stopping.')
      for (const timer of timers) clearInterval(timer)
      await app.stop()
      await posts.stop()
      await door.close()
      directory.close()
      await clients.close()
      await sql.close()
    },
  }
}

/** How Slack reaches us, with the pages for machines beside it. */
interface Door {
  readonly receiver: Receiver
  port(): number
  warmUp(): Promise<void>
  close(): Promise<void>
}

function openDoor(shared: Shared, clients: WebClients): Door {
  const { config, log, now, metrics, health, reference, onFatal } = shared
  const { appToken, signingSecret, team } = config.slack
  const intake = {
    admit: (body: Parameters<typeof admit>[0]) => admit(body, { team }),
    log,
    now,
    metrics,
    reference,
  }
  const server = { ...config.http, routes: healthRoutes(health, metrics), log }

  if (appToken) {
    const receiver = new SocketReceiver({
      ...intake,
      ...slackAccess(shared),
      appToken,
      metrics,
      fetch: clients.fetch,
      onFatal,
    })
    health.condition('slack', () => hears(receiver, now()))
    const pages = new HttpServer(server)
    const opened = pages.start()
    return {
      receiver,
      port: () => pages.port,
      warmUp: () => opened,
      close: () => pages.end(),
    }
  }
  if (!signingSecret)
    throw new Error('The configuration has neither an app token nor a signing secret.')
  const receiver = new HttpReceiver({ ...intake, ...server, signingSecret })
  return {
    receiver,
    port: () => receiver.port,
    warmUp: () =>
      warmUp({ port: receiver.port, signingSecret, team, seconds: Math.floor(now() / 1000) }),
    close: async () => undefined,
  }
}

function hears(receiver: SocketReceiver, now: number): true | string {
  if (receiver.connections === 0) return 'No Socket Mode connection is open.'
  const silentMs = now - (receiver.lastSignAt ?? 0)
  return silentMs <= DEAF_AFTER_MS || `Slack has been silent for ${Math.round(silentMs / 1000)} s.`
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

function slackAccess({ config, log }: Shared) {
  const { botToken, apiUrl } = config.slack
  return {
    botToken,
    slackLog: slackLog(log),
    log,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  }
}

function channelsOf({ slack }: Config): readonly string[] {
  return [...new Set([slack.auditChannel, slack.approvalsChannel].filter((id) => id !== undefined))]
}

/** Whatever is written to the audit log is to be posted soon. */
function wakingAfter(store: Store, wake: () => void): Store {
  const then = async <T>(written: Promise<T>): Promise<T> => written.finally(wake)
  return {
    open: (request, entry) => then(store.open(request, entry)),
    swap: (from, to, entry) => then(store.swap(from, to, entry)),
    append: (entry) => then(store.append(entry)),
    request: (id) => store.request(id),
    abandoned: (now) => store.abandoned(now),
  }
}

/** Logs a fault whole; the person gets the reference. Slack's errors are named by their code alone. */
function reported({ log, reference }: Shared, error: unknown): string {
  const name = reference()
  const slack = slackFault(error)
  log.error({ err: error, code: slack.code, reference: name }, 'A fault.')
  return name
}

function every(ms: number, run: () => Promise<unknown>, log: Logger): NodeJS.Timeout {
  return setInterval(() => {
    run().catch((error: unknown) => log.error({ err: error }, 'A recurring task failed.'))
  }, ms).unref()
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), ms)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
