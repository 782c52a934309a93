/** Secrets at rest, the key file, and the canary that ties them together. */
import { expect, test } from "bun:test"
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openDataFolder } from "~/database/folder.ts"
import { createKey, KeyRefused, readKey } from "~/database/key-file.ts"
import { Secrets } from "~/database/secrets.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import { newFolder } from "./support.ts"

const chance = new SeededChance(7)
const secrets = new Secrets(chance.bytes(32), chance)

test("a secret comes back only where it was put", () => {
  const sealed = secrets.seal("EAA-token ✓", "channel/1/accessToken")
  expect(secrets.open(sealed, "channel/1/accessToken")).toBe("EAA-token ✓")
  expect(() => secrets.open(sealed, "channel/2/accessToken")).toThrow()
  expect(() => secrets.open(sealed, "channel/1/appSecret")).toThrow()
})

test("the same secret never looks the same, and never shows", () => {
  const first = secrets.seal("EAA-token", "place")
  const second = secrets.seal("EAA-token", "place")
  expect(Buffer.from(first).equals(Buffer.from(second))).toBeFalse()
  expect(Buffer.from(first).toString("latin1")).not.toContain("EAA")
})

test("a changed bit anywhere, or another key, opens nothing", () => {
  const sealed = secrets.seal("EAA-token", "place")
  for (let index = 0; index < sealed.length; index++) {
    const bent = Uint8Array.from(sealed)
    bent[index]! ^= 1
    expect(() => secrets.open(bent, "place")).toThrow()
  }
  expect(() => new Secrets(chance.bytes(32), chance).open(sealed, "place")).toThrow()
})

test("a new key is 256 bits, for its owner alone, and is never written over", () => {
  const path = join(newFolder(), "master.key")
  const key = createKey(path, chance)
  expect(readKey(path)).toEqual(Buffer.from(key))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(() => createKey(path, chance)).toThrow("EEXIST")
})

test.each([
  ["64 hex digits", (key: Buffer) => key.toString("hex")],
  ["base64", (key: Buffer) => key.toString("base64")],
  ["base64url without padding", (key: Buffer) => `  ${key.toString("base64url")}\n`],
])("a key may be written as %s", (_, write) => {
  const path = join(newFolder(), "master.key")
  const key = Buffer.from(chance.bytes(32))
  writeFileSync(path, write(key), { mode: 0o600 })
  expect(Buffer.from(readKey(path))).toEqual(key)
})

test.each([
  ["is missing", null, 0o600, "is missing"],
  ["is too short", "abcd", 0o600, "must hold 256 bits"],
  ["is too long", "a".repeat(66), 0o600, "must hold 256 bits"],
  ["is raw bytes", "\0".repeat(32), 0o600, "must hold 256 bits"],
  ["can be read by the group", "a".repeat(64), 0o640, "chmod 600"],
  ["can be read by everybody", "a".repeat(64), 0o604, "chmod 600"],
])("a key file that %s is refused with what to do", (_, text, mode, sentence) => {
  const path = join(newFolder(), "master.key")
  if (text !== null) {
    writeFileSync(path, text)
    chmodSync(path, mode)
  }
  expect(() => readKey(path)).toThrow(KeyRefused)
  expect(() => readKey(path)).toThrow(sentence)
})

const open = (folder: string, keyFile = join(folder, "master.key")) =>
  openDataFolder({ dataFolder: folder, keyFile, clock: new VirtualClock(), chance, log: silentLog, followUp() {} })

test("the first start makes the key; later ones prove that it belongs to the database", async () => {
  const folder = newFolder()
  await (await open(folder)).close()
  await (await open(folder)).close()
  const key = readFileSync(join(folder, "master.key"))
  writeFileSync(join(folder, "master.key"), "b".repeat(64))
  await expect(open(folder)).rejects.toThrow("does not belong to this database")
  writeFileSync(join(folder, "master.key"), key)
  await (await open(folder)).close()
})

test("a database whose key is gone is not given a new one", async () => {
  const folder = newFolder()
  await (await open(folder)).close()
  await expect(open(folder, join(folder, "other.key"))).rejects.toThrow("is missing: put it back")
})

test("a folder that another process has open is refused, and free again afterwards", async () => {
  const folder = newFolder()
  const first = await open(folder)
  await expect(open(folder)).rejects.toThrow("Another process is using the data folder")
  await first.close()
  await (await open(folder)).close()
})
