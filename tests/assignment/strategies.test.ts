import { afterEach, describe, expect, test } from "bun:test"
import { days, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, conversations, offeredTo, timeline } from "../journeys/scene.ts"
import { office, withChannel, withSkillsets } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

let people = 0
const somebody = (): Phone => {
  people += 1
  return world.simulator.phones.create({ name: `Customer ${people}`, phone: `+39 346 ${5_550_000 + people}` })
}
async function says(phone: Phone) {
  phone.say("Buongiorno")
  await world.settle()
  return conversation(world, phone).id
}
const somebodyWrites = () => says(somebody())
const stateOf = (id: Id) => conversations(world).find((one) => one.id === id)
const ownersOf = (ids: readonly Id[]) => ids.map((id) => stateOf(id)?.owner ?? null)
const reasonOf = (id: Id) => timeline(world, id).findLast(({ kind }) => kind === "conversation.offered")?.data.reason

async function working<Names extends string[]>(...names: Names): Promise<{ [Index in keyof Names]: Desk }> {
  const desks: Desk[] = []
  for (const name of names) {
    desks.push(await sitDown(world, name))
    await world.advance(seconds(1))
  }
  return desks as { [Index in keyof Names]: Desk }
}
async function served(desk: Desk, id: Id): Promise<void> {
  expect([await desk.open(id), await desk.close(id)]).toEqual([null, null])
  await world.settle()
}

const three = [{ username: "anna" }, { username: "marco" }, { username: "vito" }]
const sales = (manner: object, hands = three, more = {}) =>
  withSkillsets(office(hands, more), [{ name: "Sales", ...manner }, { name: "Service" }])

describe("Longest idle", () => {
  test("goes by idleness alone, however many somebody has", async () => {
    world = await openWorld({ document: sales({ strategy: "longest_idle" }) })
    const [anna, marco, vito] = await working("anna", "marco", "vito")
    const ids = [await somebodyWrites(), await somebodyWrites(), await somebodyWrites()]
    expect(ownersOf(ids)).toEqual([anna.id, marco.id, vito.id])
    await world.advance(seconds(1))
    await served(marco, ids[1]!)
    await world.advance(seconds(1))
    const next = await somebodyWrites()
    expect(ownersOf([next])).toEqual([anna.id])
    expect(reasonOf(next)).toMatchObject({ strategy: "longest_idle", candidates: 3, load: 1, maximum: 5 })
  })

  test("what is given in one moment is spread, not heaped on one", async () => {
    const hours = { weekly: { mon: ["11:00-18:00"] } }
    world = await openWorld({
      document: sales({ strategy: "longest_idle" }, three.slice(0, 2), { hours }),
      start: Date.UTC(2026, 0, 5, 9, 55),
    })
    const [anna, marco] = await working("anna", "marco")
    const ids = [await somebodyWrites(), await somebodyWrites(), await somebodyWrites(), await somebodyWrites()]
    expect(ownersOf(ids)).toEqual([null, null, null, null])
    await world.advance(minutes(5))
    expect(ownersOf(ids)).toEqual([anna.id, marco.id, anna.id, marco.id])
  })
})

describe("Round robin", () => {
  test("goes by turns, whoever is busy", async () => {
    world = await openWorld({ document: sales({ strategy: "round_robin" }) })
    const [anna, marco, vito] = await working("anna", "marco", "vito")
    const ids: Id[] = []
    for (let count = 0; count < 3; count++) ids.push(await somebodyWrites())
    await served(vito, ids[2]!)
    for (let count = 0; count < 4; count++) ids.push(await somebodyWrites())
    const round = [anna.id, marco.id, vito.id]
    expect(ownersOf(ids)).toEqual([...round, ...round, anna.id])
    expect(reasonOf(ids[6]!)).toMatchObject({ strategy: "round_robin", candidates: 3, load: 2 })
  })

  test("who comes back from a holiday gets one and goes to the end: nobody catches up a count", async () => {
    world = await openWorld({ document: sales({ strategy: "round_robin" }) })
    const [anna, marco, vito] = await working("anna", "marco", "vito")
    await vito.status("break")
    for (let count = 0; count < 8; count++) await somebodyWrites()
    await vito.status("ready")
    await world.settle()
    const ids = [await somebodyWrites(), await somebodyWrites(), await somebodyWrites()]
    expect(ownersOf(ids)).toEqual([vito.id, anna.id, marco.id])
  })
})

describe("Manual", () => {
  test("nobody is pushed; whoever serves the skillset takes", async () => {
    world = await openWorld({ document: sales({ strategy: "manual" }) })
    const [anna] = await working("anna")
    const id = await somebodyWrites()
    expect(stateOf(id)).toMatchObject({ state: "queued", owner: null })
    await anna.status("break")
    await anna.status("ready")
    await world.advance(minutes(10))
    expect(stateOf(id)?.state).toBe("queued")
    expect(await anna.take(id)).toBeNull()
    expect(stateOf(id)).toMatchObject({ state: "active", owner: anna.id })
  })

  test("a strategy that pushes again gives out what waits, at once", async () => {
    world = await openWorld({ document: sales({ strategy: "manual" }) })
    const [anna] = await working("anna")
    const id = await somebodyWrites()
    await world.apply(sales({ strategy: "least_loaded" }))
    expect(stateOf(id)).toMatchObject({ state: "offered", owner: anna.id })
  })
})

describe("A returning customer", () => {
  async function customerOf(desk: Desk): Promise<Phone> {
    const phone = somebody()
    const id = await says(phone)
    expect(stateOf(id)?.owner).toBe(desk.id)
    await served(desk, id)
    return phone
  }

  test("goes to the agent they talked with last, before the strategy is asked", async () => {
    world = await openWorld({ document: office(three) })
    const [anna, marco] = await working("anna", "marco")
    const phone = await customerOf(anna)
    await world.advance(minutes(1))
    const id = await says(phone)
    expect(ownersOf([id])).toEqual([anna.id])
    expect(reasonOf(id)).toEqual({
      strategy: "last_agent",
      candidates: 1,
      skillset: stateOf(id)?.skillset,
      overflowFrom: null,
      load: 0,
      maximum: 5,
    })
    expect(ownersOf([await somebodyWrites()])).toEqual([marco.id])
  })

  test("goes to whoever is next when that agent is not there, full, or let it pass", async () => {
    world = await openWorld({ document: office([{ username: "anna", most: 1 }, { username: "marco" }]) })
    const [anna, marco] = await working("anna", "marco")
    const phone = await customerOf(anna)
    await anna.status("break")
    const away = await says(phone)
    expect(ownersOf([away])).toEqual([marco.id])
    await served(marco, away)
    await marco.status("break")
    await anna.status("ready")
    const full = await somebodyWrites()
    expect(ownersOf([full])).toEqual([anna.id])
    await marco.status("ready")
    const again = await says(phone)
    expect(reasonOf(again)).toMatchObject({ strategy: "last_agent" })
    expect(ownersOf([again])).toEqual([marco.id])
    await world.advance(minutes(3))
    expect(offeredTo(world, again)).toHaveLength(2)
  })

  test("is anybody's after the days that the tenant sets, or when it does not want this", async () => {
    const settings = { returnToLastAgentDays: 2 }
    world = await openWorld({ document: office(three, { settings }) })
    const [anna, marco] = await working("anna", "marco")
    const phone = await customerOf(anna)
    await Promise.all([anna.leave(), marco.leave()])
    await world.advance(days(2) + minutes(1))
    const [annaAgain] = await working("anna", "marco")
    expect(ownersOf([await says(phone)])).toEqual([marco.id])
    await world.apply(office(three, { settings: { returnToLastAgent: false } }))
    const other = await customerOf(annaAgain)
    await world.advance(minutes(1))
    const id = await says(other)
    expect(reasonOf(id)).toMatchObject({ strategy: "least_loaded" })
  })

  test("is asked for where that agent serves, though another skillset of the number comes first", async () => {
    world = await openWorld({
      document: office([{ username: "anna" }, { username: "sara", skillsets: ["Service"] }]),
    })
    const [sara] = await working("sara")
    const phone = await customerOf(sara)
    await working("anna")
    expect(ownersOf([await says(phone)])).toEqual([sara.id])
    expect(ownersOf([await somebodyWrites()])).not.toEqual([sara.id])
  })
})

describe("Overflow", () => {
  const hands = [{ username: "anna" }, { username: "sara", skillsets: ["Service"] }]
  const intoService = { overflow: { skillset: "Service", afterSeconds: 120 } }

  test("members of the other skillset may have it when it has waited for so long, and the reason says so", async () => {
    world = await openWorld({ document: sales(intoService, hands) })
    const waiting = await somebodyWrites()
    const [sara] = await working("sara")
    await world.advance(seconds(118))
    expect(stateOf(waiting)?.state).toBe("queued")
    await world.advance(seconds(1))
    expect(stateOf(waiting)).toMatchObject({ state: "offered", owner: sara.id })
    const own = stateOf(waiting)?.skillset
    expect(reasonOf(waiting)).toMatchObject({ strategy: "least_loaded", candidates: 1, overflowFrom: own })
    expect(timeline(world, waiting).map(({ kind }) => kind)).toContain("conversation.overflowed")
  })

  test("whoever of them comes free later gets it in its place: before what waits for less", async () => {
    world = await openWorld({ document: sales(intoService, hands) })
    const early = await somebodyWrites()
    await world.advance(minutes(3))
    expect(stateOf(early)).toMatchObject({ state: "queued" })
    const [sara] = await working("sara")
    expect(stateOf(early)).toMatchObject({ state: "offered", owner: sara.id })
  })

  test("an overflow that is changed while somebody waits counts from the beginning of the wait", async () => {
    world = await openWorld({ document: sales({}, hands) })
    const waiting = await somebodyWrites()
    const [sara] = await working("sara")
    await world.advance(minutes(5))
    expect(stateOf(waiting)?.state).toBe("queued")
    await world.apply(sales(intoService, hands))
    expect(stateOf(waiting)).toMatchObject({ state: "offered", owner: sara.id })
  })

  test("one that is taken back leaves the queue of the other skillset", async () => {
    world = await openWorld({ document: sales(intoService, hands) })
    const waiting = await somebodyWrites()
    await world.advance(minutes(3))
    await world.apply(sales({ overflow: null }, hands))
    await working("sara")
    expect(stateOf(waiting)?.state).toBe("queued")
    const [anna] = await working("anna")
    expect(stateOf(waiting)).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("it survives a restart, and is not missed when the appliance was down", async () => {
    world = await openWorld({ document: sales(intoService, hands) })
    const waiting = await somebodyWrites()
    const [sara] = await working("sara")
    await world.kill()
    await world.advance(minutes(1))
    await world.restart()
    expect(stateOf(waiting)?.state).toBe("queued")
    world.clock.jumpTo(world.clock.now() + minutes(3))
    await world.restart()
    expect(stateOf(waiting)).toMatchObject({ state: "offered", owner: sara.id })
  })

  test("the number's next skillset joins in after the time that the number sets", async () => {
    const settings = { overflowAfterSeconds: 60 }
    world = await openWorld({ document: withChannel(office(hands), { settings }) })
    const waiting = await somebodyWrites()
    const [sara] = await working("sara")
    await world.advance(seconds(58))
    expect(stateOf(waiting)?.state).toBe("queued")
    await world.advance(seconds(1))
    expect(stateOf(waiting)).toMatchObject({ state: "offered", owner: sara.id })
  })

  test("nobody serves the skillset: the number's default one joins in, and supervisors are told", async () => {
    const people = [{ username: "anna" }, { username: "ugo", skillsets: ["Service"] }]
    const carla = { username: "carla", level: "supervisor", skillsets: [] }
    const gone = [{ username: "anna" }, { username: "ugo", skillsets: [] as string[] }, carla]
    world = await openWorld({ document: office([...people, carla]) })
    const [ugo, supervisor] = await working("ugo", "carla")
    const id = await somebodyWrites()
    expect(stateOf(id)).toMatchObject({ state: "offered", owner: ugo.id })
    await world.apply(office(gone))
    await world.advance(minutes(4))
    expect(stateOf(id)?.state).toBe("queued")
    const [anna] = await working("anna")
    expect(stateOf(id)?.state).toBe("queued")
    await world.advance(minutes(2))
    expect(stateOf(id)).toMatchObject({ state: "offered", owner: anna.id })
    expect(await (await supervisor.visitor.get("/notices")).text()).toContain("Nobody serves Service")
  })
})
