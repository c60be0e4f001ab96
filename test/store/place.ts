import { Secret } from '../../src/core/secret.ts'
import { openReader } from '../../src/store/reader.ts'
import { openStore } from '../../src/store/store.ts'

/** A place as it is handed to another process: a folder, or the address of a database. */
const isAddress = (place: string) => place.startsWith('postgres:')

export const storeAt = (place: string, now = Date.now) =>
  openStore(isAddress(place) ? { url: new Secret(place), now } : { folder: place, now })

export const readerAt = (place: string) => openReader(isAddress(place) ? new Secret(place) : place)
