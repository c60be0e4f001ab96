import { Socket } from 'node:net'
import type { PostgresPool } from 'kysely'
import { Pool, TypeOverrides } from 'pg'
import type { Secret } from '../core/secret.ts'
import { databaseFault } from './database-fault.ts'

interface Target {
  readonly url: Secret
  readonly access: 'write' | 'read'
  readonly place: string
  /** What the address itself sets for its sessions. */
  readonly options: string
  /** Milliseconds without a byte from a server that owes one. */
  readonly silenceMs: number | undefined
}

const MOST = 10
const CONNECT_MS = 5_000
const STATEMENT_MS = 10_000
const SILENCE_MS = STATEMENT_MS + 5_000
const INT8 = 20

/** Durable commits, and each statement sees what was committed before it began. */
const SESSION = String.raw`-c synchronous_commit=on -c default_transaction_isolation=read\ committed`
const READ_ONLY = '-c default_transaction_read_only=on'

/** A few connections, made when they are wanted and replaced when they break. */
export function connectionsTo({ url, access, place, options, silenceMs }: Target): PostgresPool {
  const session = access === 'read' ? `${SESSION} ${READ_ONLY}` : SESSION
  const pool = new Pool({
    connectionString: withOptions(url, `${session} ${options}`),
    max: MOST,
    application_name: 'lifeguard',
    types: wholeNumbers(),
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // A process that stands still must not keep the others from the audit log.
    idle_in_transaction_session_timeout: STATEMENT_MS,
    stream: () => mortalSocket(silenceMs ?? SILENCE_MS),
  })
  // Whoever uses a broken connection is told by their query; unheard, the event would end the process.
  pool.on('error', ignore)
  pool.on('connect', (client) => void client.on('error', ignore))
  return {
    options: {},
    connect: () =>
      pool.connect().catch((error: unknown) => {
        throw databaseFault(error, place)
      }),
    end: () => pool.end(),
  }
}

function withOptions(url: Secret, options: string): string {
  const address = new URL(url.reveal())
  address.searchParams.set('options', options.trim())
  return address.href
}

/** A server that vanished without a word would otherwise be waited for until TCP gives up, in minutes. */
function mortalSocket(silenceMs: number): Socket {
  const socket = new Socket()
  return socket.setTimeout(silenceMs, () => socket.destroy(new Error('The database fell silent.')))
}

/** pg gives `bigint` as text; ours are numbers below 2^53. */
function wholeNumbers(): TypeOverrides {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, Number)
  return types
}

const ignore = () => undefined
