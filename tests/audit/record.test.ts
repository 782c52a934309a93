import { Database } from "bun:sqlite"
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { MASKED } from "~/audit/rules.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { verifyFile } from "~/database/verify.ts"
import { days } from "~/kernel/clock.ts"
import { newFolder } from "../database/support.ts"
import { ACME, companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { Visitor } from "../support/visitor.ts"
import { openWorld, type World } from "../support/world.ts"

type Entry = { tenant: number; act: string; actorKind: string; actorName: string | null; address: string | null } & {
  subjectName: string
  changes: string
}

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const entries = (tenant: number, of: World = world) =>
  rowsOf<Entry>(of.database.path, "SELECT * FROM auditEntry WHERE tenant = ? ORDER BY id", tenant)
const last = (act: string, tenant = 1) => entries(tenant).findLast((entry) => entry.act === act)

describe("What is put on record", () => {
  test("what the operator makes with a file, in the tenant it was made in", () => {
    for (const tenant of [1, 2]) {
      const made = entries(tenant).filter(({ actorKind }) => actorKind === "operator")
      const acts = new Map([...new Set(made.map(({ act }) => act))].map((act) => [act, 0]))
      for (const { act } of made) acts.set(act, (acts.get(act) ?? 0) + 1)
      expect(Object.fromEntries(acts)).toMatchObject({ "tenant.created": 1, "user.created": 5, "channel.created": 1 })
    }
  })

  test("the same file again leaves no trace", async () => {
    const before = entries(1).length
    await world.apply(companyDocument())
    expect(entries(1).length).toBe(before)
  })

  test("a changed secret is said to have changed, and never what it is", async () => {
    const [acme, globex] = companyDocument().tenants
    const [channel] = acme?.channels ?? []
    const secret = "EAASECRETOFTHENUMBER"
    await world.apply({ tenants: [{ ...acme, channels: [{ ...channel, accessToken: secret }] }, globex] })
    expect(JSON.parse(last("channel.changed")?.changes ?? "{}")).toEqual({
      accessToken: { before: MASKED, after: MASKED },
    })
    expect(JSON.stringify(entries(1))).not.toContain(secret)
    expect(JSON.stringify(entries(1))).not.toContain(ACME.number.appSecret)
    expect(JSON.stringify(entries(1))).not.toContain("$argon2")
  })

  test("who signs in, who fails to and who leaves, from where; not what was typed in place of a name", async () => {
    const wrong = new Visitor(world.answer)
    await wrong.get("/login")
    await wrong.post("/login", { username: "anna", password: "not the password", language: "en", next: "/" })
    await wrong.post("/login", { username: PASSWORD, password: "anna", language: "en", next: "/" })
    expect(last("sign_in.failed")).toMatchObject({ actorKind: "stranger", subjectName: "anna", address: "unknown" })
    const anna = await world.signIn("anna")
    expect(last("sign_in.succeeded")).toMatchObject({ actorKind: "user", actorName: "Anna Rossi", subjectName: "anna" })
    await anna.post("/logout")
    expect(last("sign_in.ended")).toMatchObject({ actorName: "Anna Rossi" })
    expect(JSON.stringify(entries(1))).not.toContain(PASSWORD)
  })

  test("what a supervisor does to others: a status, the hours", async () => {
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    expect(await carla.post(`/agents/${anna.id}/status`, { status: "break" })).toBeNull()
    expect(last("agent.status_set")).toMatchObject({ actorName: "Carla Rossi", subjectName: "anna" })
    const [{ id } = { id: 0 }] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM channel WHERE tenant = 1")
    expect(await carla.post(`/channels/${id}/forced-hours`, { state: "closed", until: "18:00" })).toBeNull()
    expect(last("channel.hours_forced")).toMatchObject({ actorName: "Carla Rossi", subjectName: "Main" })
  })

  test("what is refused leaves nothing behind", async () => {
    const before = entries(1).length
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla2")
    expect(await carla.post(`/agents/${anna.id}/status`, { status: "ready" })).not.toBeNull()
    expect(entries(1).length).toBe(before)
  })
})

describe("The record cannot be changed", () => {
  const writing = (path: string, sql: string) => {
    const connection = new Database(path)
    try {
      connection.run(sql)
    } finally {
      connection.close()
    }
  }
  async function copy(): Promise<string> {
    await world.database.idle()
    const path = join(newFolder(), "copy.db")
    for (const end of ["", "-wal"]) cpSync(world.database.path + end, path + end)
    return path
  }

  test("no statement alters an entry, nor takes one out", async () => {
    const path = await copy()
    expect(() => writing(path, "UPDATE auditEntry SET actorName = 'nobody'")).toThrow("never changed")
    expect(() => writing(path, "DELETE FROM auditEntry")).toThrow("only behind the anchor")
    expect(() => writing(path, "INSERT INTO auditAnchor VALUES (1, 99, zeroblob(32), 0)")).toThrow("stands at an entry")
  })

  test("whoever removes the guards and alters a row is found out by verify", async () => {
    const whole = await copy()
    expect(verifyFile(whole, shippedMigrations()).problems).toEqual([])
    const deeds = {
      altered:
        "UPDATE auditEntry SET actorName = 'nobody' WHERE id = (SELECT id FROM auditEntry ORDER BY id LIMIT 1 OFFSET 5)",
      "taken out": "DELETE FROM auditEntry WHERE id = (SELECT id FROM auditEntry ORDER BY id LIMIT 1 OFFSET 5)",
      moved: "UPDATE auditEntry SET tenant = 2 WHERE id = (SELECT max(id) FROM auditEntry WHERE tenant = 1)",
    }
    for (const [deed, sql] of Object.entries(deeds)) {
      const path = await copy()
      const guards = rowsOf<{ sql: string }>(path, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
      writing(path, "DROP TRIGGER auditEntryStays")
      writing(path, "DROP TRIGGER auditEntryIsKept")
      writing(path, sql)
      for (const guard of guards.filter(({ sql }) => /auditEntry(Stays|IsKept)/.test(sql))) writing(path, guard.sql)
      const { problems } = verifyFile(path, shippedMigrations())
      expect([deed, problems.length]).toEqual([deed, 1])
      expect(problems[0]).toContain("audit log of tenant")
    }
  })
})

describe("What was kept long enough", () => {
  test("is forgotten from the oldest on, and the rest still holds together", async () => {
    const old = await openWorld({ seed: 2 })
    try {
      const before = entries(1, old).length
      await old.advance(days(731))
      await old.signIn("anna")
      await old.signIn("anna")
      const after = entries(1, old)
      expect(after.length).toBeLessThan(before)
      expect(after.at(-1)?.act).toBe("sign_in.succeeded")
      expect(entries(2, old).length).toBe(before)
      await old.database.idle()
      expect(verifyFile(old.database.path, shippedMigrations()).problems).toEqual([])
    } finally {
      await old.close()
    }
  })
})
