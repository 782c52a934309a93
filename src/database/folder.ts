/** The data folder: one process at a time has it open – the file, its key and its lock. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { uuid7 } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import type { FollowUp } from "./act.ts"
import { type AppDatabase, openDatabase } from "./database.ts"
import { createKey, proveKey, readKey } from "./key-file.ts"
import { settleRotation } from "./key-rotation.ts"
import { lockDataFolder } from "./lock.ts"
import { Secrets } from "./secrets.ts"
import { shippedMigrations } from "./shipped.ts"

export const databasePath = (folder: string): string => join(folder, "sportello.db")
export const lockPath = (folder: string): string => join(folder, "sportello.lock")
/** Who was erased (retention/actions/remembering.ts); in no backup, so that none brings them back. */
export const erasuresPath = (folder: string): string => join(folder, "erasures.jsonl")
export const socketPath = (folder: string): string => join(folder, "sportello.sock")

export type FolderParts = {
  dataFolder: string
  keyFile: string
  clock: Clock
  chance: Chance
  log: Log
  followUp: FollowUp
}
export type OpenFolder = { database: AppDatabase; close(): Promise<void> }

/**
 * Opens the folder's database, made and brought to the newest schema where needed. Throws DataFolderInUse, KeyRefused
 * or MigrationRefused.
 */
export async function openDataFolder(parts: FolderParts): Promise<OpenFolder> {
  const { dataFolder, keyFile, clock, chance, log, followUp } = parts
  const unlock = lockDataFolder(lockPath(dataFolder))
  let database: AppDatabase | null = null
  try {
    const path = databasePath(dataFolder)
    const isNew = !existsSync(path) && !existsSync(keyFile)
    const secrets = new Secrets(isNew ? createKey(keyFile, chance) : readKey(keyFile), chance)
    const bootId = uuid7(clock.now(), chance)
    database = openDatabase({ path, clock, log, migrations: shippedMigrations(), bootId, secrets, followUp })
    settleRotation(database, keyFile, chance)
    await proveKey(database, keyFile)
  } catch (error) {
    await database?.close()
    unlock()
    throw error
  }
  const opened = database
  return {
    database: opened,
    async close() {
      await opened.close()
      unlock()
    },
  }
}
