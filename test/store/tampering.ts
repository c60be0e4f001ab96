import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import { grow, type TreeNode } from '../../src/core/history-tree.ts'

/** Somebody with the database file in hand: no trigger stops them. */
export type Tampering = (file: string) => void

/** Entries in the log that is tampered with. */
export const SIZE = 40

const seq = fc.integer({ min: 1, max: SIZE })

export const bySql =
  (change: (database: DatabaseSync) => void): Tampering =>
  (file) => {
    using database = new DatabaseSync(file)
    const triggers = database.prepare("select name from sqlite_master where type = 'trigger'").all()
    for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`)
    database.exec('begin')
    change(database)
    database.exec('commit')
  }

const lineAt = (database: DatabaseSync, at: number) =>
  String(database.prepare('select line from audit where seq = ?').get(at)!['line'])

const setLine = (database: DatabaseSync, at: number, line: string) =>
  database.prepare('update audit set line = ? where seq = ?').run(line, at)

/** One byte in the line of an entry becomes another, by writing into the file. */
export const edit = fc
  .tuple(seq, fc.nat(), fc.integer({ min: 1, max: 255 }))
  .map(([at, where, change]): Tampering => (file) => {
    let line: Buffer
    {
      using database = new DatabaseSync(file)
      line = Buffer.from(lineAt(database, at))
    }
    const bytes = readFileSync(file)
    // A page that was split may still hold a dead copy of the line beside the living one.
    for (let start = bytes.indexOf(line); start >= 0; start = bytes.indexOf(line, start + 1))
      bytes[start + (where % line.length)]! ^= change
    writeFileSync(file, bytes)
  })

export const remove = seq.map((at) =>
  bySql((database) => database.prepare('delete from audit where seq = ?').run(at)),
)

export const removeAndCloseUp = seq.map((at) =>
  bySql((database) => {
    database.prepare('delete from audit where seq = ?').run(at)
    for (let next = at + 1; next <= SIZE; next++)
      database.prepare('update audit set seq = ? where seq = ?').run(next - 1, next)
  }),
)

export const reorder = fc
  .uniqueArray(seq, { minLength: 2, maxLength: 2 })
  .map(([one = 1, other = 2]) =>
    bySql((database) => {
      const [line, otherLine] = [lineAt(database, one), lineAt(database, other)]
      setLine(database, one, otherLine)
      setLine(database, other, line)
    }),
  )

export const forge = seq.map((at) =>
  bySql((database) =>
    database
      .prepare('insert into audit (seq, line) values (?, ?)')
      .run(SIZE + 1, lineAt(database, at)),
  ),
)

export const changeNode = fc.tuple(seq, fc.nat(31)).map(([at, byte]) =>
  bySql((database) => {
    const nodes = database.prepare('select level, hash from audit_node where last = ?').all(at)
    const { level, hash } = nodes.at(-1)!
    const changed = Uint8Array.from(hash as Uint8Array)
    changed[byte]! ^= 1
    database
      .prepare('update audit_node set hash = ? where last = ? and level = ?')
      .run(changed, at, level!)
  }),
)

export const cutEntries = seq.map((at) =>
  bySql((database) => database.prepare('delete from audit where seq >= ?').run(at)),
)

export const cutEntriesAndTree = seq.map((at) =>
  bySql((database) => {
    database.prepare('delete from audit where seq >= ?').run(at)
    database.prepare('delete from audit_node where last >= ?').run(at)
  }),
)

/** One entry says something else, and the whole tree is made anew to fit. */
export const rewrite = seq.map((at) =>
  bySql((database) => {
    setLine(database, at, lineAt(database, at).replace('U0ADA', 'U0EVE'))
    database.exec('delete from audit_node')
    const insert = database.prepare('insert into audit_node (last, level, hash) values (?, ?, ?)')
    let peaks: readonly TreeNode[] = []
    for (let last = 1; last <= SIZE; last++) {
      const growth = grow(peaks, last, lineAt(database, last))
      for (const node of growth.added) insert.run(node.last, node.level, node.hash)
      peaks = growth.peaks
    }
  }),
)
