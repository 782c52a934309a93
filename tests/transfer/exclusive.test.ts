import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { conversations } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import {
  goHome,
  idOf,
  noticesOf,
  pageOf,
  release,
  skillsetOf,
  somebodyWrites,
  stateOf,
  toSkillset,
  toUser,
  whyQueued,
  working,
} from "./scene.ts"

let world: World
afterEach(() => world.close())

const CREW = [
  { username: "anna" },
  { username: "marco", most: 1 },
  { username: "vito" },
  { username: "zoe", skillsets: ["Service"] },
  { username: "carla", level: "supervisor", skillsets: [] },
]
const ONLY = { mode: "exclusive" } as const

/** Anna has a conversation and is on a break from now on. */
async function annaHasOne(...others: string[]) {
  world = await openWorld({ document: office(CREW) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { phone, id } = await somebodyWrites(world)
  await anna.open(id)
  await anna.status("break")
  return { anna, phone, id, desks: await working(world, ...others) }
}
const waits = { state: "queued", owner: null }

describe("An exclusive transfer to a user", () => {
  test("waits for them through a break, and is theirs when they are Ready; nobody else can take it", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await marco.status("break")
    await toUser(anna, id, marco.id, ONLY)
    expect(stateOf(world, id)).toEqual(waits)
    expect(await vito.take(id)).toMatchObject({ refused: "conversation.waits_for_another" })
    await world.advance(minutes(40))
    expect(stateOf(world, id)).toEqual(waits)
    expect(await anna.reply(id, "Late")).toMatchObject({ refused: "conversation.waits_for_another" })
    await marco.status("ready")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
  })

  test("waits for them while they are signed out", async () => {
    const { anna, id } = await annaHasOne("vito")
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    await world.advance(hours(1))
    expect(stateOf(world, id)).toEqual(waits)
    const marco = await sitDown(world, "marco")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
  })

  test("goes to them above their maximum", async () => {
    const { anna, id, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    const full = await somebodyWrites(world)
    await marco.open(full.id)
    await toUser(anna, id, marco.id, ONLY)
    expect(await marco.open(id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "active", owner: marco.id })
  })

  test("not opened in time goes on waiting for them alone, also when they go away with it", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await toUser(anna, id, marco.id, ONLY)
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    await marco.status("break")
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual(waits)
    await marco.status("ready")
    await marco.leave()
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual(waits)
    expect(await vito.take(id)).toMatchObject({ refused: "conversation.waits_for_another" })
  })

  test("ends with the customer's window: anybody's from then on, and sender and supervisors hear of it", async () => {
    const { anna: sender, id } = await annaHasOne()
    await toUser(sender, id, idOf(world, "marco"), ONLY)
    await goHome(world, sender)
    await world.advance(hours(23))
    const [anna, carla, vito] = (await working(world, "anna", "carla", "vito")) as [Desk, Desk, Desk]
    expect(stateOf(world, id)).toEqual(waits)
    await world.advance(hours(1))
    expect(whyQueued(world, id)).toContain("exclusive_ended")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    for (const desk of [anna, carla])
      expect(await noticesOf(desk)).toContain("waited for Marco Rossi until its 24 hours were over")
    expect(await noticesOf(vito)).not.toContain("24 hours")
  })

  test("a message of the customer prolongs it by what the window is prolonged", async () => {
    const { anna, id, phone } = await annaHasOne()
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    await goHome(world, anna)
    await world.advance(hours(20))
    phone.say("Still there?")
    await world.advance(hours(20))
    expect(whyQueued(world, id)).not.toContain("exclusive_ended")
    await world.advance(hours(4))
    expect(whyQueued(world, id)).toContain("exclusive_ended")
  })

  test("cannot begin when the window is over", async () => {
    const { anna: before, id } = await annaHasOne()
    await goHome(world, before)
    await world.advance(hours(24))
    const anna = await sitDown(world, "anna")
    expect(await toUser(anna, id, idOf(world, "marco"), ONLY)).toMatchObject({ refused: "transfer.window_over" })
    expect(await toUser(anna, id, idOf(world, "marco"))).toBeNull()
  })

  test("a kill of the process changes nothing: it waits, comes back to them, and ends when it would have", async () => {
    const { anna, id } = await annaHasOne()
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    await world.kill()
    expect(stateOf(world, id)).toEqual(waits)
    const marco = await sitDown(world, "marco")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    await marco.status("break")
    await world.kill()
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual(waits)
    await goHome(world, anna, marco)
    await world.advance(hours(24))
    expect(whyQueued(world, id)).toContain("exclusive_ended")
  })
})

describe("The wait for somebody only can be released", () => {
  test("by its sender and by a supervisor, by nobody else; then it is anybody's, with its waiting time", async () => {
    const { anna, id, desks } = await annaHasOne("vito", "carla")
    const [vito, carla] = desks as [Desk, Desk]
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    const since = conversations(world).find((one) => one.id === id)?.waitingSince
    expect(await release(vito, id)).toMatchObject({ refused: "transfer.not_yours_to_release" })
    for (const [desk, offersIt] of [
      [anna, true],
      [carla, true],
      [vito, false],
    ] as const)
      expect([desk.username, (await pageOf(desk, `/conversations/${id}`)).includes("<span>Release</span>")]).toEqual([
        desk.username,
        offersIt,
      ])
    expect(await release(anna, id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(conversations(world).find((one) => one.id === id)?.waitingSince).toBe(since)
    expect(await release(carla, id)).toMatchObject({ refused: "transfer.not_exclusive" })
  })

  test("by a supervisor; and the one it waits for may let it go too", async () => {
    const { anna, id, desks } = await annaHasOne("carla")
    const [carla] = desks as [Desk]
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    expect(await release(carla, id)).toBeNull()
    expect(whyQueued(world, id).at(-1)).toBe("released")
    await toUser(carla, id, idOf(world, "marco"), ONLY)
    const marco = await sitDown(world, "marco")
    await marco.status("break")
    await world.advance(minutes(3))
    expect(await release(marco, id)).toBeNull()
    expect(whyQueued(world, id).filter((why) => why === "released")).toHaveLength(2)
  })
})

describe("When its target is lost", () => {
  test("a disabled user: it falls back to the skillset, the thread says so, sender and supervisors are told", async () => {
    const { anna, id, desks } = await annaHasOne("vito", "carla")
    const [vito, carla] = desks as [Desk, Desk]
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    const document = office(CREW)
    const marco = document.tenants[0]?.users.find(({ username }) => username === "marco")
    Object.assign(marco ?? {}, { enabled: false })
    await world.apply(document)
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(await pageOf(vito, `/conversations/${id}`)).toContain("whom it was meant for is no longer there")
    for (const desk of [anna, carla]) expect(await noticesOf(desk)).toContain("can no longer wait for Marco Rossi")
  })

  test("a skillset taken away from them: what waited for them in it does not any longer", async () => {
    const { anna, id, desks } = await annaHasOne("vito")
    const [vito] = desks as [Desk]
    await toUser(anna, id, idOf(world, "marco"), ONLY)
    await world.apply(office(CREW.map((one) => (one.username === "marco" ? { ...one, skillsets: ["Service"] } : one))))
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(whyQueued(world, id)).toContain("target_lost")
  })

  test("also while it is offered to them", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await toUser(anna, id, marco.id, ONLY)
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    await world.apply(office(CREW.map((one) => (one.username === "marco" ? { ...one, skillsets: ["Service"] } : one))))
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(await marco.open(id)).toMatchObject({ refused: "conversation.offered_to_another" })
  })
})

describe("An exclusive transfer to a skillset", () => {
  test("waits for its members only, until the window ends", async () => {
    const { anna, id, desks } = await annaHasOne("vito")
    const [vito] = desks as [Desk]
    await toSkillset(anna, id, skillsetOf(world, "Service"), ONLY)
    expect(await pageOf(vito, `/conversations/${id}`)).toContain("Waits for Service only")
    expect(await vito.take(id)).toMatchObject({ refused: "conversation.not_your_skillset" })
    await world.advance(minutes(30))
    expect(stateOf(world, id)).toEqual(waits)
    const zoe = await sitDown(world, "zoe")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: zoe.id })
    await zoe.status("break")
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual(waits)
    await goHome(world, anna, vito, zoe)
    await world.advance(hours(24))
    expect(whyQueued(world, id)).toContain("exclusive_ended")
    const carla = await sitDown(world, "carla")
    expect(await noticesOf(carla)).toContain("waited for members of Service only")
  })
})

test("the waiting list shows for whom it waits", async () => {
  const { anna, id, desks } = await annaHasOne("vito")
  const [vito] = desks as [Desk]
  await toUser(anna, id, idOf(world, "marco"), ONLY)
  await world.advance(seconds(1))
  expect(await pageOf(vito, "/waiting")).toContain("For Marco Rossi only")
})
