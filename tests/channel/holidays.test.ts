/** A year's holidays in the browser of an administrator: looked at, and put into several numbers at once (A3). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/channels/holidays"
const WEEK = { weekly: { mon: ["09:00-18:00"] }, holidays: [{ date: "12-25", name: "Natale", shifts: [] }] }

let world: World
let dora: Desk
beforeAll(async () => {
  const { tenants } = companyDocument()
  const [acme, globex] = tenants
  const [main] = acme!.channels
  const second = { ...main, name: "Second", phoneNumberId: "306540352242922", hours: "always" }
  const third = {
    ...main,
    name: "Third",
    phoneNumberId: "406540352242922",
    hours: { weekly: { tue: ["09:00-18:00"] } },
  }
  const channels = [{ ...main, hours: WEEK }, second, third]
  world = await openWorld({ start: Date.UTC(2026, 10, 30, 9), document: { tenants: [{ ...acme, channels }, globex] } })
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

const numbers = (tenant = dora.tenant) =>
  rowsOf<{ id: number; name: string; hours: string }>(
    world.database.path,
    "SELECT id, name, hours FROM channel WHERE tenant = ? ORDER BY name",
    tenant,
  )
const holidaysOf = (name: string) => {
  const row = numbers().find((one) => one.name === name)
  const hours = JSON.parse(row?.hours ?? "{}") as { holidays?: { date: string; name: string; shifts: string[] }[] }
  return hours.holidays ?? []
}
const fields = (more: readonly (readonly [string, string])[]) => [
  ...numbers().map(({ id }) => ["numbers", String(id)] as const),
  ["year", "2027"] as const,
  ...more,
]

describe("Holidays of a year", () => {
  test("offers next year, the tenant's country and every number", async () => {
    const page = await dora.visitor.panel(PATH)
    expect(page).toContain('name="year" type="number" value="2027"')
    expect(page).toContain('<option value="IT" selected')
    for (const { name } of numbers()) expect(page).toContain(name)
  })

  test("shows the public ones of a country on one press, with what is there already", async () => {
    const [main] = numbers()
    const page = await dora.visitor.panel(`${PATH}?channel=${main?.id}&country=IT&year=2027`)
    for (const words of ["13 days in 2027", "Festa della Repubblica", "already in Main as «Natale»"])
      expect(page).toContain(words)
  })

  test("refuses no number and an empty list, keeps what was typed, and names wrong lines", async () => {
    const nothing = { year: "2027", country: "IT", list: "", source: "list" }
    const empty = await dora.visitor.post(PATH, nothing)
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining("Choose a service number.")])
    const source = [
      ["country", "IT"],
      ["list", "foo\n24/12; Vigilia; 09:00-12:30"],
      ["source", "list"],
    ] as const
    const page = await (await dora.visitor.postAll(PATH, fields(source))).text()
    for (const words of [
      "Line 1: no date. «foo»",
      "Vigilia",
      "09:00-12:30",
      "Open around the clock, without holidays: Second.",
    ])
      expect(page).toContain(words)
  })

  test("adds what was left ticked to every number, once, on record, and says to how many", async () => {
    const entries = ["2027-12-24; Vigilia; 09:00-12:30", "2027-12-25; Natale; ", "2027-01-06; Epifania; "]
    const asked = fields(entries.map((entry) => ["entry", entry] as const))
    const first = await dora.visitor.postAll(`${PATH}/adding`, asked)
    expect(first.headers.get("location")).toBe(`${PATH}?done=2&year=2027`)
    const again = await dora.visitor.postAll(`${PATH}/adding`, asked)
    expect(again.headers.get("location")).toBe(`${PATH}?done=0&year=2027`)
    expect(holidaysOf("Main").map(({ date }) => date)).toEqual(["12-25", "2027-01-06", "2027-12-24"])
    expect(holidaysOf("Third").map(({ date }) => date)).toEqual(["2027-01-06", "2027-12-24", "2027-12-25"])
    expect(holidaysOf("Third")[1]).toMatchObject({ name: "Vigilia", shifts: ["09:00-12:30"] })
    expect(holidaysOf("Second")).toEqual([])
    const acts = rowsOf<{ subjectName: string }>(
      world.database.path,
      "SELECT subjectName FROM auditEntry WHERE act = 'channel.changed'",
    )
    expect(acts.map(({ subjectName }) => subjectName).toSorted()).toEqual(["Main", "Third"])
  })

  test("another company's number is not found, and stays as it is", async () => {
    const dora2 = await sitDown(world, "dora2")
    const theirs = numbers(dora2.tenant)
    const asked = [
      ["numbers", String(theirs[0]?.id)],
      ["year", "2027"],
      ["entry", "2027-01-06; Epifania; "],
    ] as const
    expect((await dora.visitor.postAll(`${PATH}/adding`, asked)).status).toBe(404)
    expect(numbers(dora2.tenant)).toEqual(theirs)
  })

  test("December's warning leads there, for whoever may enter holidays", async () => {
    await dora.visitor.postAll(`${PATH}/adding`, [
      ...numbers().map(({ id }) => ["numbers", String(id)] as const),
      ["year", "2026"],
      ["entry", "2026-12-24; Vigilia; "],
    ])
    await world.advance(Date.UTC(2027, 11, 2, 9) - world.clock.now())
    const admin = await sitDown(world, "dora")
    const supervisor = await sitDown(world, "carla")
    const main = numbers().find(({ name }) => name === "Main")?.id
    const forAdmin = await admin.visitor.panel("/header")
    const forSupervisor = await supervisor.visitor.panel("/header")
    expect(forAdmin).toContain(`${PATH}?channel=${main}&amp;year=2028`)
    expect(forSupervisor).toContain("No holidays of 2028 are entered yet.")
    expect(forSupervisor).not.toContain(PATH)
  })
})
