/** The appliance's health in the browser of whoever runs it, and the file of a tenant for its admin. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { days, hours, minutes } from "~/kernel/clock.ts"
import { certificateStanding, roomStanding, waitingStanding } from "~/tenant/rules/health.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const ROOT = { username: "root", firstName: "Rita", lastName: "Root", password: PASSWORD }

let world: World
let root: Desk
let dora: Desk
beforeAll(async () => {
  world = await openWorld({ document: { ...companyDocument(), platformAdmins: [ROOT] } })
  root = await sitDown(world, "root")
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

describe("Health", () => {
  test.each([
    [{ freeBytes: 50, totalBytes: 100, databaseBytes: 10 }, "ok"],
    [{ freeBytes: 10, totalBytes: 100, databaseBytes: 1 }, "warning"],
    [{ freeBytes: 50, totalBytes: 100, databaseBytes: 48 }, "warning"],
    [{ freeBytes: 4, totalBytes: 100, databaseBytes: 1 }, "trouble"],
  ] as const)("room %p is %p", (room, standing) => expect(roomStanding(room)).toBe(standing))

  test("what waits longer than its turn is to be looked at, after an hour it is trouble", () => {
    const at = (age: number) => waitingStanding(1_000, 1_000 + age)
    expect([waitingStanding(null, 0), at(minutes(4)), at(minutes(5)), at(minutes(60))]).toEqual([
      "ok",
      "ok",
      "warning",
      "trouble",
    ])
  })

  test("a certificate is looked at a month before its end; one of our own renews itself", () => {
    const end = (isOwn: boolean) => ({ endsAt: days(100), isOwn })
    expect([days(60), days(71), days(100)].map((now) => certificateStanding(end(false), now))).toEqual([
      "ok",
      "warning",
      "trouble",
    ])
    expect([certificateStanding(end(true), days(99)), certificateStanding(null, 0)]).toEqual(["ok", "ok"])
  })

  test("is shown to whoever runs the appliance: counts and moments, and nobody's words", async () => {
    world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("A secret of mine")
    await world.settle()
    const page = await root.visitor.panel("/admin/health")
    for (const words of [
      "The database can be written.",
      "80 GB free; the database has",
      "Last webhook of WhatsApp",
      "version ",
    ])
      expect(page).toContain(words)
    expect(page).not.toContain("None has come yet.")
    for (const words of ["secret of mine", "Giulia", "345"]) expect(page).not.toContain(words)
    expect((await dora.visitor.get("/admin/health")).status).toBe(403)
  })
})

describe("When webhooks stop", () => {
  test("the appliance's page is in alarm, and the page of the tenant whose number it is: nobody else's", async () => {
    const silent = await openWorld({ document: { ...companyDocument(), platformAdmins: [ROOT] } })
    try {
      const { phones } = silent.simulator
      const giulia = phones.create({ name: "Giulia", phone: "+39 345 555 0172" })
      /** Four hours of a morning are usual; the third week's morning has one. */
      for (const heard of [4, 4, 1]) {
        for (let hour = 0; hour < heard; hour++) {
          giulia.say("Good morning")
          await silent.settle()
          await silent.advance(hours(1))
        }
        if (heard === 4) await silent.advance(days(7) - hours(4))
      }
      const read = async (username: string, path: string) => (await sitDown(silent, username)).visitor.panel(path)
      const before = [await read("root", "/admin/health"), await read("dora", "/admin/standing")]
      for (const page of before) expect(page).not.toContain("Usually something would have come since")
      await silent.advance(hours(2) + minutes(30))
      const appliance = await read("root", "/admin/health")
      expect(appliance).toContain("Usually something would have come since: look at certificate")
      expect(appliance).toMatch(/Acme: Main \(last \S/)
      expect(appliance).not.toContain("Globex: Main")
      expect(await read("dora", "/admin/standing")).toContain("Usually something would have come since")
      expect(await read("dora2", "/admin/standing")).not.toContain("Usually something would have come since")
      const metrics = await (await silent.answer(new Request("http://127.0.0.1:8080/metrics"))).text()
      expect(metrics).toContain("service_numbers_silent 1")
    } finally {
      await silent.close()
    }
  })
})

describe("The configuration file", () => {
  test("is taken by the tenant's admin: what export-config writes, without secrets, on record", async () => {
    const response = await dora.visitor.post("/admin/configuration/export", {})
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="acme.json"')
    const text = await response.text()
    const { tenants } = JSON.parse(text) as { tenants: { slug: string; users: { username: string }[] }[] }
    expect(tenants.map(({ slug }) => slug)).toEqual(["acme"])
    expect(tenants[0]?.users.map(({ username }) => username)).toContain("anna")
    for (const secret of ["EAAACME", "acme-app-secret", "globex", "argon2"]) expect(text).not.toContain(secret)
    const acts = rowsOf<{ act: string; subjectName: string }>(
      world.database.path,
      "SELECT act, subjectName FROM auditEntry WHERE act = 'export.made' AND tenant = ?",
      dora.tenant,
    )
    expect(acts).toEqual([{ act: "export.made", subjectName: "acme" }])
  })
})
