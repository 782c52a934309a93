/** A backup is one moment of the database, and what comes back from it is tame. */
import { Database } from "bun:sqlite"
import { beforeAll, expect, test } from "bun:test"
import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { BackupRefused, backUp } from "~/database/backup.ts"
import { databasePath, lockPath } from "~/database/folder.ts"
import { CANARY_KEY } from "~/database/key-file.ts"
import { lockDataFolder } from "~/database/lock.ts"
import { RestoreRefused, restoreFile } from "~/database/restore.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { checksumPath, verifyFile } from "~/database/verify.ts"
import { SYSTEM } from "~/facts.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { createSkillset } from "~/skillset/actions.ts"
import { addUser, newFolder, openPair, openTestDatabase } from "./support.ts"

const migrations = shippedMigrations()
const chance = new SeededChance(3)
const secrets = new Secrets(new SeededChance(1).bytes(32), chance)

/** A sound backup of a database with some size, for the tests that damage it. */
let sound: string
beforeAll(async () => {
  const { database, acme } = await openPair()
  await Promise.all(
    Array.from({ length: 400 }, (_, index) => acme.act(SYSTEM, (tx) => createSkillset(tx, `Skillset ${index}`))),
  )
  await addUser(acme, "anna")
  sound = join(newFolder(), "sound.db")
  await backUp(database.path, sound)
  await database.close()
})

test("a backup made while people work is one moment of it: nothing half done, nothing lost that was done before", async () => {
  const { database, acme } = await openPair()
  let done = 0
  let working = true
  const work = async () => {
    while (working) {
      await acme.act(SYSTEM, (tx) => {
        createSkillset(tx, `left ${done}`)
        createSkillset(tx, `right ${done}`)
      })
      done++
    }
  }
  const worker = work()
  await acme.act(SYSTEM, () => {})
  const before = done
  const target = join(newFolder(), "live.db")
  const { counts, problems } = await backUp(database.path, target)
  working = false
  await worker
  expect(problems).toEqual([])
  const copy = new Database(target, { readonly: true })
  const count = (side: string) =>
    copy.query<{ count: number }, [string]>("SELECT count(*) AS count FROM skillset WHERE name LIKE ?").get(`${side} %`)
      ?.count ?? -1
  expect(count("left")).toBe(count("right"))
  expect(count("left")).toBeGreaterThanOrEqual(before)
  expect(count("left")).toBeLessThanOrEqual(done)
  expect(counts.tenant).toBe(2)
  copy.close()
  await database.close()
})

test("a backup of a quiet database holds exactly what the database holds", async () => {
  const { database, acme } = await openPair()
  await addUser(acme, "anna")
  const target = join(newFolder(), "quiet.db")
  await backUp(database.path, target)
  await database.close()
  const rowsOf = (path: string) => {
    const connection = new Database(path, { readonly: true })
    const tables = connection
      .query<{ name: string }, []>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite_schema' ORDER BY name",
      )
      .all()
    const rows = tables.map(({ name }) => [name, connection.query(`SELECT * FROM "${name}" ORDER BY 1, 2`).all()])
    connection.close()
    return rows
  }
  expect(rowsOf(target)).toEqual(rowsOf(database.path))
})

test("an existing file is never overwritten, and a folder that is not there is said so", async () => {
  const { database } = await openPair()
  const folder = newFolder()
  writeFileSync(join(folder, "precious"), "mine")
  await expect(backUp(database.path, join(folder, "precious"))).rejects.toThrow("a backup never overwrites")
  expect(readFileSync(join(folder, "precious"), "utf8")).toBe("mine")
  await expect(backUp(database.path, join(folder, "nowhere", "b.db"))).rejects.toBeInstanceOf(BackupRefused)
  expect(readdirSync(folder)).toEqual(["precious"])
  await database.close()
})

test("a database that is damaged gives no backup, and no half of one is left behind", async () => {
  const folder = newFolder()
  const damaged = join(folder, "damaged.db")
  copyFileSync(sound, damaged)
  flip(damaged, 4_096, 40_960)
  await expect(backUp(damaged, join(folder, "b.db"))).rejects.toBeInstanceOf(BackupRefused)
  expect(readdirSync(folder)).toEqual(["damaged.db"])
})

test("a sound file is found sound, and nothing is written beside it", () => {
  const folder = newFolder()
  copyFileSync(sound, join(folder, "b.db"))
  const { problems, counts, schema } = verifyFile(join(folder, "b.db"), migrations)
  expect(problems).toEqual([])
  expect(counts).toMatchObject({ tenant: 2, user: 1 })
  expect(schema).toBe(migrations.at(-1)!.name)
  expect(readdirSync(folder)).toEqual(["b.db"])
})

test("a file cut off anywhere is found damaged", () => {
  const whole = readFileSync(sound).length
  for (const length of [0, 50, 4_096, whole - 4_096, whole - 1]) {
    const path = join(newFolder(), "cut.db")
    copyFileSync(sound, path)
    truncateSync(path, length)
    expect(verifyFile(path, migrations).problems).not.toEqual([])
  }
})

test("one changed byte anywhere is found, by the checksum that lies beside the backup", () => {
  const folder = newFolder()
  const path = join(folder, "sound.db")
  const size = readFileSync(sound).length
  copyFileSync(checksumPath(sound), checksumPath(path))
  for (const offset of [30, 5_000, Math.floor(size / 2), size - 1]) {
    copyFileSync(sound, path)
    flip(path, offset, 1)
    expect(verifyFile(path, migrations).problems.join()).toContain("its bytes are not those of the backup")
  }
})

test("overwritten pages are found without a checksum", () => {
  const path = join(newFolder(), "flipped.db")
  copyFileSync(sound, path)
  flip(path, 4_096, 4_096)
  expect(verifyFile(path, migrations).problems).not.toEqual([])
})

test("what is not a Sportello database is not taken for one", () => {
  const folder = newFolder()
  writeFileSync(join(folder, "text"), "Dear diary, ".repeat(1_000))
  expect(verifyFile(join(folder, "text"), migrations).problems.join()).toContain("SQLite cannot read it")
  const other = new Database(join(folder, "other.db"))
  other.run("CREATE TABLE recipe (name TEXT)")
  other.close()
  expect(verifyFile(join(folder, "other.db"), migrations).problems).toEqual(["it is not a Sportello database"])
  expect(verifyFile(join(folder, "nothing"), migrations).problems.join()).toContain("there is no file")
})

test("rows that point nowhere, an altered schema and a newer version are found", () => {
  const altered = (sql: string): string => {
    const path = join(newFolder(), "altered.db")
    copyFileSync(sound, path)
    const connection = new Database(path, { strict: true })
    connection.run("PRAGMA foreign_keys = OFF")
    connection.run(sql)
    connection.close()
    return verifyFile(path, migrations).problems.join()
  }
  expect(altered("DELETE FROM tenant")).toContain("points to a tenant that is not there")
  expect(altered("DROP INDEX conversationOpen")).toContain("schema differs from this release's at conversationOpen")
  expect(altered("CREATE TABLE extra (a)")).toContain("at extra")
  expect(altered("INSERT INTO migration VALUES (9999, '9999_future.sql', 'x', 1)")).toContain("newer version")
})

function flip(path: string, offset: number, bytes: number): void {
  const content = readFileSync(path)
  for (let index = offset; index < offset + bytes; index++) content[index]! ^= 0xff
  writeFileSync(path, content)
}

const restore = (source: string, folder: string, withSecrets = secrets) =>
  restoreFile(source, folder, { migrations, clock: new VirtualClock(), secrets: withSecrets })

/** A backup in which one message waits, one is on its way and one has arrived, and somebody is signed in. */
async function busyBackup(): Promise<string> {
  const { database, acme } = await openPair()
  const anna = await addUser(acme, "anna")
  await database.close()
  const connection = new Database(database.path, { strict: true })
  const canary = Buffer.from(secrets.seal("sportello", "setting/keyCanary")).toString("base64")
  connection.query("INSERT INTO setting VALUES (?, ?)").run(CANARY_KEY, canary)
  const tenant = acme.id
  const now = 1
  connection.run(`INSERT INTO channel (id, tenant, name, phoneNumberId, displayPhoneNumber, wabaId, accessToken, appSecret,
    verifyToken, hours, enabled, createdAt) VALUES (1, ${tenant}, 'n', '111', '1', '1', x'00', x'00', x'00', '"always"', 1, ${now})`)
  connection.run(`INSERT INTO customer (id, tenant, phone, createdAt) VALUES (1, ${tenant}, '39', ${now})`)
  connection.run(`INSERT INTO conversation (id, tenant, customer, channel, state, stateSince, openedAt, version, owner)
    VALUES (1, ${tenant}, 1, 1, 'active', ${now}, ${now}, 1, ${anna})`)
  const insert = connection.query(
    "INSERT INTO message (id, tenant, conversation, channel, direction, kind, at, text, status) VALUES (?, ?, 1, 1, 'out', 'text', ?, 'hi', ?)",
  )
  for (const [index, status] of ["queued", "sending", "sent"].entries()) insert.run(index + 1, tenant, now, status)
  connection
    .query("INSERT INTO session VALUES (randomblob(32), ?, ?, 'csrf', ?, ?, NULL, NULL, 0)")
    .run(tenant, anna, now, now)
  connection.close()
  const target = join(newFolder(), "busy.db")
  await backUp(database.path, target)
  return target
}

test("what comes back from a backup sends nothing by itself, and nobody is still signed in", async () => {
  const source = await busyBackup()
  const folder = newFolder()
  const report = restore(source, folder)
  expect(report).toMatchObject({ held: 2, aside: null })
  const restored = new Database(databasePath(folder), { readonly: true })
  expect(restored.query("SELECT status FROM message ORDER BY id").values().flat()).toEqual(["held", "held", "sent"])
  expect(restored.query("SELECT * FROM session").all()).toEqual([])
  restored.close()
  expect(verifyFile(source, migrations).problems).toEqual([])
})

test("the database that was there is moved aside whole, and the restored one opens", async () => {
  const source = await busyBackup()
  const folder = newFolder()
  for (const end of ["", "-wal", "-shm"]) writeFileSync(`${databasePath(folder)}${end}`, `before${end}`)
  const { aside } = restore(source, folder)
  for (const end of ["", "-wal", "-shm"]) expect(readFileSync(`${aside}${end}`, "utf8")).toBe(`before${end}`)
  const database = openTestDatabase({ path: databasePath(folder) })
  await database.start()
  await database.close()
})

test("nothing is restored while an appliance runs, from a file that is not sound, or under another key", async () => {
  const source = await busyBackup()
  const folder = newFolder()
  writeFileSync(databasePath(folder), "before")
  const unlock = lockDataFolder(lockPath(folder))
  expect(() => restore(source, folder)).toThrow("Another process is using the data folder")
  unlock()
  const damaged = join(newFolder(), "damaged.db")
  copyFileSync(sound, damaged)
  truncateSync(damaged, 8_192)
  expect(() => restore(damaged, folder)).toThrow(RestoreRefused)
  expect(() => restore(source, folder, new Secrets(chance.bytes(32), chance))).toThrow("made with another key file")
  expect(readFileSync(databasePath(folder), "utf8")).toBe("before")
  expect(readdirSync(folder).sort()).toEqual(["sportello.db", "sportello.lock"])
})

test("a cold copy that was never closed is restored together with its log", async () => {
  const { database, acme } = await openPair()
  await addUser(acme, "anna")
  const cold = join(newFolder(), "cold.db")
  for (const end of ["", "-wal"]) copyFileSync(`${database.path}${end}`, `${cold}${end}`)
  await database.close()
  expect(existsSync(`${cold}-wal`)).toBeTrue()
  const folder = newFolder()
  restore(cold, folder)
  const restored = new Database(databasePath(folder), { readonly: true })
  expect(restored.query("SELECT username FROM user").values().flat()).toEqual(["anna"])
  restored.close()
})
