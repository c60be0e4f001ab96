import type { ColumnDefinitionBuilder, Dialect, Kysely, RawBuilder, Transaction } from 'kysely'
import type { Setting } from './fault.ts'
import type { Tables } from './tables.ts'

/** What differs from one database to the next. Everything else in this folder is common to all. */
export interface Engine {
  readonly dialect: Dialect
  /** Where the store lies, in words that hold no password. */
  readonly place: string
  readonly setting: Setting
  /** Column type of whole numbers up to 2^53. */
  readonly integer: 'integer' | 'bigint'
  readonly bytes: 'blob' | 'bytea'
  /** What stands after the columns: of a table, and of one that lives in its key's index. */
  readonly table: RawBuilder<unknown>
  readonly indexTable: RawBuilder<unknown>
  /** Writers lock rows one by one, so a queue has to pass over the rows of others. */
  readonly locksRows: boolean
  /** A column that reads the member `name` of the JSON in the column `line`. */
  memberOfLine(name: string): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  /** Statements that make the table refuse changes and deletions. */
  growOnly(table: string): readonly string[]
  /** From here to its end the transaction is alone with the audit log, the limits and the tables' shape. */
  lockHead(trx: Transaction<Tables>): Promise<void>
  /** Name and version, such as `PostgreSQL 15.18`. Throws a `StoreFault` when it cannot serve. */
  edition(db: Kysely<Tables>): Promise<string>
  /** What went wrong while opening: a `StoreFault` where the operator can mend it. */
  explain(error: unknown): unknown
}
