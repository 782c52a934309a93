/** What seldom changes is asked of the file once: until something is written to it, or what was written is undone. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { DatabaseFile } from "~/database/file.ts"
import type { Tx } from "~/database/handles.ts"
import { query, remembered, statement, TABLES_OF_VIEW } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { insertSkillset } from "~/skillset/store.ts"
import { openPair } from "./support.ts"

const names = remembered(statement(() => query.selectFrom("skillset").select("name").orderBy("name")))
const byName = remembered(
  statement((p: { name: string }) => query.selectFrom("skillset").select("id").where("name", "=", p.name)),
)
const rename = statement((p: { id: Id; name: string }) =>
  query.updateTable("skillset").set({ name: p.name }).where("id", "=", p.id),
)
const PLAIN = { strategy: "least_loaded", priority: 0, overflow: null } as const
const add = (name: string) => (tx: Tx) => insertSkillset(tx, { ...PLAIN, id: tx.newId(), name })

test("the same rows are given out until something is written to their table, and only to their tenant", async () => {
  const { acme, globex } = await openPair()
  expect(acme.read.all(names)).toEqual([])
  await acme.act(SYSTEM, add("Sales"))
  const known = acme.read.all(names)
  expect(known).toEqual([{ name: "Sales" }])
  expect(acme.read.all(names)).toBe(known)
  expect(globex.read.all(names)).toEqual([])
  const id = acme.read.one(byName, { name: "Sales" })!.id
  expect(acme.read.one(byName, { name: "Service" })).toBeNull()
  await acme.act(SYSTEM, (tx) => tx.run(rename, { id, name: "Service" }))
  expect(acme.read.all(names)).toEqual([{ name: "Service" }])
  expect(acme.read.one(byName, { name: "Sales" })).toBeNull()
  expect(acme.read.one(byName, { name: "Service" })).toEqual({ id })
})

test("what a command reads of its own change is forgotten when it is undone", async () => {
  const { acme } = await openPair()
  let seen: unknown
  const undone = acme.act(SYSTEM, (tx) => {
    add("Sales")(tx)
    seen = tx.all(names)
    throw new Error("on second thoughts")
  })
  expect(undone).rejects.toThrow("on second thoughts")
  await undone.catch(() => {})
  expect(seen).toEqual([{ name: "Sales" }])
  expect(acme.read.all(names)).toEqual([])
})

test("nobody can change what everybody is given", async () => {
  const { acme } = await openPair()
  await acme.act(SYSTEM, add("Sales"))
  const rows = acme.read.all(names)
  expect(() => rows.push({ name: "Service" })).toThrow(TypeError)
  expect(() => Object.assign(rows[0]!, { name: "Service" })).toThrow(TypeError)
})

test("a reader beside the one who writes remembers nothing: nobody would tell it", async () => {
  const { database, acme } = await openPair()
  const beside = new DatabaseFile(database.path, { readonly: true })
  const seen = () => beside.all(names, {}, acme.id)
  expect(seen()).toEqual([])
  await acme.act(SYSTEM, add("Sales"))
  expect(seen()).toEqual([{ name: "Sales" }])
  beside.connection.close()
})

test("every view is known by the tables beneath it", async () => {
  const { database } = await openPair()
  const connection = new Database(database.path, { readonly: true })
  const views = connection.query<{ name: string; sql: string }, []>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'view'",
  )
  const beneath = views.all().map(({ name, sql }) => [name, [...sql.matchAll(/FROM (\w+)/g)].map(([, table]) => table)])
  connection.close()
  expect(Object.fromEntries(beneath)).toEqual({ ...TABLES_OF_VIEW })
})
