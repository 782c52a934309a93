/**
 * The key file: 256 bits outside the database, without which its secrets cannot be read. A canary in the database
 * proves that the two belong together (reliability-security.md §2.7).
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import type { Chance } from "~/kernel/chance.ts"
import type { AppDatabase } from "./database.ts"
import type { ApplianceReader, ApplianceTx } from "./handles.ts"
import { KEY_BYTES, type Secrets } from "./secrets.ts"
import { applianceQuery, applianceStatement } from "./statement.ts"

/** What is wrong with the key, in a sentence for the operator. */
export class KeyRefused extends Error {}

/** The key of `path`. Throws KeyRefused when it is missing, open to others or no key. */
export function readKey(path: string): Uint8Array {
  if (!existsSync(path))
    throw new KeyRefused(`The key file ${path} is missing: put it back; without it the secrets cannot be read.`)
  if ((statSync(path).mode & 0o077) !== 0)
    throw new KeyRefused(`The key file ${path} can be read by others: chmod 600 ${path}`)
  const key = keyFrom(readFileSync(path, "utf8").trim())
  if (!key) throw new KeyRefused(`The key file ${path} must hold 256 bits, as 64 hex digits or in base64.`)
  return key
}

/** Makes a new key, for its owner alone. An existing file is never touched. */
export function createKey(path: string, chance: Chance): Uint8Array {
  const key = chance.bytes(KEY_BYTES)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, "wx", 0o600)
  writeSync(file, `${Buffer.from(key).toString("hex")}\n`)
  fsyncSync(file)
  closeSync(file)
  return key
}

/** The setting that is sealed with the key. */
export const CANARY_KEY = "keyCanary"
const CANARY_PLACE = "setting/keyCanary"
const CANARY_WORD = "sportello"

const setting = applianceStatement((p: { key: string }) =>
  applianceQuery.selectFrom("setting").select("value").where("key", "=", p.key),
)
const changeSetting = applianceStatement((p: { key: string; value: string }) =>
  applianceQuery.updateTable("setting").set({ value: p.value }).where("key", "=", p.key),
)
const addSetting = applianceStatement((p: { key: string; value: string }) =>
  applianceQuery.insertInto("setting").values({ key: p.key, value: p.value }),
)

/** Throws KeyRefused unless the key opens this database; a new database is bound to the key. */
export async function proveKey(database: AppDatabase, keyFile: string): Promise<void> {
  const { appliance, secrets } = database
  if (keyFits(appliance.read, secrets) === false)
    throw new KeyRefused(`The key file ${keyFile} does not belong to this database: put back the one it was made with.`)
  await appliance.act((tx) => {
    if (tx.one(setting, { key: CANARY_KEY })) return
    tx.run(addSetting, { key: CANARY_KEY, value: canary(secrets) })
  })
}

const canary = (secrets: Secrets) => Buffer.from(secrets.seal(CANARY_WORD, CANARY_PLACE)).toString("base64")

/** The database belongs to the key of `secrets` from now on. */
export const resealCanary = (tx: ApplianceTx, secrets: Secrets): void =>
  void tx.run(changeSetting, { key: CANARY_KEY, value: canary(secrets) })

/** Whether `secrets` are those of the database; null when it has never had any. */
export function keyFits(read: ApplianceReader, secrets: Secrets): boolean | null {
  const kept = read.one(setting, { key: CANARY_KEY })
  return kept && canaryFits(kept.value, secrets)
}

export function canaryFits(value: string, secrets: Secrets): boolean {
  try {
    return secrets.open(Buffer.from(value, "base64"), CANARY_PLACE) === CANARY_WORD
  } catch {
    return false
  }
}

function keyFrom(text: string): Uint8Array | null {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, "hex")
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null
  return Buffer.from(text.replaceAll("-", "+").replaceAll("_", "/"), "base64")
}
