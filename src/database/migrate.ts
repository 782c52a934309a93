/**
 * Plain SQL files, forward only, each applied in one transaction and remembered with its checksum. A file newer than
 * this binary is refused; an older one is copied before it is changed.
 */
import { Database } from "bun:sqlite"
import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { plain } from "~/kernel/list.ts"

export type Migration = { name: string; sql: string }

/** What stops a start, in a sentence for the operator. */
export class MigrationRefused extends Error {}

export type MigrationReport = { applied: string[]; copy: string | null }

const REMEMBERED = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, appliedAt INTEGER NOT NULL) STRICT`

/**
 * Brings the file at `path` to the newest schema. `migrations` are in order; `copyTo` names the copy that is made
 * before an existing file is changed. Throws MigrationRefused.
 */
export function migrate(path: string, migrations: readonly Migration[], now: number, copyTo: string): MigrationReport {
  const existed = existsSync(path)
  const connection = new Database(path, { create: true, strict: true })
  try {
    connection.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")
    // What the tables keep of a text to sort and search by, as the code writes it.
    connection.function("plain", { deterministic: true }, plain)
    connection.run(REMEMBERED)
    const done = appliedIn(connection)
    refuseUnknown(done, migrations)
    const pending = migrations.slice(done.length)
    if (pending.length === 0) return { applied: [], copy: null }
    const copy = existed && done.length > 0 ? copyTo : null
    if (copy) connection.query("VACUUM INTO ?").run(copy)
    for (const [index, migration] of pending.entries()) apply(connection, done.length + index + 1, migration, now)
    return { applied: pending.map(({ name }) => name), copy }
  } finally {
    connection.close()
  }
}

type Applied = { number: number; name: string; checksum: string }

const appliedIn = (connection: Database): Applied[] =>
  connection.query<Applied, []>("SELECT number, name, checksum FROM migration ORDER BY number").all()

/** Says why the migrations remembered in a file do not fit this binary; null when they do. */
export function misfit(done: readonly Applied[], migrations: readonly Migration[]): string | null {
  for (const [index, { name, checksum }] of done.entries()) {
    const known = migrations[index]
    if (!known)
      return `the file was written by a newer version (it has migration ${name}); use that version, or restore the copy made before the upgrade`
    if (known.name !== name || checksumOf(known) !== checksum)
      return `migration ${name} of the file differs from this binary's; the binary is not the one this file belongs to`
  }
  return null
}

function refuseUnknown(done: readonly Applied[], migrations: readonly Migration[]): void {
  const reason = misfit(done, migrations)
  if (reason) throw new MigrationRefused(reason)
}

/** Foreign keys are off while tables may be rebuilt, and checked before the commit. */
function apply(connection: Database, number: number, migration: Migration, now: number): void {
  connection.run("PRAGMA foreign_keys = OFF")
  connection
    .transaction(() => {
      connection.run(migration.sql)
      if (connection.query("PRAGMA foreign_key_check").all().length > 0)
        throw new Error(`${migration.name} leaves rows that point nowhere`)
      connection
        .query("INSERT INTO migration (number, name, checksum, appliedAt) VALUES (?, ?, ?, ?)")
        .run(number, migration.name, checksumOf(migration), now)
    })
    .immediate()
}

export const checksumOf = ({ sql }: Migration): string => createHash("sha256").update(sql).digest("hex")
