import { isDeepStrictEqual } from 'node:util'
import type { PoolRef } from '../core/directory.ts'
import type { Clock, Pools } from '../core/ports.ts'
import type { ListedPool, PoolPage } from './reads.ts'
import { needsTags, poolRuleFor, type PoolRule } from '../domain/pool-rules.ts'
import { catalogueOf } from './catalogue.ts'
import { keyOf, type Target } from './target.ts'

type Tags = Readonly<Record<string, string>>

export interface IndexOptions {
  readonly targets: readonly Target[]
  readonly rules: readonly PoolRule[]
  /** One ListUserPools, at a pace of its own. */
  readonly list: (target: Target, token: string | undefined) => Promise<PoolPage>
  /** One DescribeUserPool, at the same pace. */
  readonly tags: (target: Target, pool: ListedPool) => Promise<Tags>
  readonly now: Clock
  /** Told of a target when it begins or ceases to fail. */
  readonly onTarget: (state: TargetState) => void
}

/** How the last read of an account and region went. */
export interface TargetState extends Target {
  readonly state: 'unread' | 'ready' | 'degraded'
  /** Milliseconds since the epoch of its last whole answer. */
  readonly readAt: number | undefined
  readonly pools: number
  /** For people; only when degraded. */
  readonly why: string | undefined
}

export interface PoolIndex extends Pools {
  /** Reads the first page of every target; the rest follows by itself. Never throws. */
  warmUp(): Promise<void>
  /** Reads every target whole. Never throws. */
  refresh(): Promise<void>
  targets(): readonly TargetState[]
}

interface Shelf {
  readonly target: Target
  pools: readonly PoolRef[]
  state: TargetState['state']
  readAt: number | undefined
  why: string | undefined
  reading: Reading | undefined
}

interface Reading {
  readonly firstPage: Promise<void>
  readonly whole: Promise<void>
}

export function createPoolIndex({
  targets,
  rules,
  list,
  tags,
  now,
  onTarget,
}: IndexOptions): PoolIndex {
  const shelves: readonly Shelf[] = targets.map((target) => ({
    target,
    pools: [],
    state: 'unread',
    readAt: undefined,
    why: undefined,
    reading: undefined,
  }))
  let catalogue = catalogueOf([])
  const knownTags = rememberedTags(tags, now)

  const put = (shelf: Shelf, pools: readonly PoolRef[]) => {
    if (isDeepStrictEqual(shelf.pools, pools)) return
    shelf.pools = pools
    catalogue = catalogueOf(shelves.flatMap((each) => each.pools))
  }
  const turn = (shelf: Shelf, state: TargetState['state'], why?: string) => {
    const changed = shelf.state !== state
    Object.assign(shelf, { state, why })
    if (changed) onTarget(stateOf(shelf))
  }

  /** Throws when the tags decide and cannot be read. */
  const managed = async (target: Target, pool: ListedPool): Promise<PoolRef | undefined> => {
    const known = needsTags(rules, pool) ? await knownTags(target, pool) : {}
    const rule = poolRuleFor(rules, { ...pool, tags: known })
    return rule && { ...target, id: pool.id, name: pool.name, environment: rule.environment }
  }

  const readWhole = async (shelf: Shelf, firstPage: () => void): Promise<void> => {
    const startedAt = now()
    const found: PoolRef[] = []
    let untold: string | undefined
    let token: string | undefined
    do {
      const page = await list(shelf.target, token)
      firstPage()
      for (const pool of page.pools) {
        try {
          const ref = await managed(shelf.target, pool)
          if (ref) found.push(ref)
        } catch (error) {
          untold = `The tags of ${pool.name} could not be read. ${sentenceOf(error)}`
        }
      }
      // At first, some pools are better than none.
      if (shelf.readAt === undefined && token === undefined) put(shelf, [...found])
      token = page.next
    } while (token !== undefined)
    put(shelf, found)
    shelf.readAt = startedAt
    turn(shelf, untold === undefined ? 'ready' : 'degraded', untold)
  }

  /** A target that fails keeps what it last answered, and says so. */
  const read = (shelf: Shelf): Reading => {
    const { promise: firstPage, resolve } = Promise.withResolvers<void>()
    const whole = readWhole(shelf, resolve)
      .catch((error: unknown) => turn(shelf, 'degraded', sentenceOf(error)))
      .finally(() => {
        shelf.reading = undefined
        resolve()
      })
    return { firstPage, whole }
  }
  const reading = (shelf: Shelf): Reading => (shelf.reading ??= read(shelf))

  return {
    get: (id) => catalogue.get(id),
    named: (name) => catalogue.named(name),
    search: (text, limit) => catalogue.search(text, limit),
    all: () => catalogue.all(),
    refreshedAt: () => oldest(shelves),
    warmUp: async () => {
      await Promise.all(shelves.map((shelf) => reading(shelf).firstPage))
    },
    refresh: async () => {
      await Promise.all(shelves.map((shelf) => reading(shelf).whole))
    },
    targets: () => shelves.map(stateOf),
  }
}

/** Undefined until every target was tried and one answered; then the oldest answer there is. */
function oldest(shelves: readonly Shelf[]): number | undefined {
  const answers = shelves.flatMap((shelf) => shelf.readAt ?? [])
  const tried = shelves.every((shelf) => shelf.state !== 'unread')
  return tried && answers.length > 0 ? Math.min(...answers) : undefined
}

function stateOf({ target, state, readAt, pools, why }: Shelf): TargetState {
  return { ...target, state, readAt, pools: pools.length, why }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'It could not be read.'
}

/** Tagging need not move a pool's date, so what was read counts for an hour at most. */
const TAGS_MS = 60 * 60_000

function rememberedTags(read: IndexOptions['tags'], now: Clock) {
  const known = new Map<
    string,
    { readonly tags: Tags; readonly modifiedAt: number; readonly at: number }
  >()
  return async (target: Target, pool: ListedPool): Promise<Tags> => {
    const key = `${keyOf(target)} ${pool.id}`
    const held = known.get(key)
    if (held && held.modifiedAt === pool.modifiedAt && now() - held.at < TAGS_MS) return held.tags
    try {
      const tags = await read(target, pool)
      known.set(key, { tags, modifiedAt: pool.modifiedAt, at: now() })
      return tags
    } catch (error) {
      if (held) return held.tags
      throw error
    }
  }
}
