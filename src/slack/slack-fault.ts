import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api'

/** A failed Web API call, translated once. */
export interface SlackFault {
  /** Slack's error code, or `rate_limited`, `http_503`, `unreadable`, `not_sent`, `no_answer`. */
  readonly code: string
  /** For people: what is wrong and what to do next. */
  readonly sentence: string
  /** Milliseconds that Slack asked us to wait. */
  readonly retryAfterMs: number | undefined
  /** `certain`: the call changed nothing. `uncertain`: it may have. */
  readonly effect: 'certain' | 'uncertain'
}

/** "Some aspect of the operation" may have succeeded before these (docs.slack.dev, every method). */
const PERHAPS_DONE: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'unreadable',
])

const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const TOO_LATE = 'Slack waits three seconds for a form, and this took longer. Please try once more.'
const NOT_THERE =
  'Lifeguard cannot write there. Invite it to the channel, or name another one in lifeguard.yml.'
const NO_TOKEN =
  'Slack no longer accepts Lifeguard’s token. Whoever runs it should install the app again.'

const SENTENCES: Readonly<Record<string, string>> = {
  expired_trigger_id: TOO_LATE,
  trigger_expired: TOO_LATE,
  not_found: 'That window is already closed. Please start again.',
  hash_conflict: 'That window has changed meanwhile. Please start again.',
  channel_not_found: NOT_THERE,
  not_in_channel: NOT_THERE,
  is_archived: NOT_THERE,
  invalid_auth: NO_TOKEN,
  not_authed: NO_TOKEN,
  account_inactive: NO_TOKEN,
  token_revoked: NO_TOKEN,
  missing_scope:
    'Lifeguard lacks a permission in Slack. Whoever runs it should install it again from manifest.yml.',
  no_answer: 'Slack did not answer in time. Please check before you try again.',
  not_sent: 'Slack is out of reach just now. Try again in a moment.',
}

/** The fault behind a rejected Web API call. Never quotes what was sent or received. */
export function slackFault(error: unknown): SlackFault {
  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter * 1000)
  if (error instanceof WebAPIPlatformError) return fault(platformCode(error))
  if (error instanceof WebAPIHTTPError) return fault(`http_${error.statusCode}`)
  if (error instanceof WebAPIRequestError)
    return fault(codesOf(error).some((code) => NOT_SENT.has(code)) ? 'not_sent' : 'no_answer')
  return fault('no_answer')
}

/** A reply that is no JSON becomes the error's code, whole (web-api 8.2 `buildResult`). */
function platformCode(error: WebAPIPlatformError): string {
  const code: unknown = error.data.error
  return typeof code === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : 'unreadable'
}

function limited(retryAfterMs: number): SlackFault {
  const seconds = Math.ceil(retryAfterMs / 1000)
  const sentence = `Slack asked Lifeguard to slow down. Try again in ${seconds} seconds.`
  return { code: 'rate_limited', sentence, retryAfterMs, effect: 'certain' }
}

function fault(code: string): SlackFault {
  if (code === 'ratelimited') return limited(1000)
  const known = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined
  const sentence = known ?? `Slack did not do this (${code}). Try again in a moment.`
  return { code, sentence, retryAfterMs: undefined, effect: effectOf(code) }
}

function effectOf(code: string): SlackFault['effect'] {
  if (code === 'no_answer' || PERHAPS_DONE.has(code)) return 'uncertain'
  return /^http_[^4]/.test(code) ? 'uncertain' : 'certain'
}

function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...own, ...codesOf(error.cause)]
}
