/**
 * Puts a backup in the place of the database. What was there is moved aside whole; the copy is tamed before anybody
 * sees it: nothing that may have left the building already is sent again, and nobody is still signed in.
 */
import { Database } from "bun:sqlite"
import { copyFileSync, existsSync, constants as fileConstants, renameSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import type { Clock } from "~/kernel/clock.ts"
import { databasePath, lockPath } from "./folder.ts"
import { CANARY_KEY, canaryFits } from "./key-file.ts"
import { lockDataFolder } from "./lock.ts"
import type { Migration } from "./migrate.ts"
import type { Secrets } from "./secrets.ts"
import { syncFile } from "./sync.ts"
import { type Verification, verifyFile } from "./verify.ts"

/** Why a file was not put in place, one sentence each. */
export class RestoreRefused extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"))
  }
}

export type RestoreReport = {
  verification: Verification
  /** Messages that wait for a person's word: they may have been sent before. */
  held: number
  /** Where the database that was there before is now; null: there was none. */
  aside: string | null
}

/** Throws DataFolderInUse while an appliance runs, and RestoreRefused for a file that is not sound. */
export function restoreFile(
  source: string,
  dataFolder: string,
  given: { migrations: readonly Migration[]; clock: Clock; secrets: Secrets },
): RestoreReport {
  const unlock = lockDataFolder(lockPath(dataFolder))
  const path = databasePath(dataFolder)
  const copy = `${path}.restoring`
  try {
    const verification = verifyFile(source, given.migrations)
    if (verification.problems.length > 0) throw new RestoreRefused(verification.problems)
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${copy}${end}`, { force: true })
    copyWhole(source, copy)
    const held = tame(copy, given.secrets)
    syncFile(copy)
    const aside = existsSync(path) ? `${path}.replaced-${given.clock.now()}` : null
    if (aside) moveTogether(path, aside)
    renameSync(copy, path)
    syncFile(dirname(path))
    return { verification, held, aside }
  } finally {
    rmSync(copy, { force: true })
    unlock()
  }
}

/** A file with a log beside it (a cold copy of the folder) is only whole together with its log. */
function copyWhole(source: string, copy: string): void {
  copyFileSync(source, copy, fileConstants.COPYFILE_EXCL)
  if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${copy}-wal`, fileConstants.COPYFILE_EXCL)
}

/** Answers how many messages are held. */
function tame(path: string, secrets: Secrets): number {
  const connection = new Database(path, { readwrite: true, create: false, strict: true })
  try {
    const canary = connection
      .query<{ value: string }, [string]>("SELECT value FROM setting WHERE key = ?")
      .get(CANARY_KEY)
    if (canary && !canaryFits(canary.value, secrets))
      throw new RestoreRefused(["it was made with another key file: put that one in place first"])
    connection.run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
    return connection
      .transaction(() => {
        const held = connection
          .query(
            "UPDATE message SET status = 'held', nextAttemptAt = NULL WHERE direction = 'out' AND status IN ('queued', 'sending')",
          )
          .run().changes
        connection.run("DELETE FROM readReceipt")
        for (const table of ["session", "signInStep", "passwordReset"]) connection.run(`DELETE FROM ${table}`)
        connection.run(
          "UPDATE mail SET state = 'uncertain', nextAttemptAt = NULL, reason = 'interrupted', secret = NULL WHERE state IN ('queued', 'sending')",
        )
        connection.run("DELETE FROM loginThrottle")
        return held
      })
      .immediate()
  } finally {
    connection.close()
  }
}

function moveTogether(path: string, aside: string): void {
  for (const end of ["-wal", "-shm", ""]) if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${aside}${end}`)
}
