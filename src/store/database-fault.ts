import type { Secret } from '../core/secret.ts'
import { StoreFault } from './fault.ts'

interface Address {
  /** `host:port/database`. */
  readonly place: string
  /** Its `options` parameter. */
  readonly options: string
}

/** Throws a `StoreFault` that repeats nothing of an address that cannot be read: it may hold a password. */
export function addressOf(url: Secret): Address {
  const address = URL.parse(url.reveal())
  if (!address || !['postgres:', 'postgresql:'].includes(address.protocol))
    throw fault(
      'Give an address such as postgres://user:password@host:5432/database, with %xx for each ' +
        'character of the password that is neither a letter nor a digit.',
    )
  const { hostname, port, pathname, searchParams } = address
  const host = searchParams.get('host') ?? (hostname || 'localhost')
  return {
    place: `${host}:${port || 5432}${pathname}`,
    options: searchParams.get('options') ?? '',
  }
}

const UNREACHABLE = 'Check the host and the port in the address, and that the database is running.'
const REFUSED = 'Check the user and the password in the address.'

/** What to do about an error of Node, or an SQLSTATE of PostgreSQL (its appendix A). */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  '28000': REFUSED,
  '28P01': REFUSED,
  '3D000': 'Create this database, or name another in the address.',
  '3F000': 'Create a schema in this database that the user may write to.',
  '42P01': 'Name the database that Lifeguard runs with.',
  '42501': 'Let the user create tables there: make it the owner of the database or of a schema.',
  '53300': 'Lifeguard opens up to 10 connections for each process: let the database have as many.',
  '57P03': 'The database is starting or stopping: try again in a moment.',
  '25006': 'This is a copy that can only be read: name the database that takes writes.',
}

/** An error of opening or connecting as a sentence; one that is a sentence already stays as it is. */
export function databaseFault(error: unknown, place: string): StoreFault {
  if (error instanceof StoreFault) return error
  const { code = '', message = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const advice = ADVICE[code] ?? 'Check the address, and the log of the database.'
  return fault(`The database at ${place} cannot be used (${message || code}). ${advice}`)
}

const fault = (sentence: string) => new StoreFault(sentence, 'DATABASE_URL')
