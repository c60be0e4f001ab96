import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBot } from '../../../playground/bot.ts'
import type { Bot } from '../../../playground/bot.ts'
import { startCognito } from '../../../playground/cognito/index.ts'
import type { LocalCognito, UserSpec } from '../../../playground/cognito/index.ts'
import { environmentOf } from '../../../playground/company.ts'
import { freePort } from '../../../playground/free-port.ts'
import { watchSecrets } from '../../../playground/shown-secrets.ts'
import type { ShownSecrets } from '../../../playground/shown-secrets.ts'
import { startSlack } from '../../../playground/slack/index.ts'
import type { Actor, LocalSlack } from '../../../playground/slack/types.ts'
import * as world from '../../../playground/world.ts'

export const transports = ['http', 'socket'] as const
export type Transport = (typeof transports)[number]

export const PROD = { id: 'eu-west-1_PROD00001', name: 'customers' }
export const STAGING = { id: 'eu-west-1_STAGE0001', name: 'staging-customers' }

const supporters = Array.from({ length: 40 }, (_, n) => `U0SUP${String(n).padStart(2, '0')}`)
/** Everybody in the group `cognito-admins`, who approve. */
export const approvers = ['U0GRACE', 'U0LINUS', 'U0MARIA', 'U0NINA'] as const

export interface FirmOptions {
  readonly transport?: Transport
  /** Processes of the bot that share one store (default 1). */
  readonly bots?: number
  /** Top-level members of lifeguard.yml, over those of the playground's world. */
  readonly settings?: Readonly<Record<string, string>>
  /** Cedar policies beside those of the playground's world. */
  readonly rules?: string
  readonly logLevel?: string
  /** Address of a Postgres database in place of the file. */
  readonly database?: string
}

/** A local Slack, a local Cognito and one or more processes of the bot, which may die and come back. */
export interface Firm extends AsyncDisposable {
  readonly transport: Transport
  readonly slack: LocalSlack
  readonly cognito: LocalCognito
  readonly secrets: ShownSecrets
  readonly folder: string
  /** Where the store is: the folder, or the database's address. */
  readonly place: string
  readonly bots: readonly Bot[]
  /** One for each process. */
  readonly urls: readonly string[]
  /** Everything the processes wrote. */
  readonly lines: readonly string[]
  /** A member of Support whom nobody has used yet. */
  supporter(): Actor
  /** A user of the pool whom nobody has used yet: confirmed, with a verified e-mail address. */
  customer(pool: string, spec?: Partial<UserSpec>): string
  /** HTTP: what is sent from now on goes to this process. */
  deliverTo(bot: number): void
  /** kill -9 for every process. */
  kill(): Promise<void>
  /** Starts every process anew, with these rules from now on; the clocks may be ahead of ours. */
  start(changed?: { readonly rules?: string; readonly aheadMs?: number }): Promise<void>
  /** Waits until this holds; an error counts as "not yet". */
  until(look: () => unknown, timeoutMs?: number): Promise<void>
}

export async function openFirm(options: FirmOptions = {}): Promise<Firm> {
  const { transport = 'http', bots: count = 1, database } = options
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-firm-'))
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const [cognito, slack] = await Promise.all([startCognito(), startSlack(workspace(transport))])
  const lines: string[] = []
  const unused = supporters.values()
  let customers = 0
  let bots: readonly Bot[] = []

  const firm: Firm = {
    transport,
    slack,
    cognito,
    folder,
    urls,
    lines,
    place: database ?? folder,
    secrets: watchSecrets(slack),
    get bots() {
      return bots
    },
    supporter() {
      const id = unused.next().value
      if (id === undefined) throw new Error('Every supporter has a story already: add more.')
      return slack.person(id)
    },
    customer(pool, spec = {}) {
      customers += 1
      const username = `customer-${customers}`
      const attributes = { email: `${username}@example.com`, email_verified: 'true' }
      cognito.pools.addUser(pool, { username, attributes, ...spec })
      return username
    },
    deliverTo: (bot) => slack.deliverTo(`${urls[bot]}/slack/events`),
    kill: async () => {
      await Promise.all(bots.map((bot) => bot.kill()))
    },
    async start({ rules = options.rules, aheadMs = 0 } = {}) {
      const config = await writeConfig(folder, options.settings ?? {}, rules ?? '')
      bots = ports.map((port, nth) =>
        createBot({
          url: `http://127.0.0.1:${port}`,
          environment: {
            ...environmentOf({ slack, cognito, transport, folder, port }, { ...options, config }),
            ...(database === undefined ? {} : { DATABASE_URL: database }),
          },
          patienceMs: 60_000,
          onLine: (line) => lines.push(`${nth} ${line}`),
        }),
      )
      await Promise.all(bots.map((bot) => bot.start(aheadMs)))
      if (transport === 'socket') await slack.connected()
      else firm.deliverTo(0)
    },
    until: async (look, timeoutMs = 15_000) => {
      const holds = () => {
        try {
          return look() !== false
        } catch {
          return false
        }
      }
      await slack.until(holds, timeoutMs).catch((error: unknown) => {
        look()
        throw error
      })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(bots.map((bot) => bot.stop()))
      await Promise.all([slack.close(), cognito.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
  await firm.start().catch(async (error: unknown) => {
    await firm[Symbol.asyncDispose]()
    throw error
  })
  return firm
}

function workspace(transport: Transport) {
  const more = [...supporters, ...approvers]
    .filter((id) => world.personas.every(({ person }) => person.id !== id))
    .map((id) => ({ id, name: id.toLowerCase().slice(2) }))
  return {
    team: world.team,
    users: [...world.personas.map(({ person }) => person), ...more],
    usergroups: world.usergroups.map((group) => ({ ...group, users: members(group) })),
    channels: world.channels.map((channel) => ({
      ...channel,
      members: [...(channel.members ?? []), ...more.map(({ id }) => id)],
    })),
    manifest: world.manifestPath,
    settleMs: 20,
    ...(transport === 'http' ? { deliverTo: 'http://127.0.0.1:9/' } : {}),
  }
}

function members({ handle, users }: (typeof world.usergroups)[number]): readonly string[] {
  if (handle === 'support') return [...users, ...supporters]
  return handle === 'cognito-admins' ? approvers : users
}

/** The playground's settings and policy, with these changes; the path of the settings. */
async function writeConfig(
  folder: string,
  settings: Readonly<Record<string, string>>,
  rules: string,
): Promise<string> {
  const given = await readFile(world.configPath, 'utf8')
  const unchanged = given
    .split('\n')
    .filter((line) => !Object.hasOwn(settings, line.split(':')[0] ?? ''))
  const added = Object.entries(settings).map(([name, value]) => `${name}: ${value}`)
  const path = join(folder, 'lifeguard.yml')
  await writeFile(path, [...unchanged, ...added, ''].join('\n'))
  const policy = await readFile(world.configPath.replace('lifeguard.yml', 'policy.cedar'), 'utf8')
  await writeFile(join(folder, 'policy.cedar'), `${policy}\n${rules}\n`)
  return path
}
