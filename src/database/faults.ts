import { SQLiteError } from "bun:sqlite"

/** Whether the storage failed (disk full, I/O error), as opposed to a rule of the schema that a row broke. */
export const isStorageFault = (error: unknown): boolean =>
  error instanceof SQLiteError && !(error.code ?? "").startsWith("SQLITE_CONSTRAINT")

/** The record that makes a transaction count is the last that is written: without room for it there is none. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(["SQLITE_FULL", "SQLITE_IOERR_WRITE"])

/**
 * Whether nobody can tell any more what is on disk. A failed fsync is not to be tried again: the system forgets what it
 * could not write, says yes the next time, and a restart may find the commit that failed (reliability-security.md §3.1).
 */
export function leavesDoubt(error: unknown, during: "work" | "commit"): boolean {
  if (!(error instanceof SQLiteError)) return false
  const { code = "" } = error
  return code === "SQLITE_IOERR_FSYNC" || (during === "commit" && !NOT_WRITTEN.has(code))
}
