import type { Kysely } from 'kysely'
import { grow, rootOf, type TreeNode } from '../core/history-tree.ts'
import type { Tables } from './tables.ts'
import { type Head, linesOf } from './audit-log.ts'

export type Verification =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly sentence: string }

/** A head as somebody noted it. The audit channel shows the first digits of the root. */
export interface PostedHead {
  readonly size: number
  /** 12 to 64 hexadecimal digits. */
  readonly root: string
}

const PAGE = 1000

/**
 * Computes the tree again from the entries and compares it with the stored one, then with a posted
 * head. Only the latter shows that somebody rewrote entries and tree together, or cut the end.
 */
export async function verify(db: Kysely<Tables>, posted?: PostedHead): Promise<Verification> {
  let size = 0
  let peaks: readonly TreeNode[] = []
  let rootThen = posted?.size === 0 ? rootOf(peaks) : undefined
  let page = await pageAfter(db, 0)
  for (; page.lines.length > 0; page = await pageAfter(db, size)) {
    const stored = page.nodes.values()
    for (const { seq, line } of page.lines) {
      if (seq !== size + 1) return broken(missing(size + 1, seq - 1))
      size = seq
      const growth = grow(peaks, seq, line)
      for (const node of growth.added)
        if (!same(node, stored.next().value)) return broken(changed(node))
      peaks = growth.peaks
      if (posted?.size === size) rootThen = rootOf(peaks)
    }
  }
  if (page.highest > size) return broken(missing(size + 1, page.highest))
  if (posted && posted.size > size) return broken(missing(size + 1, posted.size))
  if (posted && !rootThen?.startsWith(posted.root)) return broken(rewritten(posted, rootThen))
  return { ok: true, head: { size, root: rootOf(peaks) } }
}

/**
 * The next lines and the nodes they added: entry and nodes were written in one transaction. The
 * highest node is read before them, so that an entry written meanwhile does not look cut off.
 */
async function pageAfter(db: Kysely<Tables>, size: number) {
  const highest = await highestNode(db)
  const lines = await linesOf(db, { from: size + 1, limit: PAGE })
  const nodes = await db
    .selectFrom('audit_node')
    .select(['last', 'level', 'hash'])
    .where('last', '>', size)
    .where('last', '<=', lines.at(-1)?.seq ?? size)
    .orderBy('last')
    .orderBy('level')
    .execute()
  return { highest, lines, nodes }
}

async function highestNode(db: Kysely<Tables>): Promise<number> {
  const highest = await db
    .selectFrom('audit_node')
    .select('last')
    .orderBy('last', 'desc')
    .limit(1)
    .executeTakeFirst()
  return highest?.last ?? 0
}

function same(node: TreeNode, stored: TreeNode | undefined): boolean {
  if (stored?.last !== node.last || stored.level !== node.level) return false
  return Buffer.compare(node.hash, stored.hash) === 0
}

const broken = (sentence: string): Verification => ({ ok: false, sentence })

function missing(first: number, last: number): string {
  return first === last ? `Entry ${first} is missing.` : `Entries ${first} to ${last} are missing.`
}

function changed({ last, level }: TreeNode): string {
  return level === 0
    ? `Entry ${last} is not what was recorded: it was edited, moved or replaced.`
    : `The tree over the entries up to ${last} was changed.`
}

function rewritten(posted: PostedHead, root: string | undefined): string {
  return (
    `The first ${posted.size} entries give the root ${root?.slice(0, posted.root.length)}, ` +
    `but ${posted.root} was posted: the history was rewritten.`
  )
}
