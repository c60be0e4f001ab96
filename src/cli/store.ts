import { Secret } from '../core/secret.ts'
import { openStore } from '../store/store.ts'
import type { Command, Io } from './command.ts'

/** What a start of Lifeguard does too; here before it, to see that the store can be used. */
export const storeMigrate: Command = {
  name: 'store migrate',
  takes: '',
  most: 0,
  summary: 'Make the tables of the store, or bring them up to date, and say where they are.',
  async run(_args, io) {
    const store = await openStore({ ...placeOf(io), now: Date.now })
    await store.close()
    const { edition, place, version } = store.database
    io.print(`Engine: ${edition}`)
    io.print(`Place: ${place}`)
    io.print(`Tables: version ${version}`)
    return 0
  },
}

/** No more of the configuration is read: the store can be made where there are no credentials. */
function placeOf({ env }: Io) {
  const { DATABASE_URL: url, LIFEGUARD_DATA: folder } = env
  return url ? { url: new Secret(url) } : { folder: folder || './data' }
}
