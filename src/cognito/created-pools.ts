import type { CreatedPool } from '../core/ports.ts'
import type { Wire } from './call.ts'
import { allPages } from './paging.ts'
import { listPools, readTags } from './reads.ts'

/** Pools of this name as AWS lists them now, each with its tags. `turn` comes before each page. */
export async function readPoolsNamed(
  wire: Wire,
  name: string,
  turn: () => Promise<void>,
): Promise<readonly CreatedPool[]> {
  return allPages(async (token) => {
    await turn()
    const page = await listPools(wire, token)
    const found: CreatedPool[] = []
    for (const { id, createdAt } of page.pools.filter((pool) => pool.name === name))
      found.push({ id, createdAt, tags: await readTags(wire, id) })
    return [found, page.next]
  })
}
