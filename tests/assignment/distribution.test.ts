import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { conversation, conversations, offeredTo, timeline } from "../journeys/scene.ts"
import { office, withSkillsets } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

let people = 0
/** Somebody writes for the first time; answers the conversation. */
async function somebodyWrites() {
  people += 1
  const phone = world.simulator.phones.create({ name: `Customer ${people}`, phone: `+39 345 ${5_550_000 + people}` })
  phone.say("Buongiorno")
  await world.settle()
  return { phone, id: conversation(world, phone).id }
}

const stateOf = (id: Id) => conversations(world).find((one) => one.id === id)
const ownersOf = (ids: readonly Id[]) => ids.map((id) => stateOf(id)?.owner)

async function working(...names: string[]): Promise<Desk[]> {
  const desks: Desk[] = []
  for (const name of names) {
    desks.push(await sitDown(world, name))
    await world.advance(seconds(1))
  }
  return desks
}

describe("Who gets it", () => {
  test("the least loaded by their own maximum, not by mere number", async () => {
    world = await openWorld({
      document: office([
        { username: "anna", most: 2 },
        { username: "marco", most: 10 },
      ]),
    })
    const [anna, marco] = (await working("anna", "marco")) as [Desk, Desk]
    const ids: Id[] = []
    for (let count = 0; count < 4; count++) ids.push((await somebodyWrites()).id)
    // 0/2 and 0/10: Anna is idle longer; then 1/2 against 0/10, 1/10, 2/10.
    expect(ownersOf(ids)).toEqual([anna.id, marco.id, marco.id, marco.id])
    expect(timeline(world, ids[3] ?? 0).at(-1)?.data).toMatchObject({
      reason: { strategy: "least_loaded", candidates: 2, load: 2, maximum: 10 },
    })
  })

  test("equally loaded: who has been idle for longest", async () => {
    world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }, { username: "vito" }]) })
    const [anna, marco, vito] = (await working("vito", "marco", "anna")).toReversed() as [Desk, Desk, Desk]
    const first = await somebodyWrites()
    expect(ownersOf([first.id])).toEqual([vito.id])
    await vito.open(first.id)
    await vito.close(first.id)
    await world.settle()
    const next = [await somebodyWrites(), await somebodyWrites(), await somebodyWrites()]
    expect(ownersOf(next.map(({ id }) => id))).toEqual([marco.id, anna.id, vito.id])
  })

  test("idle since the very same moment: the one who was registered first, every time", async () => {
    world = await openWorld({ document: office([{ username: "zoe" }, { username: "anna" }]) })
    const zoe = await sitDown(world, "zoe")
    await sitDown(world, "anna")
    const { id } = await somebodyWrites()
    expect(ownersOf([id])).toEqual([zoe.id])
  })

  test("nobody but those who serve the skillset, who are Ready and whose browser listens", async () => {
    world = await openWorld({
      document: office([
        { username: "anna" },
        { username: "marco" },
        { username: "sara", skillsets: ["Service"] },
        { username: "carla", level: "supervisor", skillsets: [] },
        { username: "lidia" },
      ]),
    })
    const [, marco] = await working("anna", "marco", "sara", "carla")
    await sitDown(world, "lidia", { listening: false })
    const anna = await sitDown(world, "anna")
    await anna.status("break")
    const { id } = await somebodyWrites()
    expect(ownersOf([id])).toEqual([marco?.id])
  })
})

describe("How many", () => {
  test("never more than the maximum: what is over waits, and comes when a place is free", async () => {
    world = await openWorld({ document: office([{ username: "anna", most: 2 }]) })
    const [anna] = (await working("anna")) as [Desk]
    const ids: Id[] = []
    for (let count = 0; count < 4; count++) ids.push((await somebodyWrites()).id)
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["offered", "offered", "queued", "queued"])
    await anna.open(ids[0] ?? 0)
    await world.settle()
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["active", "offered", "queued", "queued"])
    await anna.close(ids[0] ?? 0)
    await world.settle()
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["closed", "offered", "offered", "queued"])
  })

  test("an agent who comes back with many waiting gets exactly as many as they may have", async () => {
    world = await openWorld({ document: office([{ username: "anna", most: 3 }]) })
    const ids: Id[] = []
    for (let count = 0; count < 5; count++) ids.push((await somebodyWrites()).id)
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(Array(5).fill("queued"))
    await working("anna")
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["offered", "offered", "offered", "queued", "queued"])
  })

  test("somebody with a maximum of nothing is given nothing", async () => {
    world = await openWorld({ document: office([{ username: "anna", most: 0 }]) })
    await working("anna")
    const { id } = await somebodyWrites()
    expect(stateOf(id)?.state).toBe("queued")
  })

  test("a limit that is raised is used at once, one that is lowered takes nothing away", async () => {
    const hands = (most: number) => office([{ username: "anna", most }])
    world = await openWorld({ document: hands(1) })
    await working("anna")
    const ids = [(await somebodyWrites()).id, (await somebodyWrites()).id, (await somebodyWrites()).id]
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["offered", "queued", "queued"])
    await world.apply(hands(2))
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["offered", "offered", "queued"])
    await world.apply(hands(1))
    expect(ids.map((id) => stateOf(id)?.state)).toEqual(["offered", "offered", "queued"])
  })

  test("a skillset that is given to an agent brings what waits there at once", async () => {
    const hands = (skillsets: string[]) => office([{ username: "sara", skillsets }])
    world = await openWorld({ document: hands(["Service"]) })
    const [sara] = (await working("sara")) as [Desk]
    await sara.status("break")
    const { id } = await somebodyWrites()
    await sara.status("ready")
    await world.settle()
    expect(stateOf(id)).toMatchObject({ state: "queued", owner: null })
    await world.apply(hands(["Service", "Sales"]))
    expect(stateOf(id)).toMatchObject({ state: "offered", owner: sara.id })
  })
})

describe("In which order", () => {
  /** Who is offered to Anna, one after the other, as she finishes each. */
  async function servedBy(anna: Desk, count: number): Promise<(Id | undefined)[]> {
    const order: (Id | undefined)[] = []
    while (order.length < count) {
      const mine = conversations(world).find(({ owner, state }) => owner === anna.id && state === "offered")
      order.push(mine?.id)
      await anna.open(mine?.id ?? 0)
      await anna.close(mine?.id ?? 0)
      await world.settle()
    }
    return order
  }
  const hands = [{ username: "anna", most: 1 }]

  test("who has waited for longest, where priorities are equal", async () => {
    world = await openWorld({ document: office(hands) })
    const ids: Id[] = []
    for (let count = 0; count < 3; count++) {
      ids.push((await somebodyWrites()).id)
      await world.advance(seconds(5))
    }
    const [anna] = (await working("anna")) as [Desk]
    expect(await servedBy(anna, 3)).toEqual(ids)
  })

  test("a priority is a head start of waiting: it passes who came shortly before, never who waits for long", async () => {
    const worth = (priority: number) => withSkillsets(office(hands), [{ name: "Sales", priority }, { name: "Service" }])
    world = await openWorld({ document: worth(0) })
    const ids = [(await somebodyWrites()).id]
    await world.advance(minutes(3))
    ids.push((await somebodyWrites()).id)
    await world.advance(minutes(3))
    await world.apply(worth(2))
    // Two levels of two minutes each: as if it had waited for four minutes already.
    ids.push((await somebodyWrites()).id)
    const [anna] = (await working("anna")) as [Desk]
    expect(await servedBy(anna, 3)).toEqual([ids[0], ids[2], ids[1]])
  })

  test("what a priority is worth may be changed while people wait", async () => {
    const worth = (priority: number, priorityStepSeconds: number) =>
      withSkillsets(office(hands, { settings: { priorityStepSeconds } }), [
        { name: "Sales", priority },
        { name: "Service" },
      ])
    world = await openWorld({ document: worth(0, 10) })
    const early = (await somebodyWrites()).id
    await world.advance(minutes(1))
    await world.apply(worth(1, 10))
    const late = (await somebodyWrites()).id
    await world.apply(worth(1, 90))
    const [anna] = (await working("anna")) as [Desk]
    expect(await servedBy(anna, 2)).toEqual([late, early])
  })

  test("an offer that nobody opened keeps its place: it goes before whoever came later", async () => {
    world = await openWorld({
      document: office([
        { username: "anna", most: 1 },
        { username: "marco", most: 1 },
      ]),
    })
    const [anna] = (await working("anna")) as [Desk]
    const early = await somebodyWrites()
    await world.advance(minutes(1))
    const late = await somebodyWrites()
    await anna.status("break")
    await world.advance(minutes(2))
    expect(stateOf(early.id)?.state).toBe("queued")
    expect(stateOf(late.id)?.state).toBe("queued")
    const marco = await sitDown(world, "marco")
    expect(ownersOf([early.id, late.id])).toEqual([marco.id, null])
  })

  test("two skillsets of one agent: who waits for longest in either of them", async () => {
    world = await openWorld({
      document: office([
        { username: "anna", skillsets: ["Sales"], most: 1 },
        { username: "ugo", skillsets: ["Sales", "Service"], most: 1 },
        { username: "sara", skillsets: ["Service"], most: 1 },
      ]),
    })
    const [sara] = (await working("sara")) as [Desk]
    const served = await somebodyWrites()
    expect(stateOf(served.id)).toMatchObject({ state: "offered", owner: sara.id })
    await world.advance(seconds(10))
    const sales = await somebodyWrites()
    await sara.status("break")
    await world.advance(minutes(3))
    expect([served, sales].map(({ id }) => stateOf(id)?.state)).toEqual(["queued", "queued"])
    expect(stateOf(served.id)?.skillset).not.toBe(stateOf(sales.id)?.skillset)
    const ugo = await sitDown(world, "ugo")
    expect(ownersOf([served.id, sales.id])).toEqual([ugo.id, null])
  })
})

describe("Who let it pass", () => {
  test("is not asked again for a while when somebody else can take it", async () => {
    world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }]) })
    const [anna, marco] = (await working("anna", "marco")) as [Desk, Desk]
    const { id } = await somebodyWrites()
    await world.advance(minutes(9))
    expect(offeredTo(world, id)).toEqual([anna.id, marco.id, anna.id, marco.id])
  })

  test("is asked again at once when there is nobody else", async () => {
    world = await openWorld({ document: office([{ username: "anna" }]) })
    const [anna] = (await working("anna")) as [Desk]
    const { id } = await somebodyWrites()
    await world.advance(minutes(6))
    expect(offeredTo(world, id)).toEqual([anna.id, anna.id, anna.id])
    expect(timeline(world, id).filter(({ kind }) => kind === "conversation.offer_expired")).toHaveLength(2)
  })

  test("is asked again when the pause is over, as the longest idle", async () => {
    const settings = { offerTimeoutSeconds: 60, repeatOfferPauseSeconds: 90 }
    world = await openWorld({
      document: office([{ username: "anna" }, { username: "marco" }, { username: "vito" }], { settings }),
    })
    const [anna, marco, vito] = (await working("anna", "marco", "vito")) as [Desk, Desk, Desk]
    const { id } = await somebodyWrites()
    await world.advance(minutes(3))
    expect(offeredTo(world, id)).toEqual([anna.id, marco.id, vito.id, anna.id])
  })
})
