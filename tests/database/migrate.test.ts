/** Upgrades: forward only, all or nothing, and never on a file of somebody else. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { type Migration, MigrationRefused, migrate } from "~/database/migrate.ts"
import { nextTurn } from "~/kernel/clock.ts"
import { AFTER, BEFORE, LONG } from "./migrations.ts"
import { newFolder } from "./support.ts"

const NOW = 1_000
const run = (path: string, migrations: readonly Migration[]) => migrate(path, migrations, NOW, `${path}.copy`)

function tablesIn(path: string): string[] {
  const connection = new Database(path, { readonly: true })
  const rows = connection
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
  connection.close()
  return rows.map(({ name }) => name)
}

test("a new file gets every migration, and no copy of nothing is made", () => {
  const path = join(newFolder(), "a.db")
  expect(run(path, [BEFORE, AFTER])).toEqual({ applied: [BEFORE.name, AFTER.name], copy: null })
  expect(tablesIn(path)).toEqual(["migration", "new"])
  expect(run(path, [BEFORE, AFTER])).toEqual({ applied: [], copy: null })
})

test("an older file is copied as it was, then upgraded", () => {
  const path = join(newFolder(), "a.db")
  run(path, [BEFORE])
  expect(run(path, [BEFORE, AFTER])).toEqual({ applied: [AFTER.name], copy: `${path}.copy` })
  expect(tablesIn(path)).toEqual(["migration", "new"])
  expect(tablesIn(`${path}.copy`)).toEqual(["migration", "old"])
})

test("a file of a newer version is refused, and said so", () => {
  const path = join(newFolder(), "a.db")
  run(path, [BEFORE, AFTER])
  expect(() => run(path, [BEFORE])).toThrow(MigrationRefused)
  expect(() => run(path, [BEFORE])).toThrow("written by a newer version (it has migration 0002_after.sql)")
})

test("a file whose past differs from this binary's is refused", () => {
  const path = join(newFolder(), "a.db")
  run(path, [BEFORE])
  expect(() => run(path, [{ ...BEFORE, sql: `${BEFORE.sql} ` }])).toThrow("differs from this binary's")
  expect(() => run(path, [{ ...BEFORE, name: "0001_other.sql" }])).toThrow("differs from this binary's")
})

test("a migration that fails leaves the file as it was, and the next binary mends it", () => {
  const path = join(newFolder(), "a.db")
  run(path, [BEFORE])
  const broken = { ...AFTER, sql: `${AFTER.sql} INSERT INTO nowhere VALUES (1);` }
  expect(() => run(path, [BEFORE, broken])).toThrow("no such table")
  expect(tablesIn(path)).toEqual(["migration", "old"])
  expect(() => migrate(path, [BEFORE, AFTER], NOW, `${path}.second-copy`)).not.toThrow()
  expect(tablesIn(path)).toEqual(["migration", "new"])
})

test("a migration may not leave rows that point nowhere", () => {
  const path = join(newFolder(), "a.db")
  const dangling = {
    name: "0002_dangling.sql",
    sql: "CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE c (p INTEGER REFERENCES p (id)) STRICT; INSERT INTO c VALUES (9);",
  }
  expect(() => run(path, [BEFORE, dangling])).toThrow("rows that point nowhere")
  expect(tablesIn(path)).toEqual(["migration", "old"])
})

test("killed in the middle of an upgrade, the file is whole: old as it was, and the next start completes it", async () => {
  const path = join(newFolder(), "a.db")
  run(path, [BEFORE])
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "migrating.ts"), path], { stderr: "inherit" })
  const log = () => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  while (log() < 4_000_000 && child.exitCode === null) await nextTurn()
  expect(child.exitCode).toBeNull()
  child.kill("SIGKILL")
  await child.exited
  expect(existsSync(`${path}.copy`)).toBeTrue()
  expect(tablesIn(path)).toEqual(["migration", "old"])
  expect(migrate(path, [BEFORE, LONG], NOW, `${path}.second-copy`).applied).toEqual([LONG.name])
  expect(tablesIn(path)).toEqual(["migration", "new"])
})
