/** Two people, or a person and a deadline, want different things of one conversation: in either order, and at once. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { office } from "../support/cast.ts"
import { type Desk, type Refusal, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, conversations, messages, PAOLO, received, timeline } from "./scene.ts"

const HANDS = [
  { username: "anna", most: 5 },
  { username: "marco", most: 5 },
  { username: "carla", level: "supervisor", skillsets: [] },
]
const OFFER = minutes(3)

type Scene = { world: World; anna: Desk; marco: Desk; carla: Desk; phone: Phone; id: Id }
let world: World
afterEach(() => world.close())

/** Anna has been offered it; Marco is on a break until a test says otherwise. */
async function offered(): Promise<Scene> {
  world = await openWorld({ document: office(HANDS, { settings: { repeatOfferPauseSeconds: 600 } }) })
  const anna = await sitDown(world, "anna")
  const marco = await sitDown(world, "marco")
  const carla = await sitDown(world, "carla")
  await marco.status("break")
  const phone = world.simulator.phones.create(PAOLO)
  phone.say("Buongiorno")
  await world.settle()
  return { world, anna, marco, carla, phone, id: conversation(world, phone).id }
}

async function active(): Promise<Scene> {
  const scene = await offered()
  await scene.anna.open(scene.id)
  await world.settle()
  return scene
}

type Deed<Outcome> = (scene: Scene) => Promise<Outcome>
type Outcomes<One, Other> = { one: One; other: Other }
type Order =
  | "the first before the second"
  | "the second before the first"
  | "both at once"
  | "both at once, the other way"
const ORDERS: Order[] = [
  "the first before the second",
  "the second before the first",
  "both at once",
  "both at once, the other way",
]

async function race<One, Other>(
  scene: Scene,
  order: Order,
  first: Deed<One>,
  second: Deed<Other>,
): Promise<Outcomes<One, Other>> {
  const settled = async <Result>(deed: Deed<Result>): Promise<Result> => {
    const result = await deed(scene)
    await world.settle()
    return result
  }
  switch (order) {
    case "the first before the second":
      return { one: await settled(first), other: await settled(second) }
    case "the second before the first": {
      const other = await settled(second)
      return { one: await settled(first), other }
    }
    case "both at once": {
      const [one, other] = await Promise.all([first(scene), second(scene)])
      await world.settle()
      return { one, other }
    }
    case "both at once, the other way": {
      const [other, one] = await Promise.all([second(scene), first(scene)])
      await world.settle()
      return { one, other }
    }
  }
}

const say =
  (text: string): Deed<string> =>
  async ({ phone }) =>
    phone.say(text)
const kinds = (id: Id): string[] => timeline(world, id).map(({ kind }) => kind)
const times = (id: Id, kind: string): number => kinds(id).filter((one) => one === kind).length
const whoHas = ({ phone }: Scene) => {
  const { id, state, owner } = conversation(world, phone)
  return { id, state, owner }
}
const keyOf = (refusal: Refusal): string | null => refusal?.refused ?? null

describe("Opening an offer against its deadline", () => {
  const ring: Deed<void> = () => world.advance(0)

  test.each(ORDERS)("it is the agent's or it moves on, never both (%s)", async (order) => {
    const scene = await offered()
    await scene.anna.status("back_office")
    await world.advance(OFFER - 1)
    world.clock.jumpTo(world.clock.now() + (order === "the first before the second" ? 0 : 1))
    const opening: Deed<Refusal> = ({ anna, id }) => anna.open(id)
    const { one } = await race(scene, order, opening, ring)
    await world.advance(1)
    const isOpened = one === null
    expect(keyOf(one)).toBe(isOpened ? null : "conversation.offer_expired")
    expect(times(scene.id, "conversation.activated")).toBe(isOpened ? 1 : 0)
    expect(times(scene.id, "conversation.offer_expired")).toBe(isOpened ? 0 : 1)
    expect(isOpened).toBe(order === "the first before the second")
  })
})

describe("Closing against a message of the customer", () => {
  test.each(ORDERS)("the message is never lost behind a closed conversation (%s)", async (order) => {
    const scene = await active()
    await scene.anna.read(scene.id)
    const closing: Deed<Refusal> = ({ anna, id }) => anna.close(id, 0)
    const { one, other: wamid } = await race(scene, order, closing, say("Ancora una cosa"))
    await world.settle()
    const holding = conversations(world).filter(({ id }) =>
      messages(world, id).some((message) => message.wamid === wamid),
    )
    expect(holding).toHaveLength(1)
    expect(holding[0]?.state).not.toBe("closed")
    if (one === null) expect(holding[0]?.id).not.toBe(scene.id)
    else expect([keyOf(one), holding[0]?.id]).toEqual(["conversation.new_message", scene.id])
    if (order === "the first before the second") expect(one).toBeNull()
    if (order === "the second before the first") expect(one).not.toBeNull()
  })
})

describe("Transferring against an answer from another tab", () => {
  test.each(ORDERS)(
    "an answer goes out once and before it, or is refused with the new owner's name (%s)",
    async (order) => {
      const scene = await active()
      const transferring: Deed<Refusal> = ({ anna, marco, id }) =>
        anna.post(`/conversations/${id}/transfer`, { to: "user", user: String(marco.id), mode: "immediate", note: "" })
      const answering: Deed<Refusal> = ({ anna, id }) => anna.reply(id, "Eccomi", "one-click")
      const { one, other } = await race(scene, order, transferring, answering)
      await world.advance(minutes(1))
      expect(one).toBeNull()
      expect(whoHas(scene)).toEqual({ id: scene.id, state: "offered", owner: scene.marco.id })
      expect(received(scene.phone)).toEqual(other === null ? ["Eccomi"] : [])
      if (other) expect(other).toMatchObject({ message: expect.stringContaining("Marco Rossi") })
      if (order === "the first before the second") expect(other).not.toBeNull()
      if (order === "the second before the first") expect(other).toBeNull()
    },
  )
})

describe("Taking up again against the customer who writes", () => {
  test.each(ORDERS)("it comes back to its agent once, with the message (%s)", async (order) => {
    const scene = await active()
    expect(await scene.anna.park(scene.id, "personal")).toBeNull()
    const unparking: Deed<Refusal> = ({ anna, id }) => anna.unpark(id)
    const { one, other: wamid } = await race(scene, order, unparking, say("Eccomi di nuovo"))
    expect(whoHas(scene)).toEqual({ id: scene.id, state: "active", owner: scene.anna.id })
    expect([null, "conversation.is_active"]).toContain(keyOf(one))
    expect(times(scene.id, "conversation.activated")).toBe(2)
    expect(messages(world, scene.id).some((message) => message.wamid === wamid)).toBe(true)
  })
})

describe("A supervisor returns it against an answer of its owner", () => {
  test.each(ORDERS)("the answer is sent or refused, and it is in the queue (%s)", async (order) => {
    const scene = await active()
    await scene.anna.status("break")
    const returning: Deed<number> = async ({ carla, id }) =>
      (
        await carla.visitor.postAll("/waiting/steering", [
          ["conversation", String(id)],
          ["deed", "return"],
        ])
      ).status
    const answering: Deed<Refusal> = ({ anna, id }) => anna.reply(id, "Un attimo", "one-click")
    const { one, other } = await race(scene, order, returning, answering)
    await world.advance(minutes(1))
    expect(one).toBe(200)
    expect(whoHas(scene)).toEqual({ id: scene.id, state: "queued", owner: null })
    expect(received(scene.phone)).toEqual(other === null ? ["Un attimo"] : [])
    expect([null, "conversation.is_queued"]).toContain(keyOf(other))
    if (order === "the first before the second") expect(other).not.toBeNull()
    if (order === "the second before the first") expect(other).toBeNull()
  })
})

describe("Twenty takers", () => {
  const names = Array.from({ length: 20 }, (_, index) => `agent${String.fromCharCode(97 + index)}`)

  test.each(["queued", "parked", "left behind"])("of one that is %s: one has it, nineteen hear who", async (how) => {
    const hands = [...names.map((username) => ({ username, most: 0 })), { username: "lidia", most: 1 }]
    world = await openWorld({ document: office(hands) })
    const desks = await Promise.all(names.map((name) => sitDown(world, name)))
    const phone = world.simulator.phones.create(PAOLO)
    const lidia = how === "queued" ? null : await sitDown(world, "lidia")
    phone.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, phone)
    await lidia?.open(id)
    if (how === "parked") await lidia?.park(id, "public")
    if (how === "left behind") await lidia?.signOut()
    await world.settle()
    const outcomes = await Promise.all(desks.map((desk) => desk.take(id)))
    await world.settle()
    const winners = desks.filter((_, index) => outcomes[index] === null)
    expect(winners).toHaveLength(1)
    expect(conversation(world, phone)).toMatchObject({ state: "active", owner: winners[0]?.id })
    expect(outcomes.flatMap((outcome) => keyOf(outcome) ?? [])).toEqual(Array(19).fill("conversation.owned_by_another"))
  })
})
