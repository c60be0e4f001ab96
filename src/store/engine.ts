import type { ColumnDefinitionBuilder, Dialect, RawBuilder } from 'kysely'

/** What differs from one database to the next. Everything else in this folder is common to all. */
export interface Engine {
  readonly dialect: Dialect
  /** Column type of whole numbers up to 2^53. */
  readonly integer: 'integer' | 'bigint'
  readonly bytes: 'blob' | 'bytea'
  /** What stands after the columns: of a table, and of one that lives in its key's index. */
  readonly table: RawBuilder<unknown>
  readonly indexTable: RawBuilder<unknown>
  /** A column that reads the member `name` of the JSON in the column `line`. */
  memberOfLine(name: string): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  /** Statements that make the table refuse changes and deletions. */
  growOnly(table: string): readonly string[]
}
