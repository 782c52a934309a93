import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { noticesOf, pageOf, somebodyWrites, stateOf, whyQueued, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

/** Anna and Marco sell, Carla supervises; Anna has the first two, a third waits while both are full. */
async function start(settings = {}) {
  world = await openWorld({
    document: office(
      [
        { username: "anna", most: 2 },
        { username: "marco", most: 1 },
        { username: "carla", level: "supervisor", skillsets: [] },
      ],
      { settings },
    ),
  })
  const [anna] = (await working(world, "anna")) as [Desk]
  const first = await somebodyWrites(world)
  const second = await somebodyWrites(world)
  const third = await somebodyWrites(world)
  const carla = await sitDown(world, "carla")
  return { anna, carla, first, second, third }
}

const steer = async (desk: Desk, deed: string, ids: readonly Id[], user?: Id): Promise<string> => {
  const fields = [...ids.map((id) => ["conversation", String(id)]), ["deed", deed]]
  return (
    await desk.visitor.postAll("/waiting/steering", [...fields, ...(user ? [["user", String(user)]] : [])])
  ).text()
}
const close = async (desk: Desk, seen: readonly string[]): Promise<string> =>
  (
    await desk.visitor.postAll(
      "/waiting/closing",
      seen.map((pair) => ["closing", pair]),
    )
  ).text()

describe("A supervisor steers conversations of others", () => {
  test("takes one over, whoever has it; the former owner's late answer is refused with the new one's name", async () => {
    const { anna, carla, first } = await start()
    await anna.open(first.id)
    expect(await steer(carla, "take_over", [first.id])).toContain("1 done")
    expect(stateOf(world, first.id)).toEqual({ state: "active", owner: carla.id })
    expect(await anna.reply(first.id, "Eccomi")).toMatchObject({
      refused: "conversation.owned_by_another",
      message: expect.stringContaining("Carla Rossi"),
    })
    expect(await anna.visitor.panel(`/conversations/${first.id}/thread`)).toContain(
      "Taken by Carla Rossi, before with Anna Rossi",
    )
  })

  test("assigns what waits, above a maximum too: it is offered, and opened like any other", async () => {
    const { carla, third } = await start()
    const marco = await sitDown(world, "marco")
    await world.settle()
    const fourth = await somebodyWrites(world)
    expect(stateOf(world, third.id)).toEqual({ state: "offered", owner: marco.id })
    expect(await steer(carla, "assign", [fourth.id], marco.id)).toContain("1 done")
    expect(stateOf(world, fourth.id)).toEqual({ state: "offered", owner: marco.id })
    expect(await marco.open(fourth.id)).toBeNull()
  })

  test("returns what an agent has to the queue, with its place in it", async () => {
    const { anna, carla, first, third } = await start()
    await anna.open(first.id)
    await anna.status("break")
    expect(await steer(carla, "return", [first.id])).toContain("1 done")
    expect(whyQueued(world, first.id).at(-1)).toBe("returned")
    const marco = await sitDown(world, "marco")
    await world.settle()
    expect(stateOf(world, first.id)).toEqual({ state: "offered", owner: marco.id })
    expect(stateOf(world, third.id)?.state).toBe("queued")
  })

  test("of many, each is decided on its own: the answer says how many, and which not and why", async () => {
    const { anna, carla, first, second, third } = await start()
    await anna.open(first.id)
    const said = await steer(carla, "return", [first.id, third.id, 4_711])
    expect(said).toContain("1 done")
    expect(said).toContain("2 were not changed")
    expect(said).toContain("This conversation waits for an agent; nobody has it at the moment.")
    expect(said).toContain("This does not exist, or it is not yours to see.")
    expect(stateOf(world, second.id)).toEqual({ state: "offered", owner: anna.id })
  })

  test("with nothing chosen, or nobody, nothing happens and it says what to choose", async () => {
    const { carla, third } = await start()
    expect(await steer(carla, "take_over", [])).toContain("Choose at least one conversation.")
    expect(await steer(carla, "assign", [third.id])).toContain("Choose an agent first.")
    expect(stateOf(world, third.id)?.state).toBe("queued")
  })

  test("closes many after being asked, and none in which something new has come since", async () => {
    const { anna, carla, first, second, third } = await start()
    await anna.open(first.id)
    const asked = await pageOf(carla, `/waiting/closing?conversation=${first.id}&conversation=${second.id}`)
    const pairs = [...asked.matchAll(/name="closing" value="([\d.]+)"/g)].map(([, pair]) => pair ?? "")
    expect(pairs).toEqual([`${first.id}.1`, `${second.id}.1`])
    expect(asked).toContain("Close 2 conversations")
    second.phone.say("Ancora una cosa")
    await world.settle()
    const said = await close(carla, pairs)
    expect(said).toContain("1 done")
    expect(said).toContain("A new message has just arrived.")
    expect([first.id, second.id, third.id].map((id) => stateOf(world, id)?.state)).not.toContain("parked")
    expect(stateOf(world, first.id)?.state).toBe("closed")
    expect(stateOf(world, second.id)?.state).not.toBe("closed")
    expect(await close(carla, ["nonsense"])).toContain("cannot be read")
  })

  test("gives the wait queue of somebody who is away to somebody else, all at once", async () => {
    const { anna, carla, first, second } = await start()
    for (const { id } of [first, second]) {
      await anna.open(id)
      await anna.park(id, "personal")
    }
    await anna.signOut()
    await anna.leave()
    const marco = await sitDown(world, "marco")
    const page = await pageOf(carla, `/waiting?agent=${anna.id}`)
    const ids = [...page.matchAll(/name="conversation" value="(\d+)"/g)].map(([, id]) => Number(id))
    expect(ids.sort()).toEqual([first.id, second.id].sort())
    expect(await steer(carla, "assign", ids, marco.id)).toContain("2 done")
    for (const id of ids) expect(stateOf(world, id)).toEqual({ state: "parked", owner: marco.id })
    expect(await noticesOf(marco)).not.toContain("for a long time")
    expect(await noticesOf(marco)).toContain("it is in your wait queue")
    expect(await marco.visitor.panel("/header")).toContain("2 in your wait queue")
    expect(await pageOf(carla, "/waiting")).toContain("Handed over by Carla Rossi")
    expect(await pageOf(carla, `/conversations/${first.id}`)).toContain("Handed over to Marco Rossi by Carla Rossi")
    expect(await steer(carla, "assign", ids, marco.id)).toContain("They have this conversation already")
    first.phone.say("Eccomi")
    await world.settle()
    expect(stateOf(world, first.id)).toEqual({ state: "active", owner: marco.id })
    expect(stateOf(world, second.id)).toEqual({ state: "parked", owner: marco.id })
  })

  test("what was parked long ago is not forgotten yet by whoever gets it now: their time begins at the handing over", async () => {
    const { anna, carla, first } = await start({ parkedAlertAfterHours: 1, parkedReleaseAfterHours: 2 })
    await anna.open(first.id)
    await anna.park(first.id, "public")
    await world.advance(hours(3))
    const marco = await sitDown(world, "marco")
    expect(await steer(carla, "assign", [first.id], marco.id)).toContain("1 done")
    await world.advance(hours(1) - 1)
    expect(await noticesOf(marco)).not.toContain("for a long time")
    await world.advance(1)
    expect(await noticesOf(marco)).toContain("for a long time")
    await world.advance(hours(1) - 1)
    expect(stateOf(world, first.id)).toEqual({ state: "parked", owner: marco.id })
    await world.advance(1)
    expect(stateOf(world, first.id)).toEqual({ state: "parked", owner: null })
  })

  test("is refused to agents, whatever they send", async () => {
    const { anna, third } = await start()
    expect(await anna.post("/waiting/steering", { conversation: String(third.id), deed: "take_over" })).toMatchObject({
      refused: "access.denied",
    })
    expect(await anna.post("/waiting/closing", { closing: `${third.id}.9` })).toMatchObject({
      refused: "access.denied",
    })
    expect(await pageOf(anna, "/waiting")).not.toContain('name="conversation"')
  })

  test("the page narrows to a group, a skillset, a number, and says why each waits", async () => {
    const { carla, third } = await start()
    const queued = await pageOf(carla, "/waiting?show=forAgent")
    expect(queued).toContain(third.phone.customer.name)
    expect(queued).toContain("Everybody Ready in Sales has as many as they may")
    expect(await pageOf(carla, "/waiting?show=forCustomer")).toContain("Nobody is waiting")
    expect(await pageOf(carla, "/waiting?skillset=4711")).not.toContain(third.phone.customer.name)
    expect(await pageOf(carla, "/waiting?show=everything&skillset=x")).toContain(third.phone.customer.name)
  })
})

describe("At the same moment", () => {
  test("a supervisor returns it while its owner answers: both happened in one order, and it is nobody's", async () => {
    const { anna, carla, first } = await start()
    await anna.open(first.id)
    await anna.status("break")
    const [said, answer] = await Promise.all([steer(carla, "return", [first.id]), anna.reply(first.id, "Un attimo")])
    expect(said).toContain("1 done")
    expect([undefined, "conversation.is_queued"]).toContain(answer?.refused)
    await world.advance(seconds(10))
    expect(stateOf(world, first.id)?.state).toBe("queued")
    const sent = first.phone.received().filter(({ words }) => words.text === "Un attimo")
    expect(sent).toHaveLength(answer === null ? 1 : 0)
  })

  test("an offer is opened as it expires: it is the agent's, or it moved on, never both", async () => {
    const { anna, first } = await start()
    await world.advance(minutes(3) - seconds(2))
    const opening = anna.open(first.id)
    await world.advance(seconds(2))
    const outcome = await opening
    const state = stateOf(world, first.id)
    expect(outcome === null).toBe(state?.state === "active" && state.owner === anna.id)
  })
})
