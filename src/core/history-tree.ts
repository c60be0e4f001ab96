import { hash } from 'node:crypto'

/** A full subtree: the 2^level leaves that end with leaf number `last`, counted from 1. */
export interface Place {
  readonly last: number
  readonly level: number
}

export interface TreeNode extends Place {
  /** SHA-256, 32 bytes. */
  readonly hash: Uint8Array
}

export interface Growth {
  /** What the new leaf adds to the stored nodes: itself, then each subtree it fills. */
  readonly added: readonly TreeNode[]
  readonly peaks: readonly TreeNode[]
}

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

const sha256 = (...parts: readonly Uint8Array[]) => hash('sha256', Buffer.concat(parts), 'buffer')

/** The full subtrees that make a tree of `size` leaves (RFC 9162, 2.1), left to right. */
export function peaksOf(size: number): readonly Place[] {
  const places: Place[] = []
  let last = size
  for (let level = 0; last > 0; level++) {
    if (last % 2 ** (level + 1) === 0) continue
    places.unshift({ last, level })
    last -= 2 ** level
  }
  return places
}

/** Those of the peaks that the next leaf melts into one. */
export function meltingPeaksOf(size: number): readonly Place[] {
  const places = peaksOf(size)
  return places.filter(({ level }, index) => level === places.length - 1 - index)
}

/** The tree with leaf number `last`. `peaks` are those before it, at least the melting ones. */
export function grow(peaks: readonly TreeNode[], last: number, leaf: string | Uint8Array): Growth {
  let top: TreeNode = { last, level: 0, hash: sha256(LEAF, Buffer.from(leaf)) }
  const added = [top]
  const rest = [...peaks]
  for (let left = rest.at(-1); left?.level === top.level; left = rest.at(-1)) {
    rest.pop()
    top = { last, level: top.level + 1, hash: sha256(NODE, left.hash, top.hash) }
    added.push(top)
  }
  return { added, peaks: [...rest, top] }
}

/** The root over all leaves, as 64 hexadecimal digits. */
export function rootOf(peaks: readonly TreeNode[]): string {
  const [nearest, ...further] = peaks.toReversed()
  if (!nearest) return sha256().toString('hex')
  const root = further.reduce(
    (right, left) => sha256(NODE, left.hash, right),
    Buffer.from(nearest.hash),
  )
  return root.toString('hex')
}
