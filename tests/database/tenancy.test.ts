/** No statement can forget its tenant or name another: every shape of statement, from two tenants that look alike. */
import { Database } from "bun:sqlite"
import { beforeAll, expect, test } from "bun:test"
import { sql } from "kysely"
import type { TenantHandle } from "~/database/database.ts"
import { MOST_TENANTS, placeOf, STRETCH, tenantAt } from "~/database/places.ts"
import { applianceQuery, inserting, query, type SqlValue, statement } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { createSkillset, setSkillsetsOf } from "~/skillset/actions.ts"
import { addUser, openPair, type Pair } from "./support.ts"

let pair: Pair
let anna: { acme: Id; globex: Id }
let sales: { acme: Id; globex: Id }

beforeAll(async () => {
  pair = await openPair()
  const furnish = async (handle: TenantHandle, username: string) => {
    const user = await addUser(handle, username)
    const skillset = await handle.act(SYSTEM, (tx) => createSkillset(tx, "Sales"))
    await handle.act(SYSTEM, (tx) => setSkillsetsOf(tx, user, [skillset]))
    return { user, skillset }
  }
  const acme = await furnish(pair.acme, "anna")
  const globex = await furnish(pair.globex, "anna.globex")
  anna = { acme: acme.user, globex: globex.user }
  sales = { acme: acme.skillset, globex: globex.skillset }
})

const reads = {
  "a plain read": statement(() => query.selectFrom("skillset").select("id")),
  "a read by another tenant's id": statement(() => query.selectFrom("skillset").select("id").where("id", ">", 0)),
  "a condition with or": statement(() =>
    query
      .selectFrom("skillset")
      .select("id")
      .where((row) => row.or([row("name", "=", "Sales"), row("id", ">", 0)])),
  ),
  "an alias": statement(() => query.selectFrom("skillset as s").select("s.id")),
  "an inner join": statement(() =>
    query
      .selectFrom("skillsetMember as member")
      .innerJoin("skillset", (join) => join.onTrue())
      .select("skillset.id"),
  ),
  "a left join": statement(() =>
    query
      .selectFrom("user")
      .leftJoin("skillset", (join) => join.onTrue())
      .select("skillset.id as id"),
  ),
  "two tables beside each other": statement(() => query.selectFrom(["skillset", "user"]).select("skillset.id")),
  "a subquery in from": statement(() =>
    query.selectFrom((from) => from.selectFrom("skillset").select("id").as("inner")).select("inner.id"),
  ),
  "a subquery in where": statement(() =>
    query
      .selectFrom("skillset")
      .select("id")
      .where("id", "in", (from) => from.selectFrom("skillset as other").select("other.id")),
  ),
  "a subquery in select": statement(() =>
    query.selectFrom("user").select((from) => from.selectFrom("skillset").select("skillset.id").limit(1).as("id")),
  ),
  exists: statement(() =>
    query
      .selectFrom("skillset")
      .select("id")
      .where((row) => row.exists(row.selectFrom("user").select("user.id"))),
  ),
  "a union": statement(() =>
    query.selectFrom("skillset").select("id").union(query.selectFrom("skillset as again").select("again.id")),
  ),
  "a common table": statement(() =>
    query
      .with("named", (from) => from.selectFrom("skillset").select("id"))
      .selectFrom("skillset")
      .select("id"),
  ),
}

test.each(Object.entries(reads))("%s sees one tenant's rows only", (_, read) => {
  const idsFor = (handle: TenantHandle) => [...new Set(handle.read.all(read).map((row) => (row as { id: Id }).id))]
  expect(idsFor(pair.acme)).toEqual([sales.acme])
  expect(idsFor(pair.globex)).toEqual([sales.globex])
})

const rename = statement((p: { id: Id; name: string }) =>
  query
    .updateTable("skillset")
    .set({ name: p.name })
    .where((row) => row.or([row("id", "=", p.id), row("id", ">", 0)])),
)
const remove = statement((p: { user: Id }) => query.deleteFrom("skillsetMember").where("user", "=", p.user))
const nameOf = statement((p: { id: Id }) => query.selectFrom("skillset").select("name").where("id", "=", p.id))

test("a change touches one tenant's rows only, even by another's id", async () => {
  const touched = await pair.acme.act(SYSTEM, (tx) => tx.run(rename, { id: sales.globex, name: "Vendite" }))
  expect(touched).toBe(1)
  expect(pair.globex.read.one(nameOf, { id: sales.globex })).toEqual({ name: "Sales" })
  expect(pair.acme.read.one(nameOf, { id: sales.globex })).toBeNull()
})

test("a removal touches one tenant's rows only, even by another's id", async () => {
  expect(await pair.acme.act(SYSTEM, (tx) => tx.run(remove, { user: anna.globex }))).toBe(0)
  expect(await pair.globex.act(SYSTEM, (tx) => tx.run(remove, { user: anna.globex }))).toBe(1)
})

const joinSkillset = inserting("skillsetMember", ["skillset", "user"])

test("a new row cannot point into another tenant", async () => {
  const acrossBorder = pair.acme.act(SYSTEM, (tx) => tx.run(joinSkillset, { skillset: sales.acme, user: anna.globex }))
  await expect(acrossBorder).rejects.toThrow("FOREIGN KEY")
})

test("an insertion that meets its own twin cannot change another tenant's row of the same key", async () => {
  const sameId = statement((p: { id: Id; name: string; createdAt: number }) =>
    query
      .insertInto("skillset")
      .values({ id: p.id, name: p.name, createdAt: p.createdAt, version: 1, strategy: "manual", priority: 0 })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ name: p.name })),
  )
  await pair.acme
    .act(SYSTEM, (tx) => tx.run(sameId, { id: sales.globex, name: "Stolen", createdAt: tx.now }))
    .catch(() => null)
  expect(pair.globex.read.one(nameOf, { id: sales.globex })).toEqual({ name: "Sales" })
})

test("no statement names a tenant, sets one, or moves rows by a query", () => {
  const compiled = (build: () => unknown) => () => statement(build as never).compiled()
  const loose = query as never as import("kysely").Kysely<Record<string, Record<string, SqlValue>>>
  expect(compiled(() => loose.insertInto("skillset").values({ tenant: 1, name: "x" }))).toThrow("names a tenant")
  expect(compiled(() => loose.updateTable("skillset").set({ tenant: 1 }))).toThrow("changes a tenant")
  expect(
    compiled(() =>
      loose.insertInto("skillset").columns(["name"]).expression(loose.selectFrom("skillset").select("name")),
    ),
  ).toThrow("lists its values")
})

test("a value that was not given stops the statement", () => {
  expect(() => pair.acme.read.one(nameOf, {} as never)).toThrow("parameter id is given")
})

test("the indexes of words and of names are asked for one tenant alone, under whichever name, in a join too", () => {
  const sqlOf = (build: () => unknown) => statement(build as never).compiled().sql
  const own = (name: string) => `("${name}"."rowid" + 1125899906842623) / 1125899906842624 = +?`
  expect(sqlOf(() => query.selectFrom("wordIndex").select("rowid"))).toEndWith(`where ${own("wordIndex")}`)
  expect(sqlOf(() => query.selectFrom("nameIndex").select("rowid"))).toEndWith(`where ${own("nameIndex")}`)
  expect(sqlOf(() => query.selectFrom("wordIndex as w").select("w.rowid"))).toEndWith(`where ${own("w")}`)
  expect(
    sqlOf(() => query.selectFrom("user").innerJoin("wordIndex as w", "w.rowid", "user.id").select("w.rowid")),
  ).toContain(own("w"))
})

test.each([
  [1, 1],
  [1, STRETCH - 1],
  [2, 1],
  [2, STRETCH - 1],
  [MOST_TENANTS, 1],
])("the place of a row in an index tells whose it is: tenant %d, id %d", (tenant, id) => {
  const { sql: told } = applianceQuery
    .selectNoFrom([tenantAt(placeOf(sql.lit(tenant), sql.lit(id))).as("tenant")])
    .compile()
  expect(new Database(":memory:").query<{ tenant: number }, []>(told).get()).toEqual({ tenant })
})
