import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  grow,
  meltingPeaksOf,
  peaksOf,
  rootOf,
  type TreeNode,
} from '../../src/core/history-tree.ts'

const sha256 = (...parts: readonly Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** The definition of RFC 9162, 2.1.1, word for word. */
function merkleTreeHash(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaves[0]!)
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  const left = merkleTreeHash(leaves.slice(0, half))
  return sha256(Uint8Array.of(1), left, merkleTreeHash(leaves.slice(half)))
}

function plant(leaves: readonly (string | Uint8Array)[]) {
  const stored: TreeNode[] = []
  let peaks: readonly TreeNode[] = []
  for (const [index, leaf] of leaves.entries()) {
    const growth = grow(peaks, index + 1, leaf)
    stored.push(...growth.added)
    peaks = growth.peaks
  }
  return { stored, peaks }
}

const someLeaves = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 130 })

describe('the history tree', () => {
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('gives the known root of the first %i test leaves of RFC 6962', (size, root) => {
    const leaves = '|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f'
      .split('|')
      .map((digits) => Buffer.from(digits, 'hex'))
    expect(rootOf(plant(leaves.slice(0, size)).peaks)).toBe(root)
  })

  it('has the root that the recursive definition gives', () => {
    fc.assert(
      fc.property(someLeaves, (leaves) => {
        expect(rootOf(plant(leaves).peaks)).toBe(merkleTreeHash(leaves).toString('hex'))
      }),
    )
  })

  it('keeps enough nodes to give the root of every earlier size', () => {
    fc.assert(
      fc.property(someLeaves, (leaves) => {
        const { stored } = plant(leaves)
        const size = Math.floor(leaves.length / 2)
        const peaks = peaksOf(size).map(({ last, level }) =>
          stored.find((node) => node.last === last && node.level === level)!,
        )
        expect(rootOf(peaks)).toBe(merkleTreeHash(leaves.slice(0, size)).toString('hex'))
      }),
    )
  })

  it('grows the same from the melting peaks alone', () => {
    fc.assert(
      fc.property(someLeaves, (leaves) => {
        const { peaks } = plant(leaves)
        const melting = peaks.slice(peaks.length - meltingPeaksOf(leaves.length).length)
        const next = leaves.length + 1
        expect(grow(melting, next, 'leaf').added).toEqual(grow(peaks, next, 'leaf').added)
      }),
    )
  })

  it('names peaks beyond 32 bits', () => {
    expect(peaksOf(2 ** 40 + 2)).toEqual([
      { last: 2 ** 40, level: 40 },
      { last: 2 ** 40 + 2, level: 1 },
    ])
  })

  it('hashes text as UTF-8', () => {
    expect(rootOf(plant(['grüße']).peaks)).toBe(rootOf(plant([Buffer.from('grüße')]).peaks))
  })
})
