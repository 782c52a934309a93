import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { conversation, GIULIA, offeredTo } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const HANDS = [{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]
async function annaAlone(settings: object = {}) {
  world = await openWorld({ document: office(HANDS, { settings }) })
  const anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create(GIULIA)
  giulia.say("Buongiorno")
  await world.settle()
  return { anna, giulia, id: conversation(world, giulia).id }
}
const statusOf = (user: number) =>
  rowsOf<{ status: string; missedOffers: number }>(
    world.database.path,
    "SELECT status, missedOffers FROM agent WHERE user = ?",
    user,
  )[0]

describe("Offers that nobody opens", () => {
  test("three in a row set the agent to Break, and the conversation waits for somebody who is there", async () => {
    const { anna, giulia, id } = await annaAlone()
    await world.advance(minutes(8))
    expect(statusOf(anna.id)).toEqual({ status: "ready", missedOffers: 2 })
    await world.advance(minutes(1))
    expect(statusOf(anna.id)).toEqual({ status: "break", missedOffers: 3 })
    expect(conversation(world, giulia)).toMatchObject({ state: "queued", owner: null })
    await world.advance(minutes(30))
    expect(offeredTo(world, id)).toHaveLength(3)
  })

  test("the agent is told on every page, and one click makes them Ready", async () => {
    const { anna, giulia } = await annaAlone()
    await world.advance(minutes(9))
    expect(anna.heard).toContain("popups")
    expect(await anna.visitor.panel("/popups")).toContain("You are on Break")
    expect(await anna.visitor.panel("/header")).toContain("conversations given to you were not opened")
    await anna.status("ready")
    await world.settle()
    expect(await anna.visitor.panel("/popups")).not.toContain("You are on Break")
    expect(await anna.visitor.panel("/header")).not.toContain("were not opened")
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    expect(statusOf(anna.id)?.missedOffers).toBe(0)
  })

  test("supervisors are told once", async () => {
    const { anna } = await annaAlone()
    const carla = await sitDown(world, "carla")
    await world.advance(minutes(9))
    const notices = await (await carla.visitor.get("/notices")).text()
    expect(notices.match(/<li id="notice-\d+"/g)).toHaveLength(1)
    expect(notices).toContain("Anna Rossi is on Break: 3 conversations in a row were not opened.")
    expect(await (await anna.visitor.get("/notices")).text()).not.toContain("<li")
  })

  test("opening one in between starts the count again", async () => {
    const { anna, giulia, id } = await annaAlone()
    await world.advance(minutes(7))
    expect(await anna.open(id)).toBeNull()
    await anna.close(id)
    giulia.say("Ancora una cosa")
    await world.advance(minutes(7))
    expect(statusOf(anna.id)).toEqual({ status: "ready", missedOffers: 2 })
  })

  test("choosing a status starts the count again, also the one they had", async () => {
    const { anna } = await annaAlone()
    await world.advance(minutes(7))
    await anna.status("ready")
    await world.advance(minutes(7))
    expect(statusOf(anna.id)?.status).toBe("ready")
  })

  test("a lost connection is not letting it pass", async () => {
    const { anna } = await annaAlone({ offerTimeoutSeconds: 30, missedOffersUntilBreak: 2 })
    await anna.leave()
    await world.advance(minutes(1) + 1)
    await anna.comeBack()
    expect(statusOf(anna.id)).toEqual({ status: "ready", missedOffers: 0 })
  })

  test("a company may want another number, or none", async () => {
    const { anna } = await annaAlone({ missedOffersUntilBreak: 1 })
    await world.advance(minutes(3))
    expect(statusOf(anna.id)?.status).toBe("break")
    await world.apply(office(HANDS, { settings: { missedOffersUntilBreak: 0 } }))
    await anna.status("ready")
    await world.advance(minutes(60))
    expect(statusOf(anna.id)).toEqual({ status: "ready", missedOffers: 0 })
  })
})
