import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Head } from '../../src/store/audit-log.ts'
import { openReader } from '../../src/store/reader.ts'
import { openStore } from '../../src/store/store.ts'
import { draft, temporaryFolder } from './samples.ts'
import * as tampering from './tampering.ts'

const { bySql, SIZE } = tampering

const untouched: tampering.Tampering = () => undefined

describe('verifying the audit log', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let heads: readonly Head[]

  beforeAll(async () => {
    folder = await temporaryFolder()
    const store = await openStore({ folder: folder.path, now: () => 0 })
    const posted = [await store.head()]
    for (let turn = 0; turn < SIZE; turn++) {
      await store.append(draft('done', { outcome: `turn ${turn}` }))
      posted.push(await store.head())
    }
    heads = posted
    await store.close()
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  async function verified(tamper: tampering.Tampering, head?: Head) {
    await using copy = await temporaryFolder()
    const file = join(copy.path, 'lifeguard.db')
    await copyFile(join(folder.path, 'lifeguard.db'), file)
    tamper(file)
    await using reader = await openReader(copy.path)
    return await reader.verify(head)
  }

  it('finds nothing in an untouched log, whichever head was posted', async () => {
    expect(await verified(untouched)).toEqual({ ok: true, head: heads[SIZE] })
    for (const { size, root } of heads) {
      const result = await verified(untouched, { size, root: root.slice(0, 12) })
      expect(result).toMatchObject({ ok: true })
    }
  })

  it.each([
    ['an edited byte', tampering.edit],
    ['a deleted entry', tampering.remove],
    ['a deleted entry whose gap was closed', tampering.removeAndCloseUp],
    ['entries that changed places', tampering.reorder],
    ['a forged entry at the end', tampering.forge],
    ['a changed node of the tree', tampering.changeNode],
    ['a cut tail', tampering.cutEntries],
  ])('finds %s, without knowing a head', async (_what, tamperings) => {
    await fc.assert(
      fc.asyncProperty(tamperings, async (tamper) => {
        expect(await verified(tamper)).toMatchObject({ ok: false })
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['a tail cut together with its tree', tampering.cutEntriesAndTree],
    ['a rewritten history with a tree to match', tampering.rewrite],
  ])('finds %s, with the posted head alone', async (_what, tamperings) => {
    await fc.assert(
      fc.asyncProperty(tamperings, async (tamper) => {
        expect(await verified(tamper)).toMatchObject({ ok: true })
        expect(await verified(tamper, heads[SIZE])).toMatchObject({ ok: false })
      }),
      { numRuns: 25 },
    )
  })

  it.each([
    [
      "update audit set line = '{}' where seq = 7",
      'Entry 7 is not what was recorded: it was edited, moved or replaced.',
    ],
    ['delete from audit where seq in (7, 8)', 'Entries 7 to 8 are missing.'],
    ['delete from audit where seq = 40', 'Entry 40 is missing.'],
    [
      'update audit_node set hash = zeroblob(32) where last = 8 and level = 3',
      'The tree over the entries up to 8 was changed.',
    ],
  ])('says where: %s', async (statement, sentence) => {
    const result = await verified(bySql((database) => database.exec(statement)))
    expect(result).toEqual({ ok: false, sentence })
  })

  it('says how much of a posted head is missing', async () => {
    const head = { size: SIZE + 2, root: heads[SIZE]!.root }
    const sentence = 'Entries 41 to 42 are missing.'
    expect(await verified(untouched, head)).toEqual({ ok: false, sentence })
  })
})
