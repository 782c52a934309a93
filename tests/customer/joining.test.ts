/** Two customers who are one person, and one who is two. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { days, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { differences } from "~/report/queries/recounted.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversations } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { companyWithDetails } from "./scene.ts"

/** Giulia wrote from her own number and from her company's; Anna answered both and closed the first. */
let world: World
let anna: Desk
let carla: Desk
let own: Phone
let office: Phone
let first: Id
let second: Id

const last = () => conversations(world).at(-1)!
const customerOf = (id: Id) => conversations(world).find((one) => one.id === id)!.customer
const kept = () => customerOf(first)

beforeEach(async () => {
  world = await openWorld({ document: companyWithDetails() })
  anna = await sitDown(world, "anna")
  carla = await sitDown(world, "carla", { listening: false })
  own = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  office = world.simulator.phones.create({ name: "Studio Lombardi", phone: "+39 345 555 0199" })
  own.say("From my own number")
  await world.settle()
  first = last().id
  await anna.open(first)
  await anna.close(first)
  office.say("From the office")
  await world.settle()
  second = last().id
  await anna.open(second)
})
afterEach(() => world.close())

async function join(picks: Record<string, string> = {}, desk = carla) {
  const one = kept()
  const other = customerOf(second)
  const answer = await desk.visitor.post(`/customers/${one}/joining`, { joined: String(other), ...picks })
  await world.settle()
  return { answer, kept: one, joined: other }
}
const joinId = () =>
  rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM customerJoin ORDER BY id DESC LIMIT 1")[0]!.id
async function separate(customer: Id, how: "undo" | "separate") {
  const answer = await carla.visitor.post(`/customers/${customer}/separating`, { join: String(joinId()), how })
  await world.settle()
  return answer
}
const edit = (customer: Id, fields: Record<string, string>, shown: Record<string, string> = {}) =>
  anna.visitor.post(`/customers/${customer}`, {
    ...fields,
    ...Object.fromEntries(Object.keys(fields).map((field) => [`shown.${field}`, shown[field] ?? ""])),
  })
const rowOf = (customer: Id) =>
  rowsOf<{ name: string | null; email: string | null }>(
    world.database.path,
    "SELECT name, email FROM customer WHERE id = ?",
    customer,
  )[0]!

describe("Joined with another", () => {
  test("a customer has one history, and is found by either number", async () => {
    const { answer, kept: customer, joined } = await join()
    expect(answer.status).toBe(303)
    expect(new Set([first, second].map(customerOf))).toEqual(new Set([customer]))
    const list = await anna.visitor.panel("/customers?q=0199")
    expect(list).toContain(`/customers/${customer}`)
    expect(list).not.toContain(`/customers/${joined}"`)
    expect((await anna.visitor.get(`/customers/${joined}`)).headers.get("location")).toContain(`/customers/${customer}`)
    expect(await anna.visitor.panel(`/conversations/${second}`)).toContain("joined this customer with")
  })

  test("answers go to the number that wrote, and whatever comes from it is theirs", async () => {
    const { kept: customer } = await join()
    const before = office.received().length
    await anna.reply(second, "To the office")
    await world.settle()
    expect(office.received().length).toBe(before + 1)
    expect(await anna.visitor.panel(`/conversations/${second}`)).toContain("+39 345 555 0199")
    await anna.close(second)
    office.say("Once more")
    await world.settle()
    expect(last().customer).toBe(customer)
    await anna.open(last().id)
    await anna.reply(last().id, "Again to the office")
    await world.advance(seconds(10))
    expect(JSON.stringify(office.received())).toContain("Again to the office")
    expect(JSON.stringify(own.received())).not.toContain("Again to the office")
  })

  test("within one conversation, answers follow whichever number wrote last", async () => {
    await join()
    own.say("Now from mine")
    await world.settle()
    expect(last().id).toBe(second)
    await anna.reply(second, "To your own")
    await world.settle()
    expect(JSON.stringify(own.received())).toContain("To your own")
    expect(JSON.stringify(office.received())).not.toContain("To your own")
  })

  test("what stays of each field is chosen; the other value is not lost", async () => {
    const one = kept()
    const other = customerOf(second)
    await edit(one, { name: "Giulia", email: "giulia@example.com" })
    await edit(other, { name: "Studio" })
    const page = await carla.visitor.panel(`/customers/${one}/joining?with=${other}`)
    expect(page).toContain("Studio")
    await join({ "pick.name": "joined", "pick.email": "kept" })
    expect(rowOf(one)).toEqual({ name: "Studio", email: "giulia@example.com" })
    expect(rowOf(other).name).toBe("Studio")
  })

  test("whoever wants no marketing wants none afterwards either", async () => {
    office.say("STOP")
    await world.settle()
    const { kept: customer } = await join()
    expect(await anna.visitor.panel(`/customers/${customer}`)).toContain("opted out")
  })

  test("is refused while both have an open conversation on the same number", async () => {
    own.say("I am here, too")
    await world.settle()
    const { answer } = await join()
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain("Both have an open conversation on Main")
    expect(customerOf(first)).not.toBe(customerOf(second))
  })

  test("is for supervisors who may change customers, and never with a foreign one", async () => {
    expect((await join({}, anna)).answer.status).toBe(403)
    const answer = await carla.visitor.post(`/customers/${kept()}/joining`, { joined: String(kept()) })
    expect(await answer.text()).toContain("the same customer")
    expect((await carla.visitor.post(`/customers/${kept()}/joining`, { joined: "4711" })).status).toBe(404)
  })

  test("is on record, and the reports count what they counted", async () => {
    await join()
    await separate(kept(), "undo")
    const acts = rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry").map(({ act }) => act)
    expect(acts).toEqual(expect.arrayContaining(["customer.joined", "customer.join_undone"]))
    expect([...differences(world.database.tenant(anna.tenant).read)]).toEqual([])
  })
})

describe("Undone", () => {
  test("within seven days both are as they were, fields included", async () => {
    const one = kept()
    const other = customerOf(second)
    await edit(one, { name: "Giulia" })
    await edit(other, { name: "Studio", email: "studio@example.com" })
    await join({ "pick.name": "joined", "pick.email": "joined" })
    await anna.close(second)
    office.say("After it")
    await world.settle()
    const third = last().id
    expect((await separate(one, "undo")).status).toBe(303)
    expect(rowOf(one)).toEqual({ name: "Giulia", email: null })
    expect(rowOf(other)).toEqual({ name: "Studio", email: "studio@example.com" })
    expect([first, second, third].map(customerOf)).toEqual([one, other, other])
  })

  test("what somebody has changed since stays", async () => {
    const one = kept()
    const other = customerOf(second)
    await edit(one, { name: "Giulia" })
    await edit(other, { name: "Studio" })
    await join({ "pick.name": "joined" })
    await edit(one, { name: "Giulia L." }, { name: "Studio" })
    await separate(one, "undo")
    expect(rowOf(one).name).toBe("Giulia L.")
  })

  test("later it is too late, and numbers can still be parted", async () => {
    const { kept: one, joined } = await join()
    await world.advance(days(8))
    carla = await sitDown(world, "carla", { listening: false })
    expect(await (await separate(one, "undo")).text()).toContain("More than 7 days")
    expect((await separate(one, "separate")).status).toBe(303)
    expect(customerOf(second)).toBe(joined)
  })

  test("not when they wrote from both in one conversation, which then stays", async () => {
    const { kept: one, joined } = await join()
    own.say("Now from mine")
    office.say("And from the office")
    await world.settle()
    expect(await (await separate(one, "undo")).text()).toContain("more than one number")
    await separate(one, "separate")
    expect(customerOf(second)).toBe(one)
    await anna.close(second)
    office.say("New")
    await world.settle()
    expect(last().customer).toBe(joined)
  })

  test("twice is refused", async () => {
    const { kept: one } = await join()
    await separate(one, "undo")
    expect(await (await separate(one, "undo")).text()).toContain("no longer joined")
  })
})

describe("Who may be the same person", () => {
  test("is suggested by the same address, and never joined by itself", async () => {
    const one = kept()
    const other = customerOf(second)
    await edit(one, { email: "g@example.com" })
    await edit(other, { email: "G@Example.com" })
    const page = await carla.visitor.panel(`/customers/${one}`)
    expect(page).toContain("Could be the same person")
    expect(page).toContain(`/customers/${one}/joining?with=${other}`)
    expect(await anna.visitor.panel(`/customers/${one}`)).not.toContain("Could be the same person")
    expect(customerOf(second)).toBe(other)
  })
})
