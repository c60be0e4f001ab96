import { z } from 'zod'
import type { Fault } from '../core/faults.ts'
import { nearest } from '../core/nearest.ts'
import { Secret } from '../core/secret.ts'
import type { Reading } from './inventory.ts'
import { storeIn } from './store-place.ts'
import type { StorePlace } from './store-place.ts'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** What the environment variables say. */
export interface Surroundings {
  readonly slack: {
    readonly botToken: Secret
    /** Socket Mode when set; otherwise `signingSecret` is set and Slack comes over HTTP. */
    readonly appToken?: Secret
    readonly signingSecret?: Secret
    readonly apiUrl?: string
  }
  readonly http: { readonly host: string; readonly port: number }
  readonly store: StorePlace
  readonly logLevel: string
  /** Overridden AWS endpoints, as `VARIABLE=url`. */
  readonly aws: { readonly endpoints: readonly string[] }
}

/** Values of variables are never part of a fault: they may be secrets. */
export function readEnvironment(env: NodeJS.ProcessEnv): Reading<Surroundings> {
  const faults: Fault[] = []
  const blame = (where: string, sentence: string) => void faults.push({ where, sentence })

  const slack = slackFrom(env, blame)
  const endpoints = endpointsFrom(env, blame)
  const port = z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .safeParse(env['PORT'] || 3000)
  if (!port.success) blame('PORT', 'Give a port number from 0 to 65535, such as 3000.')
  const logLevel = env['LOG_LEVEL'] || 'info'
  if (!LEVELS.includes(logLevel)) blame('LOG_LEVEL', levelAdvice(logLevel))
  const store = storeIn(env)
  faults.push(...store.faults)

  if (!slack || !store.value || faults.length > 0 || !port.success)
    return { value: undefined, faults }
  return {
    value: {
      slack,
      http: { host: env['HOST'] || '127.0.0.1', port: port.data },
      store: store.value,
      logLevel,
      aws: { endpoints },
    },
    faults: [],
  }
}

type Blame = (where: string, sentence: string) => void

function slackFrom(env: NodeJS.ProcessEnv, blame: Blame): Surroundings['slack'] | undefined {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = env
  const door = doorFrom(SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, blame)
  if (SLACK_API_URL && !reachesSafely(SLACK_API_URL)) blame('SLACK_API_URL', URL_ADVICE)
  if (!SLACK_BOT_TOKEN)
    blame(
      'SLACK_BOT_TOKEN',
      'It is missing. In your Slack app, copy it from "OAuth & Permissions".',
    )
  else if (!SLACK_BOT_TOKEN.startsWith('xoxb-'))
    blame(
      'SLACK_BOT_TOKEN',
      'This is not a bot token: it starts with xoxb-. Copy it from "OAuth & Permissions".',
    )
  if (!SLACK_BOT_TOKEN || !door) return undefined
  return {
    botToken: new Secret(SLACK_BOT_TOKEN),
    ...door,
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
  }
}

/** How Slack reaches the bot. The app token wins: with it, nothing has to be signed. */
function doorFrom(
  appToken: string | undefined,
  signingSecret: string | undefined,
  blame: Blame,
): Pick<Surroundings['slack'], 'appToken' | 'signingSecret'> | undefined {
  if (appToken) {
    if (!appToken.startsWith('xapp-'))
      blame(
        'SLACK_APP_TOKEN',
        'This is not an app-level token: it starts with xapp-. Copy it from "Basic Information".',
      )
    return { appToken: new Secret(appToken) }
  }
  if (!signingSecret) {
    blame(
      'SLACK_APP_TOKEN',
      'Set it for Socket Mode (starts with xapp-), or set SLACK_SIGNING_SECRET to receive Slack over HTTP.',
    )
    return undefined
  }
  if (signingSecret.length < 32)
    blame(
      'SLACK_SIGNING_SECRET',
      'It is too short: it has at least 32 characters. Copy it from "Basic Information".',
    )
  return { signingSecret: new Secret(signingSecret) }
}

const URL_ADVICE =
  'Give an https:// address without user name and password (http:// only for this machine, such as http://127.0.0.1:4566).'

function endpointsFrom(env: NodeJS.ProcessEnv, blame: Blame): readonly string[] {
  const given = Object.entries(env).filter(
    ([name, url]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && url,
  )
  for (const [name, url] of given) if (!reachesSafely(url ?? '')) blame(name, URL_ADVICE)
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return []
  return given.map(([name, url]) => `${name}=${url}`).toSorted()
}

/** Credentials and passwords travel there: encrypted, or not leaving this machine. */
function reachesSafely(address: string): boolean {
  const url = URL.parse(address)
  if (!url || url.username || url.password) return false
  const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && here)
}

function levelAdvice(level: string): string {
  const meant = nearest(level, LEVELS)
  return `Give one of ${LEVELS.join(', ')}.${meant ? ` Did you mean ${meant}?` : ''}`
}
