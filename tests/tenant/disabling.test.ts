/** A company is switched off by whoever runs the appliance, and on again. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import type { Phone } from "~/simulator/phone.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const ROOT = { username: "root", firstName: "Rita", lastName: "Root", password: PASSWORD }

let world: World
let root: Desk
let anna: Desk
let anna2: Desk
beforeAll(async () => {
  const tenants = companyDocument().tenants.map((tenant) => ({
    ...tenant,
    channels: tenant.channels.map((channel) => ({ ...channel, messages: { welcome: { en: "Welcome" } } })),
  }))
  world = await openWorld({ document: { tenants, platformAdmins: [ROOT] } })
  root = await sitDown(world, "root")
  anna = await sitDown(world, "anna")
  anna2 = await sitDown(world, "anna2")
})
afterAll(() => world.close())

const texts = () => rowsOf<{ text: string; status: string }>(world.database.path, "SELECT text, status FROM message")

let giulia: Phone
test("its people are out at once and cannot come in, what customers write is kept; nobody else notices", async () => {
  giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  expect(await root.visitor.panel(`/admin/tenants/${anna.tenant}/disabling`)).toContain("5 users are signed out")
  await root.visitor.post(`/admin/tenants/${anna.tenant}/disabling`, {})
  expect(await root.visitor.panel("/admin/tenants")).toContain("disabled since")
  expect((await anna.visitor.get("/conversations")).headers.get("location")).toContain("/login")
  const dora = await sitDown(world, "dora")
  expect((await dora.visitor.get("/admin")).headers.get("location")).toContain("/login")
  expect((await anna2.visitor.get("/conversations")).status).toBe(200)
  giulia.say("Siete ancora aperti?")
  await world.settle()
  expect(texts()).toEqual([
    expect.objectContaining({ text: "Siete ancora aperti?" }),
    { text: "Welcome", status: "queued" },
  ])
  expect(giulia.received()).toEqual([])
})

test("enabled again, they come in and what waited is sent; both are on record, and it is no way to shut out whoever runs the appliance", async () => {
  await root.visitor.post(`/admin/tenants/${anna.tenant}/enabling`, {})
  await world.settle()
  expect(giulia.received()).toHaveLength(1)
  const back = await sitDown(world, "anna")
  expect((await back.visitor.get("/conversations")).status).toBe(200)
  const acts = rowsOf<{ act: string }>(
    world.database.path,
    "SELECT act FROM auditEntry WHERE act LIKE 'tenant.%abled' AND tenant = ? ORDER BY id",
    anna.tenant,
  )
  expect(acts.map(({ act }) => act)).toEqual(["tenant.disabled", "tenant.enabled"])
  expect((await root.visitor.post(`/admin/tenants/${root.tenant}/disabling`, {})).status).toBe(404)
  expect((await back.visitor.post(`/admin/tenants/${anna.tenant}/disabling`, {})).status).toBe(403)
})
