import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBot } from './bot.ts'
import type { Bot } from './bot.ts'
import { startCognito } from './cognito/index.ts'
import type { LocalCognito } from './cognito/index.ts'
import { freePort } from './free-port.ts'
import { watchSecrets } from './shown-secrets.ts'
import type { ShownSecrets } from './shown-secrets.ts'
import { startSlack } from './slack/index.ts'
import type { LocalSlack, SlackOptions } from './slack/index.ts'
import * as world from './world.ts'

export type Transport = 'http' | 'socket'

/** A local Slack, a local Cognito and the real bot between them. */
export interface Company {
  readonly transport: Transport
  readonly slack: LocalSlack
  readonly cognito: LocalCognito
  readonly bot: Bot
  /** A password that appears outside its modal is a problem of the local Slack. */
  readonly secrets: ShownSecrets
  /** Where the bot answers `/healthz`, `/readyz` and `/metrics`. */
  readonly url: string
  /** Where the bot keeps its state (LIFEGUARD_DATA). Outlives the process, not this company. */
  readonly folder: string
  /** Starts the bot anew with its clock so many milliseconds ahead of everybody else's. */
  moveClock(aheadMs: number): Promise<void>
  /** Ends the bot, both servers, and removes the bot's folder. */
  close(): Promise<void>
}

export interface CompanyOptions {
  readonly transport?: Transport
  /** What the bot writes to its log (default `info`). */
  readonly logLevel?: string
  /** Another program than the real bot. */
  readonly program?: string
  /** Path of another lifeguard.yml. */
  readonly config?: string
  /** Over this world's people, user groups and channels. */
  readonly workspace?: Partial<Pick<SlackOptions, 'users' | 'usergroups' | 'channels'>>
  /** Told of every line the bot writes. */
  readonly onLine?: (line: string) => void
}

/** Starts everything; the bot is ready when this resolves. */
export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const transport = options.transport ?? 'http'
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-'))
  const cognito = await startCognito()
  const slack = await startSlack({
    team: world.team,
    users: world.personas.map((persona) => persona.person),
    usergroups: world.usergroups,
    channels: world.channels,
    ...options.workspace,
    ...(existsSync(world.manifestPath) ? { manifest: world.manifestPath } : {}),
    ...(transport === 'http' ? { deliverTo: `http://127.0.0.1:${port}/slack/events` } : {}),
  })
  const url = `http://127.0.0.1:${port}`
  const bot = createBot({
    url,
    environment: environmentOf({ slack, cognito, transport, port, folder }, options),
    ...(options.program === undefined ? {} : { program: options.program }),
    ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
  })
  const company: Company = {
    transport,
    slack,
    cognito,
    bot,
    secrets: watchSecrets(slack),
    url,
    folder,
    moveClock: async (aheadMs) => {
      await bot.stop()
      await bot.start(aheadMs)
      if (transport === 'socket') await slack.connected()
    },
    close: async () => {
      await bot.stop()
      await Promise.all([slack.close(), cognito.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
  await bot.start().catch(async (error: unknown) => {
    await company.close()
    throw error
  })
  if (transport === 'socket') await slack.connected()
  return company
}

interface Places {
  readonly slack: LocalSlack
  readonly cognito: LocalCognito
  readonly transport: Transport
  readonly port: number
  readonly folder: string
}

/** The public contract and nothing else: no variable of this process reaches the bot. */
export function environmentOf(
  places: Places,
  options: Pick<CompanyOptions, 'logLevel' | 'config'>,
): Record<string, string> {
  const { logLevel = 'info', config = world.configPath } = options
  const { slack, cognito, transport, port, folder } = places
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(transport === 'http'
      ? { SLACK_SIGNING_SECRET: slack.signingSecret }
      : { SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: slack.url,
    PORT: String(port),
    HOST: '127.0.0.1',
    LIFEGUARD_CONFIG: config,
    LIFEGUARD_DATA: folder,
    LOG_LEVEL: logLevel,
    AWS_REGION: world.region,
    AWS_ACCESS_KEY_ID: 'AKIAPLAYGROUND000000',
    AWS_SECRET_ACCESS_KEY: 'local-only',
    AWS_CONFIG_FILE: join(folder, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
    AWS_ENDPOINT_URL_STS: cognito.url,
  }
}
