import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { updateUser } from "~/account/actions.ts"
import { customerList, searchedFor } from "~/customer/rules/list.ts"
import { SYSTEM } from "~/facts.ts"
import { minutes } from "~/kernel/clock.ts"
import { readAsk } from "~/kernel/list.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

/** Giulia wrote to Sales; Ivo is restricted to Service, Marco is not. */
let world: World
let anna: Desk
let ivo: Desk
let giulia: Phone
let paolo: Phone

beforeEach(async () => {
  world = await openWorld({
    document: office([
      { username: "anna", most: 5 },
      { username: "carla", level: "supervisor" },
      { username: "ivo", skillsets: ["Service"], isolated: true, most: 0 },
    ]),
  })
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create({ name: "Giulìa Lombàrdi", phone: "+39 345 555 0172" })
  paolo = world.simulator.phones.create({ name: "Paolo Verdi", phone: "+39 345 555 0173" })
  giulia.say("About the blue boat")
  await world.settle()
  await world.advance(minutes(1))
  paolo.say("About the red car")
  await world.settle()
  ivo = await sitDown(world, "ivo")
})
afterEach(() => world.close())

const list = (query = "", desk = anna) => desk.visitor.panel(`/customers${query}`)
const namesIn = (html: string) =>
  [...html.matchAll(/list-person.*?<span dir="auto">([^<]+)</gs)].map(([, name]) => name)

describe("The list of customers", () => {
  test("shows who was in contact last on top", async () => {
    expect(namesIn(await list())).toEqual(["Paolo Verdi", "Giulìa Lombàrdi"])
    expect(namesIn(await list("?sort=name"))).toEqual(["Giulìa Lombàrdi", "Paolo Verdi"])
  })

  test.each(["lombardi", "giulia LOMB", "+39 345 5550172", "0039 345 555 0172", "345-555-0172", "(345) 555.0172"])(
    "finds Giulia by %s",
    async (words) => expect(namesIn(await list(`?q=${encodeURIComponent(words)}`))).toEqual(["Giulìa Lombàrdi"]),
  )

  test("finds nobody by what nobody is called", async () => expect(namesIn(await list("?q=lombroso"))).toEqual([]))

  test("finds a new name at once, and a phone entered by hand", async () => {
    const { customer } = conversation(world, giulia)
    const edit = (fields: Record<string, string>) => anna.visitor.post(`/customers/${customer}`, fields)
    await edit({ name: "Zoé Müller", "shown.name": "", otherPhone: "+39 02 / 555-0199", "shown.otherPhone": "" })
    expect(namesIn(await list("?q=muller zoe"))).toEqual(["Zoé Müller"])
    expect(namesIn(await list("?q=02 5550199"))).toEqual(["Zoé Müller"])
  })

  test("shows a restricted agent nobody of another skillset, nor counts them", async () => {
    const html = await list("", ivo)
    expect(namesIn(html)).toEqual([])
    expect(namesIn(await list("?q=345", ivo))).toEqual([])
    const answer = await ivo.visitor.post("/customers/export", { format: "csv" })
    expect(await answer.text()).not.toContain("345")
    const { id, customer } = conversation(world, giulia)
    expect((await ivo.visitor.get(`/customers/${customer}`)).status).toBe(404)
    await anna.visitor.post(`/conversations/${id}/taking`, {})
    expect((await anna.visitor.get(`/customers/${customer}`)).status).toBe(200)
  })

  test("tells a restricted agent of a shared customer only what is of their own skillset", async () => {
    const first = conversation(world, giulia)
    await anna.visitor.post(`/conversations/${first.id}/opening`, {})
    const service = rowsOf<{ id: number }>(
      world.database.path,
      "SELECT id FROM skillset WHERE name = 'Service' AND tenant = ?",
      anna.tenant,
    )
    await anna.close(first.id)
    giulia.say("Now something for Service")
    await world.settle()
    const second = conversation(world, giulia)
    expect(second.id).not.toBe(first.id)
    await anna.visitor.post(`/conversations/${second.id}/opening`, {})
    const to = { to: "skillset", skillset: String(service[0]?.id), mode: "immediate", note: "" }
    await anna.visitor.post(`/conversations/${second.id}/transfer`, to)
    await world.settle()
    const html = await list("", ivo)
    expect(namesIn(html)).toEqual(["Giulìa Lombàrdi"])
    expect(html).toMatch(/data-column="conversations"[^>]*>\s*1\s*</)
    expect(await list("", anna)).toMatch(/data-column="conversations"[^>]*>\s*2\s*</)
    const page = await ivo.visitor.panel(`/customers/${second.customer}`)
    expect(page).toContain(`/conversations/${second.id}/beside`)
    expect(page).not.toContain(`/conversations/${first.id}/beside`)
    const found = await ivo.visitor.panel(`/customers/${second.customer}/history?words=boat`)
    expect(found).not.toContain("boat")
  })

  test("gives a file of exactly what it shows, and the record says so", async () => {
    const answer = await anna.visitor.post("/customers/export?q=verdi", { format: "csv" })
    const lines = (await answer.text()).trim().split("\r\n")
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain("Paolo Verdi")
    const acts = rowsOf<{ act: string }>(
      world.database.path,
      "SELECT act FROM auditEntry WHERE tenant = ?",
      anna.tenant,
    )
    expect(acts.map(({ act }) => act)).toContain("export.made")
  })
})

describe("A customer entered by hand", () => {
  const create = (desk: Desk, phone: string) => desk.visitor.post("/customers", { name: "Irene Colombo", phone })

  test("is found by number, and is who writes from it later", async () => {
    const answer = await create(anna, "347 555 0118")
    expect(answer.status).toBe(303)
    expect(namesIn(await list("?q=colombo"))).toEqual(["Irene Colombo"])
    world.simulator.phones.create({ name: "irene", phone: "+39 347 555 0118" }).say("Hello")
    await world.settle()
    expect(namesIn(await list("?q=347"))).toEqual(["Irene Colombo"])
  })

  test("cannot have somebody's number, nor none", async () => {
    expect(await (await create(anna, "+39 345 555 0172")).text()).toContain("has this number already")
    expect((await create(anna, "many")).status).toBe(422)
  })

  test("is nothing for whoever may not change customers, nor for a restricted agent", async () => {
    const carla = await sitDown(world, "carla")
    const { id } = carla
    await world.database.tenant(carla.tenant).act(SYSTEM, (tx) => updateUser(tx, id, { mayEditCustomers: false }))
    for (const desk of [ivo, carla]) {
      const answer = await create(desk, "347 555 0118")
      expect([answer.status, await answer.text()]).toEqual([
        422,
        expect.stringContaining("You may not change customers"),
      ])
      expect((await desk.visitor.get("/customers/new")).status).toBe(409)
    }
  })
})

describe("The page of a customer", () => {
  test("has what is known, and their conversations by word and by day", async () => {
    const { customer } = conversation(world, giulia)
    const html = await anna.visitor.panel(`/customers/${customer}`)
    expect(html).toContain("+39 345 555 0172")
    const history = (query: string) => anna.visitor.panel(`/customers/${customer}/history${query}`)
    expect(await history("?words=boat")).toContain("blue <mark>boat</mark>")
    expect(await history("?words=car")).not.toContain("past-conversations")
    expect(await history("?until=2001-01-01")).not.toContain("past-conversations")
  })
})

test("numbers are looked for by their digits, words as they are", () => {
  expect(["+39 345", "0039345", "(345) 55-5", "12", "Via 345", "lomb"].map(searchedFor)).toEqual([
    "39345",
    "39345",
    "345555",
    "12",
    "Via 345",
    "lomb",
  ])
})

test("a property is filtered by where its values are few", () => {
  const property = { id: 7, name: "Vehicle", choices: ["A", "B"], channels: [], position: 0, enabled: true, version: 1 }
  const shape = customerList([
    { ...property, kind: "choice" },
    { ...property, id: 8, choices: [], kind: "text" },
  ])
  const ask = readAsk(shape, new URLSearchParams("property7=A&property7=C&property8=x"))
  expect(ask.filters).toEqual({ property7: ["A"] })
})
