/** A number for known customers only (A3): whose conversation goes to nobody, and what lets it go on. */
import { afterEach, describe, expect, test } from "bun:test"
import { isKnown } from "~/customer/queries/known.ts"
import { hours, seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, PAOLO, received, textsIn, timeline } from "../journeys/scene.ts"
import { MENU } from "../menu/scene.ts"
import { office, withChannel } from "../support/cast.ts"
import { checkCounters } from "../support/counters.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { skillsetOf } from "../transfer/scene.ts"

const HANDS = [
  { username: "anna", skillsets: ["Sales"] },
  { username: "ivo", skillsets: ["Sales"], isolated: true },
  { username: "carla", skillsets: [], level: "supervisor" },
]
const ANSWER = "We answer customers only. Call +39 06 555 0100."
const MESSAGES = { welcome: { en: "Welcome!" }, unknown_customer: { en: ANSWER } }
const company = (onlyKnownCustomers: boolean, more: { menu?: unknown; messages?: unknown } = { messages: MESSAGES }) =>
  withChannel(office(HANDS, more), { settings: { onlyKnownCustomers } })

let world: World
let anna: Desk
let carla: Desk
let giulia: Phone
afterEach(() => world.close())

async function open(document: unknown = company(true)) {
  world = await openWorld({ document })
  anna = await sitDown(world, "anna")
  carla = await sitDown(world, "carla")
  giulia = world.simulator.phones.create(GIULIA)
}
async function write(phone: Phone, text = "Buongiorno") {
  phone.say(text)
  await world.advance(seconds(10))
}
const hers = () => conversation(world, giulia)
const unmanaged = () => carla.visitor.panel("/unmanaged")
const save = (fields: Record<string, string>) => carla.post(`/customers/${hers().customer}`, fields)
const NAMED = { name: "Giulia L.", "shown.name": "", otherPhone: "", "shown.otherPhone": "" }
const reasons = () =>
  timeline(world, hers().id)
    .filter(({ kind }) => kind === "conversation.queued")
    .map(({ data }) => data.why)

describe("A stranger who writes to a number for known customers", () => {
  test("gets the number's answer once, is kept, and is offered to nobody", async () => {
    await open()
    await write(giulia)
    await write(giulia, "Ci siete?")
    await world.advance(hours(1))
    expect(hers()).toMatchObject({ state: "menu", owner: null, unreadCount: 2 })
    expect(textsIn(world, hers().id)).toEqual(["Buongiorno", "Ci siete?"])
    expect(received(giulia)).toEqual([ANSWER])
    expect(timeline(world, hers().id).map(({ kind }) => kind)).toEqual([
      "conversation.opened",
      "conversation.kept_back",
    ])
  })

  test("is answered nothing where the number has no such text", async () => {
    await open(company(true, { messages: { welcome: { en: "Welcome!" } } }))
    await write(giulia)
    expect(received(giulia)).toEqual([])
    expect(hers().state).toBe("menu")
  })

  test("is asked nothing by the number's menu", async () => {
    await open(company(true, { menu: MENU }))
    await write(giulia)
    await write(giulia, "1")
    expect([hers().state, received(giulia)]).toEqual(["menu", []])
    expect(timeline(world, hers().id).some(({ kind }) => kind === "conversation.menu_ended")).toBe(false)
  })

  test("stands under «Unmanaged», which rings for supervisors; an agent cannot help themselves", async () => {
    await open()
    const before = carla.heard.filter((topic) => topic === "unmanaged").length
    await write(giulia)
    expect(carla.heard.filter((topic) => topic === "unmanaged").length).toBeGreaterThan(before)
    const page = await unmanaged()
    for (const words of ["Giulia Lombardi", "unknown customer", "Buongiorno"]) expect(page).toContain(words)
    const ivo = await sitDown(world, "ivo")
    for (const desk of [anna, ivo])
      expect(await desk.take(hers().id)).toMatchObject({ refused: "conversation.not_your_skillset" })
    expect(hers().state).toBe("menu")
  })

  test("is as any other once the customer is saved: distributed at once, and told why", async () => {
    await open()
    await write(giulia)
    expect(await save(NAMED)).toBeNull()
    await world.settle()
    expect(hers()).toMatchObject({ state: "offered", owner: anna.id })
    expect(reasons()).toEqual(["let_in"])
    expect(await unmanaged()).not.toContain("Giulia")
    checkCounters(world)
  })

  test("is let in by a supervisor, who says for whom; the customer is known once somebody had it in hand", async () => {
    await open()
    await write(giulia)
    const skillset = String(skillsetOf(world, "Sales"))
    expect(await carla.post(`/unmanaged/${hers().id}/skillset`, { skillset })).toBeNull()
    await world.settle()
    expect(hers()).toMatchObject({ state: "offered", owner: anna.id })
    expect(isKnown(world.database.tenant(anna.tenant).read, hers().customer)).toBe(false)
    expect(await anna.open(hers().id)).toBeNull()
    expect(await anna.close(hers().id)).toBeNull()
    await write(giulia, "Ancora io")
    expect(hers()).toMatchObject({ state: "offered", owner: anna.id })
    checkCounters(world)
  })

  test("is taken by a supervisor; given back, it has the skillset it would have been for", async () => {
    await open()
    await write(giulia)
    await anna.status("break")
    expect(await carla.take(hers().id)).toBeNull()
    expect(hers()).toMatchObject({ state: "active", owner: carla.id })
    expect(await carla.post("/waiting/steering", { conversation: String(hers().id), deed: "return" })).toBeNull()
    expect(hers().state).toBe("queued")
    expect(hers().skillset).not.toBeNull()
  })

  test("closed by a supervisor and writing again, is a stranger still", async () => {
    await open()
    await write(giulia)
    expect(await carla.close(hers().id)).toBeNull()
    await write(giulia, "Ancora io")
    expect(hers().state).toBe("menu")
    expect(received(giulia)).toEqual([ANSWER, ANSWER])
  })

  test("waits no longer when the number serves everybody again", async () => {
    await open()
    await write(giulia)
    await world.apply(company(false))
    expect(hers()).toMatchObject({ state: "offered", owner: anna.id })
    expect(reasons()).toEqual(["let_in"])
  })

  test("is not forgotten when the appliance is started again", async () => {
    await open()
    await write(giulia)
    await world.restart()
    await write(giulia, "Ci siete?")
    expect(hers()).toMatchObject({ state: "menu", unreadCount: 2 })
  })
})

describe("Who is known", () => {
  test("is whoever an agent has talked with before the number was closed to strangers", async () => {
    await open(company(false))
    await write(giulia)
    await anna.open(hers().id)
    await anna.close(hers().id)
    await world.apply(company(true))
    const paolo = world.simulator.phones.create(PAOLO)
    for (const phone of [giulia, paolo]) await write(phone)
    expect([conversation(world, giulia).state, conversation(world, paolo).state]).toEqual(["offered", "menu"])
    expect(received(paolo)).toEqual([ANSWER])
  })

  test("is whoever was entered by hand; an open conversation of a stranger goes on", async () => {
    await open(company(false))
    const paolo = world.simulator.phones.create(PAOLO)
    await anna.status("break")
    await write(paolo)
    await world.apply(company(true))
    expect(await carla.post("/customers", { name: "Giulia", phone: GIULIA.phone })).toBeNull()
    for (const phone of [giulia, paolo]) await write(phone)
    expect([hers().state, conversation(world, paolo).state]).toEqual(["queued", "queued"])
  })
})
