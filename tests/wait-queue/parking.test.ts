import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { conversation, timeline } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { goHome, pageOf, somebodyWrites, stateOf, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

/** Anna talks to a customer; Marco of the same skillset comes later, Carla supervises. */
async function talking({ most = 5 } = {}) {
  world = await openWorld({
    document: office([
      { username: "anna", most },
      { username: "marco" },
      { username: "sara", skillsets: ["Service"] },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]),
  })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { phone, id } = await somebodyWrites(world)
  await anna.open(id)
  await anna.read(id)
  await anna.reply(id, "Mi faccia sapere")
  await world.advance(seconds(10))
  return { anna, phone, id }
}

const name = (phone: { customer: { name: string } }) => phone.customer.name

describe("Moved to the wait queue by hand", () => {
  test("it leaves the list, frees the slot for whoever waits, and the thread says why", async () => {
    const { anna, phone, id } = await talking({ most: 1 })
    const next = await somebodyWrites(world)
    expect(stateOf(world, next.id)?.state).toBe("queued")
    const heard = anna.heard.length
    expect(await anna.park(id, "personal", "Aspetta la fattura")).toBeNull()
    await world.settle()
    expect(stateOf(world, id)).toEqual({ state: "parked", owner: anna.id })
    expect(stateOf(world, next.id)).toEqual({ state: "offered", owner: anna.id })
    expect(anna.heard.slice(heard)).toEqual(expect.arrayContaining(["conversations", "status"]))
    expect(await anna.visitor.panel("/conversations/list")).not.toContain(name(phone))
    const thread = await anna.visitor.panel(`/conversations/${id}/thread`)
    expect(thread).toContain("Moved to the wait queue of Anna Rossi")
    expect(thread).toContain("Aspetta la fattura")
    expect(phone.received().map(({ words }) => words.text)).not.toContain("Aspetta la fattura")
  })

  test("a personal one stands in one's own wait queue and its count, and nowhere else's", async () => {
    const { anna, phone, id } = await talking()
    const marco = await sitDown(world, "marco")
    expect(await pageOf(anna, "/wait-queue")).toContain("Your wait queue is empty")
    await anna.park(id, "personal")
    expect(await pageOf(anna, "/wait-queue")).toContain(name(phone))
    expect(await anna.visitor.panel("/header")).toContain("1 in your wait queue")
    expect(await pageOf(marco, "/wait-queue")).not.toContain(name(phone))
    expect(await pageOf(marco, "/waiting")).toContain("Wait queue of Anna Rossi")
  })

  test("only what one has in hand, and is working on", async () => {
    const { anna, id } = await talking()
    const marco = await sitDown(world, "marco")
    expect(await marco.park(id, "public")).toMatchObject({ refused: "conversation.owned_by_another" })
    const next = await somebodyWrites(world)
    expect(await marco.park(next.id, "public")).toMatchObject({ refused: "conversation.is_offered" })
    await anna.park(id, "public")
    expect(await anna.park(id, "personal")).toMatchObject({ refused: "conversation.is_parked" })
    expect(await anna.post(`/conversations/${id}/park`, { as: "somewhere" })).toMatchObject({
      refused: "field.not_a_choice",
    })
  })
})

describe("Out of the wait queue", () => {
  test("a public one goes to the first free agent when the customer writes, with its old waiting time", async () => {
    const { anna, phone, id } = await talking()
    const { waitingSince } = conversation(world, phone)
    await anna.park(id, "public")
    await anna.status("break")
    await world.advance(minutes(40))
    const marco = await sitDown(world, "marco")
    phone.say("Eccomi")
    await world.settle()
    expect(conversation(world, phone)).toMatchObject({ state: "offered", owner: marco.id, waitingSince })
  })

  test("a personal one comes back above the maximum, each once, in the order in which they wrote", async () => {
    const { anna, phone, id } = await talking({ most: 1 })
    await anna.park(id, "personal")
    await world.settle()
    const second = await somebodyWrites(world)
    await anna.open(second.id)
    await anna.reply(second.id, "Anche lei")
    await anna.park(second.id, "personal")
    phone.say("Eccomi")
    second.phone.say("Anch'io")
    await world.settle()
    for (const one of [id, second.id]) expect(stateOf(world, one)).toEqual({ state: "active", owner: anna.id })
    expect(await pageOf(anna, "/wait-queue")).toContain("Your wait queue is empty")
    const back = [id, second.id].flatMap((one) =>
      timeline(world, one).filter(({ data }) => data.how === "customer_wrote"),
    )
    expect(back).toHaveLength(2)
  })

  test("its agent takes it up again by hand, and has the whole time for a silent customer", async () => {
    const { anna, id } = await talking()
    await anna.park(id, "personal")
    const marco = await sitDown(world, "marco")
    expect(await marco.unpark(id)).toMatchObject({ refused: "conversation.owned_by_another" })
    expect(await marco.take(id)).toMatchObject({ refused: "conversation.owned_by_another" })
    expect(await anna.unpark(id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
    expect(timeline(world, id).at(-1)).toMatchObject({ kind: "conversation.activated", data: { how: "unparked" } })
    expect(await anna.unpark(id)).toMatchObject({ refused: "conversation.is_active" })
  })

  test("a public one is for whoever serves its skillset", async () => {
    const { anna, id } = await talking()
    await anna.park(id, "public")
    const sara = await sitDown(world, "sara")
    expect(await sara.unpark(id)).toMatchObject({ refused: "conversation.not_your_skillset" })
    const marco = await sitDown(world, "marco")
    expect(await marco.unpark(id)).toBeNull()
    expect(stateOf(world, id)).toEqual({ state: "active", owner: marco.id })
  })

  test("a supervisor takes it up for an agent who is away: it is open to whoever takes it", async () => {
    const { anna, phone, id } = await talking()
    await anna.park(id, "personal")
    await anna.signOut()
    await anna.leave()
    const carla = await sitDown(world, "carla")
    expect(await carla.unpark(id)).toBeNull()
    expect(conversation(world, phone)).toMatchObject({
      state: "active",
      owner: anna.id,
      awaySince: world.clock.now(),
    } as object)
    const marco = await sitDown(world, "marco")
    expect(await marco.take(id)).toBeNull()
  })

  test("after the 24 hours it opens, and only a template may be sent", async () => {
    const { anna, id } = await talking()
    await anna.park(id, "personal")
    await goHome(world, anna)
    await world.advance(hours(25))
    const back = await sitDown(world, "anna")
    expect(await back.unpark(id)).toBeNull()
    expect(await back.visitor.panel(`/conversations/${id}`)).toContain("Only a template may be sent now")
    expect(await back.reply(id, "Ancora qui?")).toMatchObject({ refused: "window.closed" })
  })

  test("a closed one does not come back", async () => {
    const { anna, phone, id } = await talking()
    await anna.park(id, "personal")
    expect(await anna.close(id)).toBeNull()
    expect(await anna.unpark(id)).toMatchObject({ refused: "conversation.closed_already" })
    phone.say("Ci siete?")
    await world.settle()
    expect(conversation(world, phone).id).not.toBe(id)
    expect(await pageOf(anna, "/wait-queue")).toContain("Your wait queue is empty")
  })
})

describe("At the same moment", () => {
  test("the customer writes and the agent takes it up: one transition, no double", async () => {
    const { anna, phone, id } = await talking()
    await anna.park(id, "personal")
    const before = timeline(world, id).length
    const unparked = anna.unpark(id)
    phone.say("Eccomi")
    const outcome = await unparked
    await world.settle()
    expect([null, "conversation.is_active"]).toContain(outcome?.refused ?? null)
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
    expect(
      timeline(world, id)
        .slice(before)
        .map(({ kind }) => kind),
    ).toEqual(["conversation.activated"])
  })

  test("two take a public one up: one has it, the other hears who", async () => {
    const { anna, id } = await talking()
    const marco = await sitDown(world, "marco")
    await anna.park(id, "public")
    const outcomes = await Promise.all([anna.unpark(id), marco.take(id)])
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
    const owner = stateOf(world, id)?.owner
    expect(owner === anna.id || owner === marco.id).toBe(true)
  })
})
