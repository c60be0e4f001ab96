import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { startCognito } from '../../playground/cognito/index.ts'
import { startSlack } from '../../playground/slack/index.ts'
import * as world from '../../playground/world.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { doctor } from '../../src/cli/doctor.ts'
import { operations } from '../../src/operations/index.ts'

const AWS_SECRET = 'local-only-aws-secret'

/** A healthy company on this machine, and the doctor who looks at it. Whatever is changed ails. */
export async function clinic() {
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-doctor-'))
  const file = (name: string) => join(folder, name)
  const cognito = await startCognito()
  const slack = await startSlack({
    team: world.team,
    users: world.personas.map(({ person }) => person),
    usergroups: world.usergroups,
    channels: world.channels,
    manifest: world.manifestPath,
  })
  await copyFile(world.configPath, file('lifeguard.yml'))
  await copyFile(join(world.configPath, '../policy.cedar'), file('policy.cedar'))
  const healthy: Readonly<Record<string, string>> = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
    LIFEGUARD_CONFIG: file('lifeguard.yml'),
    LIFEGUARD_DATA: file('data'),
    AWS_REGION: world.region,
    AWS_ACCESS_KEY_ID: 'AKIAPLAYGROUND000000',
    AWS_SECRET_ACCESS_KEY: AWS_SECRET,
    AWS_CONFIG_FILE: file('no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: file('no-aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
    AWS_ENDPOINT_URL_STS: cognito.url,
  }

  /** What the doctor prints with these variables on top, and the exit code. */
  const examine = async (ailing: Readonly<Record<string, string | undefined>> = {}) => {
    const env = { ...healthy, ...ailing }
    // The SDK reads the variables of the process by itself.
    for (const [name, value] of Object.entries(env))
      if (name.startsWith('AWS_')) vi.stubEnv(name, value)
    const printed: string[] = []
    const say = (line: string) => void printed.push(line.replaceAll(`${folder}/`, ''))
    const code = await dispatch(['doctor'], [doctor], {
      env,
      operations,
      print: say,
      complain: (line) => say(`complaint: ${line}`),
    })
    return { code, printed, ailing: printed.filter((line) => line.startsWith('✗')) }
  }

  return {
    folder,
    slack,
    cognito,
    healthy,
    examine,
    /** Rewrites lifeguard.yml. */
    settings: async (change: (text: string) => string) =>
      writeFile(file('lifeguard.yml'), change(await readFile(file('lifeguard.yml'), 'utf8'))),
    write: async (name: string, text: string) => writeFile(file(name), text),
    /** Nothing of these may ever be printed. */
    secrets: [slack.botToken, slack.appToken, slack.signingSecret, AWS_SECRET],
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs()
      await Promise.all([slack.close(), cognito.close()])
      await rm(folder, { recursive: true })
    },
  }
}

export type Clinic = Awaited<ReturnType<typeof clinic>>
