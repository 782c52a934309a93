import { afterEach, describe, expect, test } from "bun:test"
import { offeredTo } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import type { Desk } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { decline, noticesOf, pageOf, somebodyWrites, stateOf, toUser, whyQueued, working } from "./scene.ts"

let world: World
afterEach(() => world.close())

/** Anna has sent a conversation to Marco; Vito serves with them. */
async function sentToMarco(mayDecline: boolean) {
  const hands = [{ username: "anna" }, { username: "marco" }, { username: "vito" }]
  world = await openWorld({ document: office(hands, { settings: { mayDecline } }) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { id } = await somebodyWrites(world)
  await anna.open(id)
  const [marco, vito] = (await working(world, "marco", "vito")) as [Desk, Desk]
  await toUser(anna, id, marco.id)
  return { anna, marco, vito, id }
}

describe("Declining", () => {
  test("is not possible unless the company lets its agents, and nobody is offered it", async () => {
    const { marco, id } = await sentToMarco(false)
    expect(await pageOf(marco, `/conversations/${id}`)).not.toContain("Decline")
    expect(await decline(marco, id)).toMatchObject({ refused: "transfer.may_not_decline" })
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: marco.id })
  })

  test("gives it back to its sender, who is told why; the thread says so", async () => {
    const { anna, marco, id } = await sentToMarco(true)
    expect(await pageOf(marco, `/conversations/${id}`)).toContain("Decline")
    expect(await decline(marco, id, "Not my product")).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: anna.id })
    expect(await noticesOf(anna)).toContain("Marco Rossi declined the conversation")
    expect(await noticesOf(anna)).toContain("Not my product")
    expect(await pageOf(anna, `/conversations/${id}`)).toContain("Declined by Marco Rossi: Not my product")
    expect(await marco.open(id)).toMatchObject({ refused: "conversation.offered_to_another" })
  })

  test("puts it into the queue when its sender is gone; it does not come straight back", async () => {
    const { anna, marco, vito, id } = await sentToMarco(true)
    const { id: more } = await somebodyWrites(world)
    expect(stateOf(world, more)).toEqual({ state: "offered", owner: vito.id })
    await anna.signOut()
    expect(await decline(marco, id)).toBeNull()
    expect(whyQueued(world, id).at(-1)).toBe("declined")
    expect(stateOf(world, id)).toEqual({ state: "offered", owner: vito.id })
    expect(offeredTo(world, id)).toEqual([anna.id, marco.id, vito.id])
  })

  test("is for the one it was offered to", async () => {
    const { anna, vito, marco, id } = await sentToMarco(true)
    expect(await decline(vito, id)).toMatchObject({ refused: "conversation.offered_to_another" })
    await marco.open(id)
    expect(await decline(marco, id)).toMatchObject({ refused: "conversation.is_active" })
    expect(await noticesOf(anna)).not.toContain("declined")
  })
})
