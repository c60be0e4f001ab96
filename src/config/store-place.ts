import { Secret } from '../core/secret.ts'
import type { Reading } from './inventory.ts'

/** A folder of this machine, or the address of a database that several replicas share. */
export type StorePlace = { readonly folder: string } | { readonly url: Secret }

/** `DATABASE_URL` comes before `LIFEGUARD_DATA`. It holds a password and is never quoted. */
export function storeIn(env: NodeJS.ProcessEnv): Reading<StorePlace> {
  const { DATABASE_URL: url, LIFEGUARD_DATA: folder } = env
  if (!url) return { value: { folder: folder || './data' }, faults: [] }
  if (namesDatabase(url)) return { value: { url: new Secret(url) }, faults: [] }
  return { value: undefined, faults: [{ where: 'DATABASE_URL', sentence: ADVICE }] }
}

const ADVICE =
  'Give the address of a PostgreSQL database, such as postgres://user:password@host:5432/lifeguard ' +
  '(special characters percent-encoded), or unset it to use the embedded store in LIFEGUARD_DATA.'

function namesDatabase(address: string): boolean {
  return /^postgres(ql)?:\/\//.test(address) && URL.canParse(address)
}
