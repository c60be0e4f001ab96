import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'

/** A second net only: secrets are `Secret`s, and nothing logs a payload. */
const HIDDEN = ['token', 'password', 'secret', 'authorization', 'cookie', 'signature', 'text']

/** What a log line may say of an error. Bodies, inputs and responses hang on other members. */
const KEPT = ['code', 'kind', 'call', 'awsRequestId', 'field', 'statusCode'] as const

/** JSON lines on stdout, or where `to` says. `level` is pino's. */
export function createLog({ level, to }: { level: string; to?: DestinationStream }): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorLine, error: errorLine },
    redact: {
      paths: HIDDEN.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[hidden]',
    },
  }
  return to === undefined ? pino(options) : pino(options, to)
}

/** Name, message, stack and codes of an error; of an expected one, no stack. */
function errorLine(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const kept = KEPT.map((member) => [member, Reflect.get(error, member)] as const)
  const expected = error.name === 'Refusal' || error.name === 'CloudFault'
  return {
    name: error.name,
    message: error.message,
    ...Object.fromEntries(kept.filter(([, value]) => isScalar(value))),
    ...(expected ? {} : { stack: error.stack }),
  }
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
