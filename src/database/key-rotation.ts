/**
 * A new key in place of the old one, safe against a kill at any moment. The new key is on the disk beside the old one
 * before the database is sealed with it in one transaction; only then the two files change places. Whoever opens the
 * folder afterwards finds by the canary which of them the database belongs to, and finishes what was begun. No key is
 * ever deleted: backups of before need the old one.
 */
import { copyFileSync, existsSync, constants as fileConstants, renameSync } from "node:fs"
import { dirname } from "node:path"
import type { Chance } from "~/kernel/chance.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { AppDatabase } from "./database.ts"
import { createKey, keyFits, readKey } from "./key-file.ts"
import { Secrets } from "./secrets.ts"
import { syncFile } from "./sync.ts"

const nextPath = (keyFile: string): string => `${keyFile}.next`

/** The new key, on the disk before anything is sealed with it. Throws what the file system says. */
export function prepareNextKey(keyFile: string, chance: Chance, now: Instant): Uint8Array {
  setAsideUnused(keyFile, now)
  const key = createKey(nextPath(keyFile), chance)
  syncFile(dirname(keyFile))
  return key
}

/** The database is under the new key: it takes the old one's place, which is kept. Answers where. */
export function putNextInPlace(keyFile: string, now: Instant): string {
  const kept = `${keyFile}.replaced-${now}`
  copyFileSync(keyFile, kept, fileConstants.COPYFILE_EXCL)
  syncFile(kept)
  renameSync(nextPath(keyFile), keyFile)
  syncFile(dirname(keyFile))
  return kept
}

/** What a rotation left behind that did not come to its end: finished if the database is under the new key, else set aside. */
export function settleRotation({ appliance, secrets }: AppDatabase, keyFile: string, chance: Chance): void {
  if (!existsSync(nextPath(keyFile))) return
  const { now } = appliance.read
  if (keyFits(appliance.read, secrets) !== false) {
    setAsideUnused(keyFile, now)
    return
  }
  const key = readKey(nextPath(keyFile))
  if (keyFits(appliance.read, new Secrets(key, chance)) === false) return
  secrets.become(key)
  putNextInPlace(keyFile, now)
}

function setAsideUnused(keyFile: string, now: Instant): void {
  if (existsSync(nextPath(keyFile))) renameSync(nextPath(keyFile), `${keyFile}.unused-${now}`)
}
