import { storePlace } from '../config.ts'
import { openStore } from '../store/store.ts'
import type { Command } from './command.ts'

/** What a start of Lifeguard does too; here before it, to see that the store can be used. */
export const storeMigrate: Command = {
  name: 'store migrate',
  takes: '',
  most: 0,
  summary: 'Make the tables of the store, or bring them up to date, and say where they are.',
  async run(_args, io) {
    const store = await openStore({ ...storePlace(io.env), now: Date.now })
    await store.close()
    const { edition, place, version } = store.database
    io.print(`Engine: ${edition}`)
    io.print(`Place: ${place}`)
    io.print(`Tables: version ${version}`)
    return 0
  },
}
