/** A company is switched off by whoever runs the appliance, and on again. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { days, hours, minutes } from "~/kernel/clock.ts"
import { waitedTooLong } from "~/message/rules/waiting.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, messages, timeline } from "../journeys/scene.ts"
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
  world = await openWorld({ document: { ...withWelcome(), platformAdmins: [ROOT] } })
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

describe("What waited while a company was disabled", () => {
  const at = days(100)
  const person = (age: number, windowEndsAt: number | null = at + hours(1)) =>
    waitedTooLong({ queuedAt: at - age, isAutomatic: false, windowEndsAt }, 30, at)
  const automatic = (age: number, silentWhenLateMinutes = 30) =>
    waitedTooLong({ queuedAt: at - age, isAutomatic: true, windowEndsAt: null }, silentWhenLateMinutes, at)

  test("leaves while it is fresh; automatic ones are given up, a person's is held", () => {
    expect([automatic(minutes(30)), automatic(minutes(31)), automatic(days(9), 0)]).toEqual([null, "discarded", null])
    expect([person(hours(23)), person(hours(24)), person(hours(2), at), person(hours(2), null)]).toEqual([
      null,
      "held",
      "held",
      null,
    ])
  })

  /** Anna's answer waits for the network when her company is disabled; a welcome is due after that. */
  async function disabledFor(span: number) {
    const world = await openWorld({ document: { ...withWelcome(), platformAdmins: [ROOT] } })
    const root = await sitDown(world, "root")
    const anna = await sitDown(world, "anna")
    const [giulia, paolo] = ["172", "173"].map((end) =>
      world.simulator.phones.create({ name: end, phone: `+39 345 555 0${end}` }),
    ) as [Phone, Phone]
    giulia.say("Buongiorno")
    await world.settle()
    const hers = conversation(world, giulia).id
    await anna.open(hers)
    world.network.down = true
    await anna.reply(hers, "Eccomi")
    await root.visitor.post(`/admin/tenants/${anna.tenant}/disabling`, {})
    world.network.down = false
    paolo.say("C'è qualcuno?")
    await world.settle()
    await world.advance(span)
    const later = await sitDown(world, "root")
    await later.visitor.post(`/admin/tenants/${anna.tenant}/enabling`, {})
    await world.settle()
    await world.advance(minutes(2))
    return { world, giulia, paolo, hers, his: conversation(world, paolo).id }
  }
  const out = (world: World, id: number) =>
    messages(world, id)
      .filter(({ direction }) => direction === "out")
      .map(({ text, status }) => `${text} ${status}`)

  test("for an hour: the answer goes, the welcome that is late does not, and the thread says so", async () => {
    const { world, giulia, paolo, hers, his } = await disabledFor(hours(1))
    expect(giulia.received().map(({ words }) => words.text)).toEqual(["Welcome", "Eccomi"])
    expect(paolo.received()).toEqual([])
    expect(out(world, hers).at(-1)).toMatch(/^Eccomi (sent|delivered|read)$/)
    expect(out(world, his)).toEqual(["Welcome discarded"])
    expect(timeline(world, his).at(-1)).toMatchObject({
      kind: "conversation.message_withheld",
      data: { why: "tenant_disabled" },
    })
    await world.close()
  })

  test("for two days: the answer is held, shown so, and leaves when Anna says so once the customer writes again", async () => {
    const { world, giulia, hers } = await disabledFor(days(2))
    expect(out(world, hers).at(-1)).toBe("Eccomi held")
    giulia.say("Ancora io")
    await world.settle()
    const anna = await sitDown(world, "anna")
    expect(await anna.visitor.panel(`/conversations/${hers}`)).toContain("Held back: the company was disabled")
    await anna.take(hers)
    const held = messages(world, hers).find(({ text }) => text === "Eccomi")
    expect(await anna.post(`/conversations/${hers}/messages/${held?.id}/resend`)).toBeNull()
    await world.settle()
    expect(giulia.received().at(-1)?.words.text).toBe("Eccomi")
    await world.close()
  })
})

const withWelcome = () => ({
  tenants: companyDocument().tenants.map((tenant) => ({
    ...tenant,
    channels: tenant.channels.map((channel) => ({ ...channel, messages: { welcome: { en: "Welcome" } } })),
  })),
})
