import { SQLiteError } from "bun:sqlite"

/** Whether the storage failed (disk full, I/O error), as opposed to a rule of the schema that a row broke. */
export const isStorageFault = (error: unknown): boolean =>
  error instanceof SQLiteError && !(error.code ?? "").startsWith("SQLITE_CONSTRAINT")
