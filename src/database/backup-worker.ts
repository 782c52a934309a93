/** The slow part of a backup, beside the thread that serves people: copy in one snapshot, make durable, verify. */
import { Database } from "bun:sqlite"
import type { Migration } from "./migrate.ts"
import { syncFile } from "./sync.ts"
import { type Verification, verifyFile } from "./verify.ts"

declare const self: Worker

export type BackupJob = { source: string; copy: string; migrations: readonly Migration[] }
export type BackupJobDone = { verification: Verification } | { error: string }

self.onmessage = ({ data }: MessageEvent<BackupJob>) => self.postMessage(work(data))

function work({ source, copy, migrations }: BackupJob): BackupJobDone {
  try {
    const connection = new Database(source, { readonly: true, strict: true })
    try {
      connection.run("PRAGMA busy_timeout = 5000")
      connection.query("VACUUM INTO ?").run(copy)
    } finally {
      connection.close()
    }
    syncFile(copy)
    return { verification: verifyFile(copy, migrations) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
