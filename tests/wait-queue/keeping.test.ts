import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, messages, timeline } from "../journeys/scene.ts"
import { office, withChannel } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { goHome, noticesOf, somebodyWrites, stateOf, whyQueued, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

type Choices = { tenant?: object; number?: object; others?: string[] }

const document = ({ tenant = {}, number = {}, others = [] }: Choices) =>
  withChannel(
    office(
      [
        { username: "anna" },
        ...others.map((username) => ({ username })),
        { username: "carla", level: "supervisor", skillsets: [] },
      ],
      { settings: tenant },
    ),
    { settings: { parkSilentAfterMinutes: 5, parkSilentAs: "personal", ...number } },
  )

/** Anna answers a customer, who then says nothing. */
async function answered(choices: Choices = {}) {
  world = await openWorld({ document: document(choices) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { phone, id } = await somebodyWrites(world)
  await anna.open(id)
  await anna.read(id)
  await anna.reply(id, "Un momento")
  await world.advance(seconds(10))
  return { anna, phone, id }
}

/** The same, until it is in Anna's own wait queue. */
async function parked(choices: Choices = {}) {
  const scene = await answered(choices)
  await world.advance(minutes(5))
  expect(row(scene.phone)).toMatchObject({ state: "parked", parkedAs: "personal", owner: scene.anna.id })
  return scene
}

const row = (phone: Phone) =>
  conversation(world, phone) as ReturnType<typeof conversation> & { parkedAs: string | null }
const kindsOf = (id: Id) => timeline(world, id).map(({ kind }) => kind)

describe("A customer who does not answer", () => {
  test("is moved to the wait queue at the number's time, not before, and the slot is free", async () => {
    const { anna, phone, id } = await answered()
    await world.advance(minutes(5) - seconds(11))
    expect(row(phone).state).toBe("active")
    await world.advance(seconds(1))
    expect(row(phone)).toMatchObject({ state: "parked", parkedAs: "personal", owner: anna.id })
    expect(timeline(world, id).at(-1)).toMatchObject({
      kind: "conversation.parked",
      data: { as: "personal", why: "customer_silent" },
    })
    expect(await anna.visitor.panel("/conversations/list")).not.toContain(phone.customer.name)
  })

  test("is not while we owe an answer: their words after ours, or an answer that did not arrive", async () => {
    const { anna, phone, id } = await answered()
    phone.say("E allora?")
    await world.advance(minutes(30))
    expect(row(phone).state).toBe("active")
    world.simulator.faults.add({ fault: { kind: "graph-error", code: 131026 }, times: 1 })
    await anna.reply(id, "Non arriva")
    await world.advance(minutes(30))
    expect(row(phone).state).toBe("active")
    await anna.reply(id, "Questa arriva")
    await world.advance(minutes(6))
    expect(row(phone).state).toBe("parked")
  })

  test("is not for an answer that was taken back", async () => {
    const { anna, phone, id } = await answered()
    phone.say("E allora?")
    await world.settle()
    world.network.down = true
    await anna.reply(id, "Aspetti")
    await world.settle()
    const message = messages(world, id).at(-1)
    expect(await anna.post(`/conversations/${id}/messages/${message?.id}/discard`)).toBeNull()
    world.network.down = false
    await world.advance(minutes(30))
    expect(row(phone).state).toBe("active")
  })

  test("a reaction of theirs begins no new time", async () => {
    const { phone } = await answered()
    await world.advance(minutes(3))
    const [heard] = phone.received()
    phone.react(heard?.id ?? "", "👍")
    await world.advance(minutes(2))
    expect(row(phone).state).toBe("parked")
  })

  test("another time for the number counts at once for what is open", async () => {
    const { phone } = await answered({ number: { parkSilentAfterMinutes: 600 } })
    await world.advance(minutes(20))
    expect(row(phone).state).toBe("active")
    await world.apply(document({ number: { parkSilentAfterMinutes: 30 } }))
    await world.advance(minutes(9))
    expect(row(phone).state).toBe("active")
    await world.advance(minutes(1))
    expect(row(phone).state).toBe("parked")
  })

  test("a shorter time than what has gone by moves it at once; none at all leaves it", async () => {
    const { anna, phone } = await answered({ number: { parkSilentAfterMinutes: 600 } })
    await goHome(world, anna)
    await world.advance(minutes(20))
    await world.apply(document({ number: { parkSilentAfterMinutes: 0 } }))
    await world.advance(hours(11))
    expect(row(phone).state).toBe("active")
    await world.apply(document({ number: { parkSilentAfterMinutes: 10 } }))
    expect(row(phone).state).toBe("parked")
  })
})

describe("A customer who answers from the wait queue", () => {
  test("is back with the agent at once, above the maximum too", async () => {
    const { anna, phone, id } = await parked()
    await anna.status("break")
    phone.say("Eccomi")
    await world.settle()
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
  })

  test("waits for an agent who is away, and for nobody else; both hear of it once", async () => {
    const { anna, phone, id } = await parked({ others: ["marco"] })
    await anna.signOut()
    await anna.leave()
    const carla = await sitDown(world, "carla")
    const marco = await sitDown(world, "marco")
    phone.say("Eccomi")
    await world.advance(minutes(9))
    expect(stateOf(world, id)).toEqual({ state: "queued", owner: null })
    expect(await marco.take(id)).toMatchObject({ refused: "conversation.waits_for_another" })
    expect(await noticesOf(carla)).not.toContain("waits for Anna Rossi")
    await world.advance(minutes(1))
    expect(await noticesOf(carla)).toContain("waits for Anna Rossi, who is not there")
    expect(kindsOf(id).filter((kind) => kind === "conversation.offered")).toHaveLength(1)
    await world.advance(hours(2))
    expect((await noticesOf(carla)).match(/who is not there/g)).toHaveLength(2)

    const back = await sitDown(world, "anna")
    await world.settle()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: back.id })
    expect(await noticesOf(back)).toContain("waits for Anna Rossi")
  })

  test("is anybody's when the agent stays away for too long, with the old waiting time", async () => {
    const { anna, phone, id } = await parked({ others: ["marco"], tenant: { personalBecomesPublicAfterMinutes: 15 } })
    await anna.signOut()
    await anna.leave()
    const marco = await sitDown(world, "marco")
    phone.say("Eccomi")
    await world.advance(minutes(15) - 1)
    expect(stateOf(world, id)?.state).toBe("queued")
    await world.advance(1)
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    expect(whyQueued(world, id).at(-1)).toBe("kept_too_long")
  })

  test("the same when the appliance is killed in between", async () => {
    const { anna, phone, id } = await parked({ tenant: { personalBecomesPublicAfterMinutes: 15 } })
    await anna.signOut()
    await anna.leave()
    phone.say("Eccomi")
    await world.advance(minutes(7))
    await world.kill()
    await world.advance(minutes(7))
    expect(whyQueued(world, id).at(-1)).toBe("customer_wrote")
    await world.restart()
    await world.advance(minutes(1))
    expect(whyQueued(world, id).at(-1)).toBe("kept_too_long")
  })

  test("waits for anybody when the agent may not sign in any more", async () => {
    const { phone, id } = await parked({ others: ["marco"] })
    const changed = document({ others: ["marco"] })
    for (const user of changed.tenants[0]?.users ?? [])
      if (user.username === "anna") Object.assign(user, { enabled: false })
    await world.apply(changed)
    expect(row(phone)).toMatchObject({ state: "parked", parkedAs: "public", owner: null })
    const marco = await sitDown(world, "marco")
    phone.say("Eccomi")
    await world.settle()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
  })
})

describe("A conversation forgotten in a wait queue", () => {
  test("is told to its agent and the supervisors, once", async () => {
    const { anna } = await parked({ tenant: { parkedAlertAfterHours: 2 } })
    const carla = await sitDown(world, "carla")
    await goHome(world, anna, carla)
    await world.advance(hours(2) - seconds(11))
    expect(await noticesOf(anna)).not.toContain("wait queue")
    await world.advance(seconds(1))
    for (const desk of [anna, carla]) expect(await noticesOf(desk)).toContain("wait queue for a long time")
    await world.advance(hours(3))
    expect((await noticesOf(carla)).match(/for a long time/g)).toHaveLength(2)
  })

  test("is everybody's after the time the company gives, and closed when it would have been", async () => {
    const { anna, phone, id } = await parked({
      tenant: { parkedReleaseAfterHours: 3 },
      number: { closeParkedAfterHours: 5 },
    })
    await goHome(world, anna)
    await world.advance(hours(3))
    expect(row(phone)).toMatchObject({ state: "parked", parkedAs: "public", owner: null })
    expect(timeline(world, id).at(-1)?.data).toMatchObject({ as: "public", why: "kept_too_long" })
    await world.advance(hours(2))
    expect(row(phone)).toMatchObject({ state: "closed", closedBy: null } as object)
    expect(timeline(world, id).at(-1)).toMatchObject({
      kind: "conversation.closed",
      actor: null,
      data: { how: "automatic" },
    })
    phone.say("Ci siete?")
    await world.settle()
    expect(row(phone).id).not.toBe(id)
  })
})

describe("What an agent left open", () => {
  test("returns to the queue when they are gone for too long, with its place in it", async () => {
    const { anna, phone, id } = await answered({
      others: ["marco"],
      number: { parkSilentAfterMinutes: 0 },
      tenant: { ownerAbsentReturnMinutes: 20 },
    })
    const { waitingSince } = row(phone)
    await anna.signOut()
    await anna.leave()
    const marco = await sitDown(world, "marco")
    await world.advance(minutes(20) - 1)
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
    await world.advance(1)
    expect(row(phone)).toMatchObject({ state: "offered", owner: marco.id, waitingSince })
    expect(whyQueued(world, id).at(-1)).toBe("owner_absent")
    expect(await noticesOf(await sitDown(world, "anna", { listening: false }))).toContain(
      "Anna Rossi was away for too long",
    )
  })

  test("stays theirs when they come back in time, or the company wants it so", async () => {
    const { anna, id } = await answered({
      number: { parkSilentAfterMinutes: 0 },
      tenant: { ownerAbsentReturnMinutes: 20 },
    })
    await anna.leave()
    await world.advance(minutes(21))
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
    await anna.comeBack()
    await world.advance(minutes(30))
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
    await anna.leave()
    await world.advance(minutes(10))
    await world.apply(document({ number: { parkSilentAfterMinutes: 0 }, tenant: { ownerAbsentReturnMinutes: 0 } }))
    await world.advance(hours(3))
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
  })

  test("survives kill and restart: the time goes on", async () => {
    const { anna, id } = await answered({
      number: { parkSilentAfterMinutes: 0 },
      tenant: { ownerAbsentReturnMinutes: 20 },
    })
    await anna.signOut()
    await anna.leave()
    await world.advance(minutes(10))
    await world.kill()
    await world.advance(minutes(10))
    expect(stateOf(world, id)).toEqual({ state: "queued", owner: null })
  })
})
