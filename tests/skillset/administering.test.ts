/** A2: skillsets in the browser: made, changed with their members, and let go without leaving anything behind. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { Id } from "~/kernel/id.ts"
import { conversation, GIULIA } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk

beforeAll(async () => {
  const [acme, globex] = companyDocument().tenants
  const menu = {
    greeting: "What is it about?",
    wrongAnswer: "Please choose.",
    talkToPerson: "A person",
    choices: [{ title: "Buy", skillset: "Sales" }],
  }
  const channels = acme?.channels.map((channel) => ({ ...channel, menu }))
  const skillsets = [{ name: "Sales" }, { name: "Service", overflow: { skillset: "Sales", afterSeconds: 60 } }]
  world = await openWorld({ document: { tenants: [{ ...acme, channels, skillsets }, globex] } })
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

type Row = { id: Id; name: string; deletedAt: number | null; priority: number; strategy: string }
const all = () => rowsOf<Row>(world.database.path, "SELECT * FROM skillset WHERE tenant = ?", dora.tenant)
const named = (name: string) => all().find((one) => one.name === name && one.deletedAt === null)?.id ?? 0
const members = (skillset: Id) =>
  rowsOf<{ username: string }>(
    world.database.path,
    "SELECT username FROM skillsetMember m JOIN user ON user.id = m.user WHERE skillset = ? ORDER BY username",
    skillset,
  ).map(({ username }) => username)
const idOf = (username: string) =>
  String(rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM user WHERE username = ?", username)[0]?.id)

const FIELDS = { strategy: "manual", priority: "3", overflowTo: "", afterSeconds: "120" }

describe("A skillset", () => {
  test("is made with its members and its manner", async () => {
    const form = Object.entries({ name: "Spare parts", ...FIELDS, overflowTo: String(named("Service")) })
    const response = await dora.visitor.postAll("/admin/skillsets", [
      ...form,
      ["members", idOf("anna")],
      ["members", idOf("anna2")],
    ])
    expect(response.status).toBe(303)
    const id = named("Spare parts")
    expect(all().find((one) => one.id === id)).toMatchObject({ strategy: "manual", priority: 3 })
    expect(members(id)).toEqual(["anna"])
    expect(await dora.visitor.panel("/admin/skillsets")).toContain("Service after 2m")
  })

  test.each([
    ["without a name", { name: " " }, "This is needed."],
    ["with another's name", { name: "Sales" }, "There is a skillset Sales already."],
    ["with a priority there is not", { name: "X", priority: "10" }, "From 0 to 9."],
  ])("is not made %s, and what was typed stays", async (_how, wrong, said) => {
    const response = await dora.visitor.post("/admin/skillsets", { ...FIELDS, afterSeconds: "77", ...wrong })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain(said)
    expect(page).toContain('value="77"')
  })

  test("never overflows into itself, and another company's cannot be had", async () => {
    const sales = named("Sales")
    const before = /name="before" value="([^"]*)"/.exec(await dora.visitor.panel(`/admin/skillsets/${sales}`))?.[1]
    const changed = {
      name: "Sales",
      ...FIELDS,
      overflowTo: String(sales),
      before: before?.replaceAll("&quot;", '"') ?? "",
    }
    const response = await dora.visitor.post(`/admin/skillsets/${sales}`, changed)
    expect([response.status, (await response.text()).includes("cannot overflow into itself")]).toEqual([422, true])
    const dora2 = await sitDown(world, "dora2")
    expect((await dora2.visitor.get(`/admin/skillsets/${sales}`)).status).toBe(404)
  })
})

describe("A skillset that goes", () => {
  test("in use: it is said by what, and nothing happens without an heir", async () => {
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    const question = giulia.received().at(-1)
    giulia.tap(question?.id ?? "", "Buy")
    await world.settle()
    const sales = named("Sales")
    expect(conversation(world, giulia).skillset).toBe(sales)
    const page = await dora.visitor.panel(`/admin/skillsets/${sales}/deletion`)
    for (const said of ["Service numbers", "Menus of service numbers", "Overflow of", "1 conversation"])
      expect(page).toContain(said)
    expect((await dora.visitor.post(`/admin/skillsets/${sales}/deletion`)).status).toBe(409)
    expect(named("Sales")).toBe(sales)
  })

  test("its heir has what waits, its numbers, menus and overflows; its name is free, and stays on what was", async () => {
    const sales = named("Sales")
    const service = named("Service")
    expect((await dora.visitor.post(`/admin/skillsets/${sales}/deletion`, { heir: String(service) })).status).toBe(303)
    await world.settle()
    const open = rowsOf<{ skillset: Id }>(
      world.database.path,
      "SELECT skillset FROM conversation WHERE state <> 'closed'",
    )
    expect(open).toEqual([{ skillset: service }])
    const numbers = rowsOf(world.database.path, "SELECT skillset FROM channelSkillset WHERE tenant = ?", dora.tenant)
    expect(numbers).toEqual([{ skillset: service }])
    const menus = rowsOf<{ document: string }>(world.database.path, "SELECT document FROM menu")
    expect(menus[0]?.document).toContain(String(service))
    expect(menus[0]?.document).not.toContain(String(sales))
    const overflows = rowsOf(world.database.path, "SELECT overflowTo FROM skillsetOverflow WHERE skillset = ?", service)
    expect(overflows).toEqual([])
    expect([members(sales), named("Sales")]).toEqual([[], 0])
    expect(all().find(({ id }) => id === sales)?.name).toMatch(/^Sales \[\d{4}-\d\d-\d\d\]$/)
    expect(await dora.visitor.panel("/admin/skillsets")).not.toContain("Sales")
    for (const path of ["/", "/wallboard", "/waiting", "/agents", "/admin/users/new"])
      expect(await dora.visitor.panel(path)).not.toContain("Sales [")
    expect((await dora.visitor.get(`/admin/skillsets/${sales}`)).status).toBe(404)
    expect((await dora.visitor.post("/admin/skillsets", { name: "Sales", ...FIELDS })).status).toBe(303)
    expect(named("Sales")).not.toBe(sales)
  })
})
