import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { conversations, offeredTo, received, timeline } from "../journeys/scene.ts"
import { companyDocument, office } from "../support/cast.ts"
import type { Desk } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { idOf, pageOf, skillsetOf, somebodyWrites, stateOf, toSkillset, toUser, whyQueued, working } from "./scene.ts"

let world: World
afterEach(() => world.close())

/** Anna has a conversation; Marco, Vito and Zoe serve with her. */
async function annaHasOne(...others: string[]) {
  world = await openWorld({
    document: office(["anna", ...others].map((username) => ({ username }))),
  })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { phone, id } = await somebodyWrites(world)
  expect(await anna.open(id)).toBeNull()
  await world.advance(seconds(5))
  return { anna, phone, id, desks: await working(world, ...others) }
}

describe("An immediate transfer to a user", () => {
  test("is theirs to open at once, and no longer the sender's", async () => {
    const { anna, id, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    expect(await toUser(anna, id, marco.id, { note: "Asks for the silver one" })).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    expect(await marco.open(id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "active", owner: marco.id })
  })

  test("not opened in time goes to the next eligible agent, and keeps its waiting time", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await anna.status("break")
    await toUser(anna, id, marco.id)
    const since = conversations(world).find((one) => one.id === id)?.waitingSince
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(conversations(world).find((one) => one.id === id)?.waitingSince).toBe(since)
    expect(await marco.open(id)).toMatchObject({ refused: "conversation.offered_to_another" })
  })

  test("not opened in time, with nobody else there, waits in the queue of its skillset", async () => {
    const { anna, id, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    await anna.status("break")
    await toUser(anna, id, marco.id)
    await marco.status("break")
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual({ state: "queued", owner: null })
    expect(whyQueued(world, id).at(-1)).toBe("offer_expired")
  })

  test("to somebody on a break is allowed; the offer runs its time and moves on", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await anna.status("break")
    await marco.status("break")
    expect(await toUser(anna, id, marco.id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    await world.advance(minutes(3))
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
  })

  test("goes out of its sender's hands: a late answer, opening or closing is refused with who has it", async () => {
    const { anna, id, phone, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    await toUser(anna, id, marco.id)
    const refusals = [await anna.reply(id, "Too late"), await anna.close(id), await anna.open(id)]
    expect(refusals.map((refusal) => refusal?.message.includes("Marco Rossi"))).toEqual([true, true, true])
    await world.advance(seconds(10))
    expect(received(phone)).toEqual([])
  })

  test("that crosses with the customer's message: it is in the conversation, unread for the receiver, once", async () => {
    const { anna, id, phone, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    await anna.read(id)
    phone.say("One more thing")
    await toUser(anna, id, marco.id)
    await world.settle()
    await marco.open(id)
    expect(conversations(world).find((one) => one.id === id)).toMatchObject({ unreadCount: 1, owner: marco.id })
    expect(await pageOf(marco, `/conversations/${id}`)).toContain("One more thing")
  })

  test("survives a kill of the process in the middle of the offer", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    await anna.status("break")
    await toUser(anna, id, marco.id)
    await world.advance(minutes(1))
    await world.kill()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    await marco.comeBack()
    await vito.comeBack()
    await world.advance(minutes(2))
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
  })
})

describe("Its receiver", () => {
  test("is told by whom, why, and that it is no new one; their list marks it until it is opened", async () => {
    const { anna, id, phone, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    await toUser(anna, id, marco.id, { note: "Wants Saturday <b>11:00</b>" })
    const popups = await pageOf(marco, "/popups")
    for (const words of ["Transferred by Anna Rossi", "Note from Anna Rossi", "Wants Saturday &lt;b&gt;"])
      expect(popups).toContain(words)
    expect(popups).not.toContain("New conversation")
    expect(await pageOf(marco, "/conversations/list")).toContain("is-transferred")
    await marco.open(id)
    expect(await pageOf(marco, "/conversations/list")).not.toContain("is-transferred")
    const thread = await pageOf(marco, `/conversations/${id}`)
    for (const words of ["Transferred by Anna Rossi to Marco Rossi", "Wants Saturday"]) expect(thread).toContain(words)
    await world.advance(minutes(1))
    expect(received(phone)).toEqual([])
  })
})

describe("An immediate transfer to a skillset", () => {
  test("waits in that skillset's queue and goes to one of its agents", async () => {
    world = await openWorld()
    const [anna, marco] = (await working(world, "anna", "marco")) as [Desk, Desk]
    const { id } = await somebodyWrites(world)
    await anna.open(id)
    expect(await toSkillset(anna, id, skillsetOf(world, "Service"), { note: "A guarantee" })).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
    expect(await pageOf(marco, "/popups")).toContain("A guarantee")
    expect(await anna.reply(id, "Late")).toMatchObject({ refused: "conversation.owned_by_another" })
  })

  test("where nobody is there waits, and a late answer is told so", async () => {
    world = await openWorld()
    const [anna] = (await working(world, "anna")) as [Desk]
    const { id } = await somebodyWrites(world)
    await anna.open(id)
    await toSkillset(anna, id, skillsetOf(world, "Service"))
    expect(stateOf(world, id)).toEqual({ state: "queued", owner: null })
    expect(await anna.reply(id, "Late")).toMatchObject({ refused: "conversation.is_queued" })
  })
})

describe("A transfer is refused", () => {
  test("to its owner, to its own skillset, by somebody who has it not, after it was closed", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    expect(await toUser(anna, id, anna.id)).toMatchObject({ refused: "transfer.to_the_owner" })
    expect(await toSkillset(anna, id, skillsetOf(world, "Sales"))).toMatchObject({ refused: "transfer.same_skillset" })
    expect(await toUser(marco, id, vito.id)).toMatchObject({ refused: "conversation.owned_by_another" })
    expect(await anna.post(`/conversations/${id}/transfer`, { to: "user", mode: "immediate" })).toMatchObject({
      refused: "transfer.choose",
    })
    await anna.close(id)
    expect(await toUser(anna, id, vito.id)).toMatchObject({ refused: "conversation.closed_already" })
    expect(offeredTo(world, id)).toEqual([anna.id])
  })

  test("to whoever may never get it, as if they were not there: disabled, or of another company", async () => {
    world = await openWorld()
    const [anna] = (await working(world, "anna")) as [Desk]
    const { id } = await somebodyWrites(world)
    await anna.open(id)
    const document = companyDocument()
    const marco = document.tenants[0]?.users.find(({ username }) => username === "marco")
    Object.assign(marco ?? {}, { enabled: false })
    await world.apply(document)
    for (const target of [idOf(world, "marco"), idOf(world, "marco2"), 4711])
      expect(await toUser(anna, id, target)).toMatchObject({ refused: "not_found" })
    for (const skillset of [skillsetOf(world, "Service", "globex"), 4711])
      expect(await toSkillset(anna, id, skillset)).toMatchObject({ refused: "not_found" })
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
  })

  test("with a note that is too long; nothing has happened", async () => {
    const { anna, id, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    expect(await toUser(anna, id, marco.id, { note: "x".repeat(1_001) })).toMatchObject({ refused: "field.too_long" })
    expect(await toUser(anna, id, marco.id, { note: "x".repeat(1_000) })).toBeNull()
  })
})

describe("A supervisor", () => {
  test("gives a waiting conversation to somebody, and one that another agent has", async () => {
    world = await openWorld()
    const [carla] = (await working(world, "carla")) as [Desk]
    const { id } = await somebodyWrites(world)
    expect(stateOf(world, id)).toEqual({ state: "queued", owner: null })
    const anna = idOf(world, "anna")
    const marco = idOf(world, "marco")
    expect(await toUser(carla, id, marco)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco })
    expect(await toUser(carla, id, anna)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: anna })
  })
})

describe("At the same moment", () => {
  test("a transfer and a send: the answer goes out, or is refused with who has it; never both, never lost", async () => {
    const { anna, id, phone, desks } = await annaHasOne("marco")
    const [marco] = desks as [Desk]
    const [sent, moved] = await Promise.all([anna.reply(id, "At the last moment"), toUser(anna, id, marco.id)])
    await world.advance(seconds(5))
    expect(moved).toBeNull()
    expect(received(phone)).toEqual(sent === null ? ["At the last moment"] : [])
    const other = await somebodyWrites(world)
    await anna.open(other.id)
    const [movedFirst, sentLast] = await Promise.all([toUser(anna, other.id, marco.id), anna.reply(other.id, "Late")])
    expect([movedFirst, sentLast?.refused]).toEqual([null, "conversation.owned_by_another"])
    await world.advance(seconds(5))
    expect(received(other.phone)).toEqual([])
  })

  test("a transfer away from somebody and their opening: one of them wins, and the other is told", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito", "carla")
    const [marco, vito] = desks as [Desk, Desk]
    await toUser(anna, id, marco.id)
    const [opened, moved] = await Promise.all([marco.open(id), toUser(marco, id, vito.id)])
    expect([opened, moved]).toEqual([null, null])
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    const [movedOn, openedLate] = await Promise.all([toUser(vito, id, marco.id), vito.open(id)])
    expect([movedOn, openedLate?.refused]).toEqual([null, "conversation.offered_to_another"])
  })

  test("two transfers: the first counts, the second is told who has it", async () => {
    const { anna, id, desks } = await annaHasOne("marco", "vito")
    const [marco, vito] = desks as [Desk, Desk]
    const answers = await Promise.all([toUser(anna, id, marco.id), toUser(anna, id, vito.id)])
    expect(answers.map((answer) => answer?.refused ?? null)).toEqual([null, "conversation.owned_by_another"])
    expect(answers[1]?.message).toContain("Marco Rossi")
    expect(timeline(world, id).filter(({ kind }) => kind === "conversation.transferred")).toHaveLength(1)
  })
})
