/** What the code believes about the tables, and what the migrations make of them. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { shippedMigrations } from "~/database/shipped.ts"
import { plain } from "~/kernel/list.ts"

type Column = { name: string; type: string; nullable: boolean }
const TYPES: Record<string, string> = {
  Id: "INTEGER",
  Instant: "INTEGER",
  number: "INTEGER",
  Flag: "INTEGER",
  Degrees: "REAL",
  string: "TEXT",
  Uint8Array: "BLOB",
}
const source = readFileSync(join(import.meta.dir, "../../src/database/tables.ts"), "utf8")

/** `interface Name { a: T \n b: T | null }` as columns; a union of texts is a text. */
function interfaceNamed(name: string): Map<string, string> {
  const body = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ""
  const fields = body.replaceAll(/ *\/\*\*.*?\*\//gs, "").split(/\n(?= {2}\w+:)/)
  return new Map(
    fields.map((field) => [field.trim().split(":", 1)[0] ?? "", field.slice(field.indexOf(":") + 1).trim()]),
  )
}

function columnsOf(row: string): Column[] {
  return [...interfaceNamed(row)].map(([name, type]) => {
    const words = type
      .split("|")
      .map((word) => word.trim())
      .filter((word) => word !== "")
    const first = words.find((word) => word !== "null") ?? ""
    return { name, type: first.startsWith('"') ? "TEXT" : (TYPES[first] ?? first), nullable: words.includes("null") }
  })
}

const migrated = new Database(":memory:", { strict: true })
migrated.function("plain", { deterministic: true }, plain)
for (const { sql } of shippedMigrations()) migrated.run(sql)

const tablesMade = migrated
  .query<{ name: string }, []>(
    // The index of words and its own tables are no rows of anybody's.
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  .all()
  .map(({ name }) => name)
const madeColumns = (table: string): Column[] =>
  migrated
    .query<{ name: string; type: string; notnull: number }, [string]>(
      'SELECT name, type, "notnull" FROM pragma_table_info(?)',
    )
    .all(table)
    .map(({ name, type, notnull }) => ({ name, type, nullable: notnull === 0 }))

const described = [...interfaceNamed("ApplianceTables")].map(([table, type]) => {
  const row = /(\w+Row)/.exec(type)?.[1] ?? ""
  const tenant = type.startsWith("Owned<") ? "never null" : type.includes("tenant: Id | null") ? "may be null" : "none"
  return { table, row, tenant }
})
const byName = (a: Column, b: Column) => (a.name < b.name ? -1 : 1)

test("the code knows every table and no other", () => {
  expect(described.map(({ table }) => table).sort()).toEqual(tablesMade.sort())
})

test.each(described)("the code and the migrations agree on every column of $table", ({ table, row, tenant }) => {
  const own = tenant === "none" ? [] : [{ name: "tenant", type: "INTEGER", nullable: tenant === "may be null" }]
  const known = columnsOf(row)
  expect(known.length).toBeGreaterThan(0)
  expect([...known, ...own].sort(byName)).toEqual(madeColumns(table).sort(byName))
})

test("every table is strict", () => {
  const loose = migrated
    .query<{ name: string }, []>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0",
    )
    .all()
    .filter(({ name }) => !name.startsWith("sqlite_"))
  expect(loose).toEqual([])
})

test("within a tenant, a reference always carries the tenant", () => {
  const loose = described
    .filter(({ tenant }) => tenant === "never null")
    .flatMap(({ table }) =>
      migrated
        .query<{ id: number; table: string; from: string }, [string]>(
          'SELECT id, "table", "from" FROM pragma_foreign_key_list(?)',
        )
        .all(table)
        .reduce((keys, { id, table: target, from }) => {
          keys.set(id, { target, from: [...(keys.get(id)?.from ?? []), from] })
          return keys
        }, new Map<number, { target: string; from: string[] }>())
        .values()
        .map(({ target, from }) => ({ table, target, from }))
        .toArray(),
    )
    .filter(({ from }) => !from.includes("tenant"))
  expect(loose).toEqual([])
})
