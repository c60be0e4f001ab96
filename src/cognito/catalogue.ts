import type { PoolRef } from '../core/directory.ts'
import type { Pools } from '../core/ports.ts'

export type Catalogue = Omit<Pools, 'refreshedAt'>

/** The managed pools as they stand, arranged for searching. */
export function catalogueOf(pools: readonly PoolRef[]): Catalogue {
  const byId = new Map(
    [...pools.filter((pool) => !atHome(pool)), ...pools.filter(atHome)].map((pool) => [
      pool.id,
      pool,
    ]),
  )
  const keyed = Array.from(byId.values(), (pool) => ({ pool, name: folded(pool.name) }))
  keyed.sort((a, b) => compare(a.name, b.name) || compare(a.pool.id, b.pool.id))
  const sorted = keyed.map(({ pool }) => pool)
  const names = keyed.map(({ name }) => name)
  const byName = Map.groupBy(sorted, (_pool, row) => names[row])
  const rowsWith = substringSearch(names)

  const search = (text: string, limit: number) => {
    const sought = folded(text.trim())
    const first = prefixRows(names, sought, limit)
    const rows = [...first, ...rowsWith(sought, limit - first.length)]
    return rows.flatMap((row) => sorted[row] ?? [])
  }
  return {
    get: (id) => byId.get(id),
    named: (name) => byName.get(folded(name)) ?? [],
    search,
    all: () => sorted,
  }
}

/** A replicated pool is listed in several Regions; its id begins with its primary one. */
function atHome(pool: PoolRef): boolean {
  return pool.id.startsWith(`${pool.region}_`)
}

/** Pool names may hold any white space (`[\w\s+=,.@-]+`); a line feed parts the rows below. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/\s/g, ' ')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function prefixRows(names: readonly string[], prefix: string, limit: number): readonly number[] {
  const first = firstWhere(names.length, (row) => (names[row] ?? '') >= prefix)
  const past = firstWhere(names.length, (row) => row >= first && !names[row]?.startsWith(prefix))
  return Array.from({ length: Math.min(past - first, limit) }, (_, place) => first + place)
}

/** One text of all names is searched at native speed: the work grows with the rows found. */
function substringSearch(names: readonly string[]) {
  const haystack = names.join('\n')
  const starts: number[] = []
  for (let at = 0, row = 0; row < names.length; row++) {
    starts.push(at)
    at += (names[row]?.length ?? 0) + 1
  }
  /** Rows that hold the text elsewhere than at their beginning. */
  return (sought: string, most: number): readonly number[] => {
    const rows: number[] = []
    if (sought === '' || most === 0) return rows
    let at = haystack.indexOf(sought)
    while (at >= 0 && rows.length < most) {
      const next = firstWhere(starts.length, (row) => (starts[row] ?? 0) > at)
      if (starts[next - 1] !== at) rows.push(next - 1)
      at = next < starts.length ? haystack.indexOf(sought, starts[next]) : -1
    }
    return rows
  }
}

/** Bisection: the first of `size` indexes for which `holds`, which stays true from there on. */
function firstWhere(size: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
