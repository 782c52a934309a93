import { afterEach, describe, expect, test } from "bun:test"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { recount } from "~/report/actions/recount.ts"
import { conversation, GIULIA, PAOLO } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { checkCounters } from "../support/counters.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const HANDS = [
  { username: "anna" },
  { username: "marco", skillsets: ["Sales", "Service"] },
  { username: "carla", level: "supervisor", skillsets: [] },
]

/** What is counted by a dimension, over all time, by measure; the classes of a span left out. */
function counted(dimension: string, member?: number): Record<string, number> {
  const rows = rowsOf<{ measure: string; value: number }>(
    world.database.path,
    `SELECT measure, CASE WHEN measure LIKE '%_max' THEN max(value) ELSE sum(value) END AS value FROM reportCounter
     WHERE grain = 'month' AND dimension = ? AND (? IS NULL OR member = ?) GROUP BY measure`,
    dimension,
    member ?? null,
    member ?? null,
  )
  return Object.fromEntries(
    rows
      .filter(({ measure, value }) => !/_\d+$/.test(measure) && value !== 0)
      .map(({ measure, value }) => [measure, value]),
  )
}

async function open() {
  world = await openWorld({ document: office(HANDS) })
  const anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create(GIULIA)
  return { anna, giulia }
}

describe("What is counted", () => {
  test("one conversation from the first word to the closing, by the clock of each part", async () => {
    const { anna, giulia } = await open()
    giulia.say("Buongiorno")
    await world.settle()
    await world.advance(seconds(40))
    const { id, channel, skillset } = conversation(world, giulia)
    expect(await anna.open(id)).toBeNull()
    await world.advance(seconds(20))
    expect(await anna.reply(id, "Buongiorno, mi dica")).toBeNull()
    await world.advance(minutes(5))
    giulia.say("Grazie")
    await world.settle()
    await world.advance(minutes(4))
    expect(await anna.close(id)).toBeNull()
    await world.settle()
    const handled = seconds(20) + minutes(9)
    const common = {
      offered: 1,
      taken: 1,
      closed: 1,
      waited: 1,
      waited_ms: seconds(40),
      waited_max: seconds(40),
      response: 1,
      response_ms: seconds(60),
      response_max: seconds(60),
      first_response: 1,
      first_response_ms: seconds(60),
      first_response_max: seconds(60),
      handled: 1,
      handled_ms: handled,
      handled_max: handled,
      hands_ms: handled,
      open: 1,
      open_ms: seconds(40) + handled,
      open_max: seconds(40) + handled,
      messages_out: 1,
    }
    expect(counted("channel", channel)).toEqual({ ...common, opened: 1, messages_in: 2 })
    expect(counted("skillset", skillset ?? 0)).toEqual({ ...common, opened: 1 })
    expect(counted("agent", anna.id)).toEqual(common)
    checkCounters(world)
  })

  test("a transfer is the sender's, the wait after it the receiver's", async () => {
    const { anna, giulia } = await open()
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    const marco = await sitDown(world, "marco")
    await anna.post(`/conversations/${id}/transfer`, {
      to: "user",
      user: String(marco.id),
      mode: "immediate",
      note: "",
    })
    await world.settle()
    await world.advance(seconds(90))
    expect(await marco.open(id)).toBeNull()
    await world.settle()
    expect(counted("agent", anna.id)).toMatchObject({ transferred: 1, waited: 1, taken: 1 })
    expect(counted("agent", anna.id)).not.toHaveProperty("waited_ms")
    expect(counted("agent", marco.id)).toMatchObject({ received: 1, waited: 1, waited_ms: seconds(90), taken: 1 })
    checkCounters(world)
  })

  test("closed, opened again and closed again is closed once, when it was closed last", async () => {
    const { anna, giulia } = await open()
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    await anna.reply(id, "Eccomi")
    await world.advance(minutes(1))
    await anna.close(id)
    expect(counted("agent", anna.id)).toMatchObject({ closed: 1, handled: 1 })
    expect(await anna.post(`/conversations/${id}/reopening`)).toBeNull()
    expect(counted("agent", anna.id)).not.toHaveProperty("closed")
    expect(counted("agent", anna.id)).toMatchObject({ reopened: 1 })
    await world.advance(minutes(2))
    await anna.close(id)
    expect(counted("agent", anna.id)).toMatchObject({ closed: 1, handled: 1, handled_ms: minutes(3), taken: 1 })
    checkCounters(world)
  })

  test("offers that pass are missed by whoever had them, and the wait goes on", async () => {
    const { anna, giulia } = await open()
    giulia.say("Buongiorno")
    await world.settle()
    await world.advance(minutes(4))
    expect(counted("agent", anna.id)).toMatchObject({ offered: 2, missed: 1 })
    await anna.open(conversation(world, giulia).id)
    expect(counted("agent", anna.id)).toMatchObject({ waited: 1, waited_ms: minutes(4) })
    checkCounters(world)
  })

  test("what is closed while it waits has been given up, and nobody answered it", async () => {
    const { giulia } = await open()
    const carla = await sitDown(world, "carla")
    giulia.say("Buongiorno")
    await world.settle()
    const { id, channel } = conversation(world, giulia)
    await carla.close(id)
    expect(counted("channel", channel)).toMatchObject({ closed: 1, gave_up: 1, unanswered: 1 })
    checkCounters(world)
  })

  test("the time in a status is told hour by hour, and none while somebody is gone", async () => {
    const { anna } = await open()
    await world.advance(minutes(90))
    await anna.status("break")
    await world.advance(minutes(10))
    await anna.signOut()
    await world.advance(hours(2))
    expect(counted("agent", anna.id)).toEqual({ ready_ms: minutes(90), break_ms: minutes(10) })
    const perHour = rowsOf<{ value: number }>(
      world.database.path,
      "SELECT value FROM reportCounter WHERE grain = 'hour' AND measure = 'ready_ms' ORDER BY start",
    )
    expect(Math.max(...perHour.map(({ value }) => value))).toBe(hours(1))
    expect(perHour.length).toBeGreaterThanOrEqual(2)
    checkCounters(world)
  })

  test("what was lost is made again, and goes on from there", async () => {
    const { anna, giulia } = await open()
    const paolo = world.simulator.phones.create(PAOLO)
    giulia.say("Buongiorno")
    paolo.say("Salve")
    await world.settle()
    await anna.open(conversation(world, giulia).id)
    await anna.reply(conversation(world, giulia).id, "Eccomi")
    const before = rowsOf(world.database.path, "SELECT * FROM reportCounter ORDER BY 1, 2, 3, 4, 5, 6")
    await world.database.tenant(anna.tenant).act(SYSTEM, recount)
    expect(rowsOf(world.database.path, "SELECT * FROM reportCounter ORDER BY 1, 2, 3, 4, 5, 6")).toEqual(before)
    await world.advance(minutes(1))
    await anna.close(conversation(world, giulia).id)
    await anna.open(conversation(world, paolo).id)
    await world.settle()
    expect(counted("agent", anna.id)).toMatchObject({ closed: 1, taken: 2 })
    checkCounters(world)
  })
})
