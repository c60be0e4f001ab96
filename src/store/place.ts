import type { Secret } from '../core/secret.ts'
import type { Engine } from './engine.ts'
import { prepareFolder } from './folder.ts'
import { sqlite } from './sqlite.ts'

/** Where the store lies: a folder of this machine, or `postgres://…` shared by several. */
export type Place = { readonly folder: string } | { readonly url: Secret }

/** The database there, ready to be written to. Throws a `StoreFault` when there can be none. */
export async function engineAt(place: Place): Promise<Engine> {
  return 'url' in place
    ? sharedEngine(place.url, 'write')
    : sqlite(await prepareFolder(place.folder), 'write')
}

/** pg takes 60 ms to load: only those who use it wait for it. */
export async function sharedEngine(url: Secret, access: 'write' | 'read'): Promise<Engine> {
  const { postgres } = await import('./postgres.ts')
  return postgres(url, access)
}
