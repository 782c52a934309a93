/** What is on disk, read by a connection of its own: tests judge by rows, not by what the product says of them. */
import { Database, type SQLQueryBindings } from "bun:sqlite"

export type Row = Record<string, unknown>

/** Reads with a connection that is closed afterwards. */
export function reading<Result>(path: string, read: (database: Database) => Result): Result {
  const database = new Database(path, { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}

export const rowsOf = <Found extends Row = Row>(path: string, sql: string, ...values: SQLQueryBindings[]): Found[] =>
  reading(path, (database) => database.query(sql).all(...values) as Found[])

/** The index of words follows the rows in its own time. */
const KEPT_TABLES = `SELECT name FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND name NOT IN ('wordIndexing', 'wordOrigin', 'sqlite_schema') ORDER BY name`

/** Every row of every table, or of one tenant only, by table: two dumps are equal when nothing has changed. */
export function dump(path: string, tenant: number | null = null): Record<string, Row[]> {
  return reading(path, (database) => {
    const tables = database.query(KEPT_TABLES).all() as Row[]
    const kept = tables.map(({ name }) => [String(name), columnsOf(database, String(name))] as const)
    const chosen = kept.filter(([, columns]) => tenant === null || columns.includes("tenant"))
    return Object.fromEntries(
      chosen.map(([name, columns]) => {
        const where = tenant === null ? "" : ` WHERE tenant = ${tenant}`
        const order = columns.map((_, index) => index + 1).join(", ")
        return [name, database.query(`SELECT * FROM "${name}"${where} ORDER BY ${order}`).all() as Row[]]
      }),
    )
  })
}

const columnsOf = (database: Database, table: string): string[] =>
  (database.query(`SELECT name FROM pragma_table_info('${table}')`).all() as Row[]).map(({ name }) => String(name))
