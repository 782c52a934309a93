import { Database } from "bun:sqlite"
import { dirname } from "node:path"

/** Another process has the data folder. */
export class DataFolderInUse extends Error {}

/**
 * One process per file. The lock is SQLite's own on a file beside it: it holds across processes and ends with the
 * process, even when that is killed. Answers how to let go.
 */
export function lockDataFolder(path: string): () => void {
  const connection = new Database(path, { create: true })
  try {
    connection.run("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;")
  } catch {
    connection.close()
    throw new DataFolderInUse(`Another process is using the data folder ${dirname(path)}`)
  }
  return () => {
    connection.run("ROLLBACK")
    connection.close()
  }
}
