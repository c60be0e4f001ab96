import { join } from 'node:path'
import type { Bench } from './store-contract.ts'
import { storeAt } from './place.ts'
import { temporaryFolder } from './samples.ts'

/** An embedded store in a folder of its own. */
export async function folderBench(): Promise<Bench> {
  const folder = await temporaryFolder()
  const place = join(folder.path, 'deep', 'store')
  return {
    place,
    open: (now) => storeAt(place, now),
    atOnce: inTurn,
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  }
}

/** node:sqlite stands still while it waits for a lock, and so does whoever holds it in this process. */
async function inTurn<T>(calls: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const answers: T[] = []
  for (const call of calls) answers.push(await call())
  return answers
}
