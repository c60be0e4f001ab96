import type { PoolRef } from './directory.ts'
import type { PermittedPools, PoolPage, Pools } from './ports.ts'

/** How many kinds of pools are decided for one page: somebody waits for it. */
const MOST_DECIDED = 200

/**
 * The managed pools that are permitted, page by page. Pools of one kind are decided once; a page ends
 * early when too many kinds had to be decided for it.
 */
export function permittedPools(
  pools: Pools,
  kindOf: (pool: PoolRef) => string,
  permitted: (pool: PoolRef) => boolean,
): PermittedPools {
  const decided = new Map<string, boolean>()
  const may = (pool: PoolRef): boolean => {
    const kind = kindOf(pool)
    const known = decided.get(kind) ?? permitted(pool)
    decided.set(kind, known)
    return known
  }
  const take = (found: readonly PoolRef[], from: number, limit: number, enough: number) => {
    const rows: PoolRef[] = []
    for (let at = from; at < found.length; at++) {
      const pool = found[at]
      if (decided.size >= enough) return { rows, next: at }
      if (!pool || !may(pool)) continue
      if (rows.length === limit) return { rows, next: at }
      rows.push(pool)
    }
    return { rows, next: undefined }
  }
  const page = (text: string, from: number, limit: number): PoolPage => {
    const enough = decided.size + MOST_DECIDED
    if (text.trim() === '') return take(pools.all(), from, limit, enough)
    // The work of a search grows with the rows found, and mostly few are needed.
    for (let most = from + limit + 1; ; most *= 4) {
      const found = pools.search(text, most)
      const taken = take(found, from, limit, enough)
      if (taken.next !== undefined || found.length < most) return taken
    }
  }
  return {
    get: (id) => {
      const pool = pools.get(id)
      return pool && may(pool) ? pool : undefined
    },
    page,
    get count() {
      return pools.all().length
    },
    get refreshedAt() {
      return pools.refreshedAt()
    },
  }
}
