import { fileURLToPath } from 'node:url'

/** The names that the bot, the floors and everything outside them agree on. */
export const world = {
  team: 'T0BENCH',
  person: 'U0ADA',
  botId: 'B0LIFEGUARD',
  botUserId: 'U0LIFEGUARD',
  supportGroup: 'S0SUPPORT',
  command: '/cognito',
  signingSecret: 'a-signing-secret-that-opens-nothing-at-all',
  botToken: 'xoxb-opens-nothing',
  appToken: 'xapp-opens-nothing',
  region: 'eu-west-1',
  accessKeyId: 'AKIABENCHMARK0000000',
  secretAccessKey: 'opens-nothing',
  pool: { id: 'eu-west-1_STAGE0001', name: 'staging-customers' },
  user: { username: 'grace', email: 'grace@example.com' },
} as const

export interface Places {
  readonly port: number
  /** API roots of Slack and Cognito. */
  readonly slackUrl: string
  readonly cognitoUrl: string
  /** Where the bot keeps its state. */
  readonly folder: string
  readonly transport: 'http' | 'socket'
}

/** The environment of every measured server, floors too. */
export function environmentOf(places: Places): Record<string, string> {
  const { port, slackUrl, cognitoUrl, folder, transport } = places
  return {
    SLACK_BOT_TOKEN: world.botToken,
    ...(transport === 'http'
      ? { SLACK_SIGNING_SECRET: world.signingSecret }
      : { SLACK_APP_TOKEN: world.appToken }),
    SLACK_API_URL: slackUrl,
    PORT: String(port),
    HOST: '127.0.0.1',
    LIFEGUARD_CONFIG: fileURLToPath(new URL('world/lifeguard.yml', import.meta.url)),
    LIFEGUARD_DATA: folder,
    AWS_REGION: world.region,
    AWS_ACCESS_KEY_ID: world.accessKeyId,
    AWS_SECRET_ACCESS_KEY: world.secretAccessKey,
    AWS_CONFIG_FILE: `${folder}/no-aws-config`,
    AWS_SHARED_CREDENTIALS_FILE: `${folder}/no-aws-credentials`,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognitoUrl,
    AWS_ENDPOINT_URL_STS: cognitoUrl,
  }
}
