import { afterEach, describe, expect, test } from "bun:test"
import { serviceStatus } from "~/channel/queries/service.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import { conversation, GIULIA, PAOLO } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

/** Monday, 5 January 2026, 11:50 in Rome: ten minutes before lunch. */
const BEFORE_LUNCH = Date.UTC(2026, 0, 5, 10, 50)
const SPLIT = { weekly: { mon: ["09:00-12:00", "14:00-18:00"], tue: ["09:00-12:00"] } }
const HANDS = [
  { username: "anna", most: 9 },
  { username: "carla", level: "supervisor", skillsets: [] },
]
const open = (written: unknown = SPLIT) =>
  openWorld({ start: BEFORE_LUNCH, document: office(HANDS, { hours: written }) })

const number = (desk: Desk) => serviceStatus(world.database.tenant(desk.tenant).read).channels[0]!
const force = (desk: Desk, state: string, until: string) =>
  desk.post(`/channels/${number(desk).id}/forced-hours`, { state, until })
const backToHours = (desk: Desk) => desk.post(`/channels/${number(desk).id}/forced-hours/ending`)
const forcedRows = () => rowsOf(world.database.path, "SELECT * FROM forcedHours")

describe("A number that a supervisor closes", () => {
  test("gives nothing until the time is over; then it is its hours that count, and what waited is given", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    expect(await force(carla, "closed", "15:00")).toBeNull()
    expect(number(carla)).toMatchObject({
      open: false,
      nextChange: BEFORE_LUNCH + hours(3) + minutes(10),
      forced: { state: "closed", since: BEFORE_LUNCH, byName: "Carla Rossi" },
    })
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.advance(hours(3))
    expect(conversation(world, giulia).state).toBe("queued")
    await world.advance(minutes(10))
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    expect(number(carla)).toMatchObject({ open: true, forced: null })
    expect(forcedRows()).toEqual([])
  })

  test("leaves alone what agents have, and what was offered may still be opened", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    const [giulia, paolo] = [GIULIA, PAOLO].map((who) => world.simulator.phones.create(who)) as [never, never]
    const say = (phone: { say(text: string): unknown }) => phone.say("Buongiorno")
    say(giulia)
    await world.settle()
    await anna.open(conversation(world, giulia).id)
    say(paolo)
    await world.settle()
    await force(carla, "closed", "18:00")
    expect(await anna.open(conversation(world, paolo).id)).toBeNull()
    expect(await anna.reply(conversation(world, giulia).id, "Mi dica")).toBeNull()
  })

  test("is back to its hours at once when the supervisor says so, and every page hears of it", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    await force(carla, "closed", "18:00")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    anna.heard.length = 0
    expect(await backToHours(carla)).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    expect(anna.heard).toContain("status")
  })

  test("opens in the order in which customers came, as after any closing", async () => {
    world = await open()
    const carla = await sitDown(world, "carla")
    await sitDown(world, "anna")
    await force(carla, "closed", "15:00")
    const names = ["Zoe", "Aldo", "Marta", "Bruno"]
    const phones = names.map((name, index) => world.simulator.phones.create({ name, phone: `+39 345 555 018${index}` }))
    for (const phone of phones) {
      phone.say("Siete aperti?")
      await world.advance(minutes(1))
    }
    await world.advance(hours(4))
    const offered = rowsOf<{ conversation: number }>(
      world.database.path,
      "SELECT conversation FROM event WHERE kind = 'conversation.offered' ORDER BY id",
    )
    expect(offered.slice(0, 4).map(({ conversation: id }) => id)).toEqual(
      phones.map((phone) => conversation(world, phone).id),
    )
  })
})

describe("A number that a supervisor opens", () => {
  test("over lunch is open without a break, as its afternoon follows on", async () => {
    world = await open()
    const carla = await sitDown(world, "carla")
    await world.advance(minutes(20))
    expect(number(carla).open).toBe(false)
    await force(carla, "open", "14:00")
    expect(number(carla)).toMatchObject({ open: true, nextChange: Date.UTC(2026, 0, 5, 17) })
    await world.advance(hours(2))
    expect(number(carla)).toMatchObject({ open: true, forced: null })
  })

  test("is given what waits, and is closed again at the time", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    await world.advance(minutes(20))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    await force(carla, "open", "12:30")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    await world.advance(minutes(20))
    expect(number(carla)).toMatchObject({ open: false, nextChange: Date.UTC(2026, 0, 5, 13) })
  })

  test("until a time that has passed today is open until tomorrow's", async () => {
    world = await open()
    const carla = await sitDown(world, "carla")
    await force(carla, "open", "08:00")
    expect(number(carla).forced?.until).toBe(Date.UTC(2026, 0, 6, 7))
  })
})

describe("What was forced", () => {
  test("ends by itself although the appliance was down at that moment", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    await force(carla, "closed", "14:30")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    world.clock.jumpTo(BEFORE_LUNCH + hours(3))
    await world.restart()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    expect(forcedRows()).toEqual([])
  })

  test("outlives a restart and a file that is applied again: files say what holds for good", async () => {
    world = await open()
    const carla = await sitDown(world, "carla")
    await force(carla, "closed", "15:00")
    await world.restart()
    await world.apply(office(HANDS, { hours: SPLIT }))
    expect(number(carla)).toMatchObject({ open: false, forced: { state: "closed" } })
  })

  test("counts for a number that is always open, and the last word counts", async () => {
    world = await open("always")
    const carla = await sitDown(world, "carla")
    await force(carla, "closed", "15:00")
    expect(number(carla)).toMatchObject({ open: false, nextChange: Date.UTC(2026, 0, 5, 14) })
    await force(carla, "open", "13:00")
    expect(number(carla)).toMatchObject({ open: true, nextChange: null, forced: { state: "open" } })
    expect(forcedRows()).toHaveLength(1)
  })

  test("is for supervisors to say, at a time that there is", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    expect(await force(anna, "closed", "15:00")).toMatchObject({ refused: "access.denied" })
    expect(await backToHours(anna)).toMatchObject({ refused: "access.denied" })
    const attempts = [
      ["closed", "", "field.required"],
      ["closed", "25:00", "field.malformed"],
      ["open", "3 pm", "field.malformed"],
      ["shut", "15:00", "field.not_a_choice"],
    ] as const
    for (const [state, until, refused] of attempts) expect(await force(carla, state, until)).toMatchObject({ refused })
    expect(forcedRows()).toEqual([])
  })
})

describe("The window of the service status", () => {
  test("says whose word stands until when; only supervisors are asked for theirs", async () => {
    world = await open({ ...SPLIT, holidays: [{ date: "01-05", name: "Eve of Epiphany", shifts: ["09:00-12:30"] }] })
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    await force(carla, "closed", "15:00")
    const seen = await anna.visitor.panel("/header")
    expect(seen).toContain("Eve of Epiphany. Today 09:00-12:30")
    expect(seen).toContain("Closed by Carla Rossi until 15:00")
    expect(seen).not.toContain("forced-hours")
    const steered = await carla.visitor.panel("/header")
    expect(steered).toContain("Back to the hours")
    expect(steered).toContain("Open now")
  })

  test("in December it misses the next year's holidays, where this year's were entered; agents are not bothered", async () => {
    const holidays = [
      { date: "12-25", name: "Christmas" },
      { date: "2026-06-29", name: "Patron saint" },
    ]
    const document = office(HANDS, { hours: { ...SPLIT, holidays } })
    world = await openWorld({ start: Date.UTC(2026, 10, 30, 22, 59), document })
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    const missing = "No holidays of 2027 are entered yet."
    expect(await carla.visitor.panel("/header")).not.toContain(missing)
    await world.advance(minutes(1))
    expect(await carla.visitor.panel("/header")).toContain(missing)
    expect(await anna.visitor.panel("/header")).not.toContain(missing)
    const next = [...holidays, { date: "2027-06-29", name: "Patron saint" }]
    await world.apply(office(HANDS, { hours: { ...SPLIT, holidays: next } }))
    expect(await carla.visitor.panel("/header")).not.toContain(missing)
  })

  test("names the clocks of a number in another zone, whose holidays are on its own days", async () => {
    world = await openWorld({ start: Date.UTC(2026, 11, 25, 2), document: newYork() })
    const anna = await sitDown(world, "anna")
    expect(number(anna)).toMatchObject({ ownTimezone: "America/New_York", holiday: "Christmas Eve", open: false })
    await world.advance(hours(4))
    expect(number(anna)).toMatchObject({ holiday: "Christmas" })
    expect(await anna.visitor.panel("/header")).toContain("Christmas. Closed today (America/New_York)")
  })
})

function newYork() {
  const days = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]))
  const holidays = [
    { date: "12-24", name: "Christmas Eve", shifts: ["09:00-12:00"] },
    { date: "12-25", name: "Christmas" },
  ]
  const { tenants } = office(HANDS, { hours: { weekly: days, holidays } })
  const channels = tenants.flatMap((tenant) => tenant.channels)
  return { tenants: [{ ...tenants[0], channels: channels.map((one) => ({ ...one, timezone: "America/New_York" })) }] }
}
