import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import { conversation, GIULIA, messages, PAOLO } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

/** Monday, 5 January 2026, ten minutes before noon in Rome. */
const BEFORE_LUNCH = Date.UTC(2026, 0, 5, 10, 50)
const SPLIT = { weekly: { mon: ["09:00-12:00", "14:00-18:00"], tue: ["09:00-12:00"] } }
const open = (written: unknown = SPLIT) =>
  openWorld({ start: BEFORE_LUNCH, document: office([{ username: "anna", most: 2 }], { hours: written }) })

describe("Opening hours", () => {
  test("while the number is closed messages are kept and nobody is given any; at opening they are", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    await world.advance(minutes(10))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    const waiting = conversation(world, giulia)
    expect(waiting.state).toBe("queued")
    expect(messages(world, waiting.id)).toHaveLength(1)
    await world.advance(hours(2) - 1)
    expect(conversation(world, giulia).state).toBe("queued")
    await world.advance(1)
    expect(conversation(world, giulia)).toMatchObject({ id: waiting.id, state: "offered", owner: anna.id })
  })

  test("what was offered before the closing may still be opened; what expires after it waits for the opening", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    await world.advance(minutes(9))
    const [giulia, paolo] = [GIULIA, PAOLO].map((who) => world.simulator.phones.create(who))
    giulia?.say("Buongiorno")
    paolo?.say("Buongiorno")
    await world.advance(minutes(2))
    expect(await anna.open(conversation(world, giulia!).id)).toBeNull()
    await world.advance(minutes(5))
    expect(conversation(world, giulia!).state).toBe("active")
    expect(conversation(world, paolo!).state).toBe("queued")
    await anna.status("break")
    await anna.status("ready")
    await world.settle()
    expect(conversation(world, paolo!).state).toBe("queued")
  })

  test("an agent helps themselves to one that waits for the opening", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    await world.advance(minutes(15))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    expect(await anna.take(conversation(world, giulia).id)).toBeNull()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
  })

  test("the opening is not missed when the appliance was down at that moment", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    await world.advance(minutes(15))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    world.clock.jumpTo(BEFORE_LUNCH + hours(2) + minutes(15))
    await world.restart()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("hours that the admin changes count at once", async () => {
    world = await open({ weekly: { sun: ["10:00-11:00"] } })
    await sitDown(world, "anna")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Siete aperti?")
    await world.settle()
    expect(conversation(world, giulia).state).toBe("queued")
    await world.apply(office([{ username: "anna", most: 2 }], { hours: "always" }))
    expect(conversation(world, giulia).state).toBe("offered")
  })
})
