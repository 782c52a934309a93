/** The one file: opened, checked, locked; statements run synchronously on cached prepared statements. */
import { Database, type Statement as Prepared } from "bun:sqlite"
import { assert } from "~/kernel/assert.ts"
import { plain } from "~/kernel/list.ts"
import { Memory } from "./memory.ts"
import type { Compiled } from "./statement.ts"
import { type SqlValue, valuesOf } from "./statement.ts"

/** SQLite before 3.51.3 can corrupt a WAL file that two connections reset at once (reliability-security.md §1.2). */
const OLDEST_SQLITE = [3, 51, 3] as const

const BUSY_TIMEOUT_MS = 5_000
const PRAGMAS = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
  PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;
  PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;`

/** What makes a statement runnable; both kinds of handle pass theirs. */
type Runnable = { compiled(): Compiled; readonly isPassing?: true; readonly isRemembered?: true }

/** Of a quarter of a megabyte each: so much of the cache may be taken by what is not asked for again. */
const PASSING_KEPT = 16

export class DatabaseFile {
  readonly connection: Database
  #prepared = new Map<Runnable, Prepared>()
  #control = new Map<string, Prepared>()
  #closed = false
  #passed = 0
  /** Only whoever writes knows when it is old. */
  readonly #memory: Memory<Runnable> | null

  constructor(
    readonly path: string,
    options: { readonly?: boolean } = {},
  ) {
    this.#memory = options.readonly ? null : new Memory()
    this.connection = options.readonly
      ? new Database(path, { readonly: true, strict: true })
      : new Database(path, { create: true, readwrite: true, strict: true })
    refuseOldSqlite(this.connection)
    this.connection.function("plain", { deterministic: true }, plain)
    this.connection.run(options.readonly ? "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;" : PRAGMAS)
  }

  all<Row>(statement: Runnable, parameters: Record<string, unknown>, tenant: number | null): Row[] {
    const bound = values(statement, parameters, tenant)
    const ask = () => this.#prepare(statement).all(...bound) as Row[]
    return this.#memory && statement.isRemembered ? this.#memory.recall(statement, bound, ask) : ask()
  }

  one<Row>(statement: Runnable, parameters: Record<string, unknown>, tenant: number | null): Row | null {
    const bound = values(statement, parameters, tenant)
    if (this.#memory && statement.isRemembered)
      return this.#memory.recall(statement, bound, () => this.#get<Row>(statement, bound))
    const row = this.#get<Row>(statement, bound)
    if (statement.isPassing) this.#pass()
    return row
  }

  /** Runs a change; answers how many rows it touched. */
  run(statement: Runnable, parameters: Record<string, unknown>, tenant: number | null): number {
    const { changes } = this.#prepare(statement).run(...values(statement, parameters, tenant))
    if (statement.isPassing) this.#pass()
    const { writes } = statement.compiled()
    assert(writes !== null, "a change names the table that it changes")
    this.#memory?.forget(writes)
    return changes
  }

  /** A statement of transaction control, kept prepared: they run with every command. */
  control(sql: string): void {
    let prepared = this.#control.get(sql)
    if (!prepared) {
      prepared = this.connection.prepare(sql)
      this.#control.set(sql, prepared)
    }
    prepared.run()
    if (sql.startsWith("ROLLBACK")) this.#memory?.forgetEverything()
  }

  get inTransaction(): boolean {
    return !this.#closed && this.connection.inTransaction
  }

  /**
   * Writes the log back into the file and empties it, so that nothing that was removed stands in it any more; false when
   * somebody reads from it: nobody waits for them.
   */
  emptyLog(): boolean {
    this.connection.run("PRAGMA busy_timeout = 0")
    try {
      const answer = this.connection.query<{ busy: number }, []>("PRAGMA wal_checkpoint(TRUNCATE)").get()
      return answer?.busy === 0
    } finally {
      this.connection.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    }
  }

  /** Writes the log back into the file and closes, so that one file is left behind. */
  close(): void {
    this.#finalize()
    this.connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    this.connection.close()
  }

  /** Closes what only read beside the one that writes. */
  release(): void {
    this.#finalize()
    this.connection.close()
  }

  #finalize(): void {
    this.#closed = true
    for (const prepared of [...this.#prepared.values(), ...this.#control.values()]) prepared.finalize()
    this.#prepared.clear()
    this.#control.clear()
  }

  #get<Row>(statement: Runnable, bound: readonly SqlValue[]): Row | null {
    return this.#prepare(statement).get(...bound) as Row | null
  }

  /** Lets go of clean pages: without this a file of a hundred megabytes would take the whole cache, and the memory. */
  #pass(): void {
    this.#passed += 1
    if (this.#passed % PASSING_KEPT === 0) this.control("PRAGMA shrink_memory")
  }

  #prepare(statement: Runnable): Prepared {
    let prepared = this.#prepared.get(statement)
    if (!prepared) {
      prepared = this.connection.prepare(statement.compiled().sql)
      this.#prepared.set(statement, prepared)
    }
    return prepared
  }
}

const values = (statement: Runnable, parameters: Record<string, unknown>, tenant: number | null): SqlValue[] =>
  valuesOf(statement.compiled(), parameters, tenant)

function refuseOldSqlite(connection: Database): void {
  const { version } = connection.query<{ version: string }, []>("SELECT sqlite_version() AS version").get()!
  const parts = version.split(".").map(Number)
  const difference = OLDEST_SQLITE.map((least, index) => (parts[index] ?? 0) - least).find((gap) => gap !== 0) ?? 0
  if (difference < 0)
    throw new Error(`SQLite ${version} can corrupt its log; ${OLDEST_SQLITE.join(".")} or later is needed`)
}
