import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { conversation, GIULIA, offeredTo, PAOLO, received, timeline } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

/** A stream that closes counts as lost when it has not come back in this time (a reload is no absence). */
const LINGER = seconds(5)

/** Anna, who is idle for longest, is offered what Giulia writes; Marco could take it. */
async function start() {
  world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }]) })
  const anna = await sitDown(world, "anna")
  await world.advance(seconds(1))
  const marco = await sitDown(world, "marco")
  const giulia = world.simulator.phones.create(GIULIA)
  giulia.say("Buongiorno")
  await world.settle()
  expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  return { anna, marco, giulia, id: conversation(world, giulia).id }
}

const presence = (user: number) => {
  const [row] = rowsOf(world.database.path, "SELECT status, link, load FROM agent WHERE user = ?", user)
  return row
}

describe("A connection that drops", () => {
  test("within two minutes nothing is lost: the offer stands and the status is what was chosen", async () => {
    const { anna, giulia, id } = await start()
    await anna.leave()
    await world.advance(seconds(100))
    expect(presence(anna.id)).toMatchObject({ status: "ready", link: "lost" })
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    await anna.comeBack()
    expect(presence(anna.id)).toMatchObject({ status: "ready", link: "live" })
    await world.advance(seconds(60))
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    expect(await anna.open(id)).toBeNull()
    expect(offeredTo(world, id)).toEqual([anna.id])
  })

  test("after two minutes what was offered goes on at once, with its place kept", async () => {
    const { anna, marco, giulia, id } = await start()
    const { waitingSince } = conversation(world, giulia)
    await anna.leave()
    await world.advance(LINGER + minutes(2) - 1)
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    await world.advance(1)
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id, waitingSince })
    expect(presence(anna.id)).toMatchObject({ status: "ready", link: "gone", load: 0 })
    expect(timeline(world, id).map(({ kind }) => kind)).not.toContain("conversation.offer_expired")
  })

  test("what the agent has opened stays theirs; another may take it once they are gone, not before", async () => {
    const { anna, marco, giulia, id } = await start()
    await anna.open(id)
    await anna.leave()
    await world.advance(minutes(1))
    expect(await marco.take(id)).toMatchObject({ refused: "conversation.owned_by_another" })
    await world.advance(minutes(2))
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    expect(await marco.take(id)).toBeNull()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: marco.id })
    expect(timeline(world, id).at(-1)).toMatchObject({
      kind: "conversation.activated",
      data: { how: "taken", previousOwner: anna.id },
    })
    await anna.comeBack()
    expect(await anna.reply(id, "Eccomi")).toMatchObject({ refused: "conversation.owned_by_another" })
    await world.advance(seconds(5))
    expect(received(giulia)).toEqual([])
  })

  test("whoever is gone is given nothing, and is given what waits when they are back", async () => {
    const { anna, marco, giulia } = await start()
    await anna.leave()
    await marco.leave()
    await world.advance(minutes(3))
    const paolo = world.simulator.phones.create(PAOLO)
    paolo.say("Buonasera")
    await world.settle()
    expect([giulia, paolo].map((phone) => conversation(world, phone).state)).toEqual(["queued", "queued"])
    await marco.comeBack()
    expect([giulia, paolo].map((phone) => conversation(world, phone).owner)).toEqual([marco.id, marco.id])
    expect(presence(anna.id)).toMatchObject({ link: "gone" })
  })

  test("a page that is loaded again is no absence at all", async () => {
    const { anna, giulia } = await start()
    await anna.leave()
    await world.advance(seconds(2))
    await anna.comeBack()
    await world.advance(minutes(2) + seconds(30))
    expect(presence(anna.id)).toMatchObject({ link: "live" })
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("a stream that the appliance ends after its time is opened again without anybody noticing", async () => {
    const { anna, id } = await start()
    await anna.open(id)
    await world.advance(minutes(30))
    expect(presence(anna.id)).toMatchObject({ status: "ready", link: "live" })
  })

  test("a break that was chosen stays a break after coming back", async () => {
    const { anna } = await start()
    await anna.status("break")
    await anna.leave()
    await world.advance(minutes(5))
    await anna.comeBack()
    expect(presence(anna.id)).toMatchObject({ status: "break", link: "live" })
  })
})

describe("Signing out", () => {
  test("gives back at once what was not opened", async () => {
    const { anna, marco, giulia } = await start()
    await anna.signOut()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    expect(presence(anna.id)).toMatchObject({ link: "gone", load: 0 })
  })

  test("counts for good: nothing comes to a browser that is still on its way out", async () => {
    const { anna, marco, giulia } = await start()
    await marco.status("break")
    await anna.signOut()
    await world.advance(LINGER + seconds(1))
    expect(presence(anna.id)).toMatchObject({ link: "gone" })
    expect(conversation(world, giulia).state).toBe("queued")
    await world.advance(minutes(5))
    expect(conversation(world, giulia).state).toBe("queued")
  })

  test("and in again a moment later is like being there: what waits comes", async () => {
    const { anna, marco, giulia } = await start()
    await marco.status("break")
    await anna.signOut()
    await world.advance(seconds(2))
    expect(conversation(world, giulia).state).toBe("queued")
    const again = await sitDown(world, "anna")
    expect(presence(anna.id)).toMatchObject({ link: "live" })
    await world.advance(minutes(1))
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: again.id })
  })

  test("in one of two browsers leaves the agent at work in the other", async () => {
    const { anna, giulia } = await start()
    const elsewhere = await sitDown(world, "anna")
    await elsewhere.signOut()
    await world.advance(minutes(1))
    expect(presence(anna.id)).toMatchObject({ link: "live" })
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  })
})

describe("Somebody who may not work here any more", () => {
  test("is signed out, and what was offered to them goes on at once", async () => {
    const { anna, marco, giulia } = await start()
    const hands = office([{ username: "anna" }, { username: "marco" }])
    const [tenant] = hands.tenants
    const users = tenant?.users.map((user) => (user.username === "anna" ? { ...user, enabled: false } : user))
    await world.apply({ tenants: [{ ...tenant, users }] })
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    expect((await anna.visitor.get("/events", { accept: "application/json" })).status).toBe(401)
    await world.advance(minutes(1))
    expect(presence(anna.id)).toMatchObject({ link: "gone" })
  })
})
