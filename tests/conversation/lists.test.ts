import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { days, hours, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

/** Anna has closed Giulia's conversation and has Paolo's open; Carla supervises. */
let world: World
let anna: Desk
let carla: Desk
let giulia: Phone
let closed: Id
let open: Id

beforeEach(async () => {
  world = await openWorld({
    document: office([
      { username: "anna", most: 5 },
      { username: "marco", most: 0 },
      { username: "carla", level: "supervisor", most: 0 },
    ]),
  })
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say("About the blue boat")
  await world.settle()
  closed = conversation(world, giulia).id
  await anna.open(closed)
  await anna.close(closed)
  await world.advance(minutes(1))
  const paolo = world.simulator.phones.create({ name: "Paolo Verdi", phone: "+39 345 555 0173" })
  paolo.say("About the red car")
  await world.settle()
  open = conversation(world, paolo).id
  await anna.open(open)
  carla = await sitDown(world, "carla")
})
afterEach(() => world.close())

const namesIn = (html: string) =>
  [...html.matchAll(/list-person.*?<span dir="auto">([^<]+)</gs)].map(([, name]) => name)
const actsOf = () =>
  rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry WHERE tenant = ?", anna.tenant).map(
    ({ act }) => act,
  )

describe("Conversations history", () => {
  const list = (query = "", desk = anna) => desk.visitor.panel(`/history${query}`)

  test("has what one closed oneself, and nobody else's", async () => {
    expect(namesIn(await list())).toEqual(["Giulia Lombardi"])
    const marco = await sitDown(world, "marco")
    expect(namesIn(await list("", marco))).toEqual([])
    expect((await marco.visitor.get(`/history/${closed}`)).status).toBe(404)
    expect((await anna.visitor.get(`/history/${open}`)).status).toBe(404)
  })

  test("opens one to be read: what was said and what is known of it", async () => {
    const html = await list(`/${closed}`)
    expect(html).toContain("About the blue boat")
    expect(html).not.toContain("<textarea")
  })

  test("goes back four weeks, to the first moment of that day on the tenant's calendar", async () => {
    await world.advance(days(28))
    const later = await sitDown(world, "anna")
    expect(namesIn(await list("", later))).toEqual(["Giulia Lombardi"])
    await world.advance(hours(24))
    const last = await sitDown(world, "anna")
    expect(namesIn(await list("", last))).toEqual([])
    expect((await last.visitor.get(`/history/${closed}`)).status).toBe(404)
  })

  test("is narrowed by the day of closing", async () => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" }).format(world.clock.now())
    expect(namesIn(await list(`?from=${today}&until=${today}`))).toEqual(["Giulia Lombardi"])
    expect(namesIn(await list("?until=2001-01-01"))).toEqual([])
    expect(namesIn(await list("?from=2999-01-01"))).toEqual([])
  })

  test("gives a file of what it shows", async () => {
    const text = await (await anna.visitor.post("/history/export", { format: "csv" })).text()
    expect(text).toContain("Giulia Lombardi")
    expect(text).not.toContain("Paolo")
  })
})

describe("All conversations of the tenant", () => {
  const list = (query = "", desk = carla) => desk.visitor.panel(`/all-conversations${query}`)

  test("are shown by view: active ones first, the closed ones where they are asked for", async () => {
    expect(namesIn(await list())).toEqual(["Paolo Verdi"])
    expect(namesIn(await list("?view=latest"))).toEqual(["Paolo Verdi", "Giulia Lombardi"])
    expect(namesIn(await list("?view=all&state=closed"))).toEqual(["Giulia Lombardi"])
    expect(namesIn(await list("?view=unmanaged"))).toEqual([])
    await world.advance(days(8))
    expect(namesIn(await list("?view=latest", await sitDown(world, "carla")))).toEqual([])
  })

  test("are narrowed by customer, agent, number and day", async () => {
    const { customer } = conversation(world, giulia)
    expect(namesIn(await list(`?view=all&customer=${customer}`))).toEqual(["Giulia Lombardi"])
    expect(namesIn(await list(`?view=all&agent=${anna.id}`))).toHaveLength(2)
    expect(namesIn(await list(`?view=all&agent=${carla.id}`))).toEqual([])
    expect(namesIn(await list("?view=all&until=2001-01-01"))).toEqual([])
    expect(namesIn(await list("?view=all&q=345 555 0173"))).toEqual(["Paolo Verdi"])
  })

  test("are for supervisors", async () => expect((await anna.visitor.get("/all-conversations")).status).toBe(403))

  test("can be read, and reading a colleague's is on record", async () => {
    expect(await list(`/${closed}?view=all`)).toContain("About the blue boat")
    expect(actsOf()).toContain("conversation.looked_at")
  })

  test("keep a filter by name for whoever saved it", async () => {
    const filter = { list: "conversations", name: "Closed ones", query: "view=all&state=closed" }
    await carla.visitor.post("/lists/filters", filter)
    await carla.visitor.post("/lists/filters", { ...filter, query: "view=latest" })
    const html = await list()
    expect(html.match(/Closed ones/g)?.length).toBeGreaterThan(0)
    expect(html).toContain('href="/all-conversations?view=latest"')
    const [saved] = rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM savedFilter WHERE tenant = ?", carla.tenant)
    expect((await anna.visitor.post(`/lists/filters/${saved?.id}/deletion`)).status).toBe(404)
    await carla.visitor.post(`/lists/filters/${saved?.id}/deletion`)
    expect(await list()).not.toContain("Closed ones")
  })
})
