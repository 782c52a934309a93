import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, conversations, GIULIA, messages, offeredTo, received, textsIn, timeline } from "./scene.ts"

let world: World
afterEach(() => world.close())

/** Anna and Marco serve the same customers; Anna has been idle for longer. */
async function start() {
  world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }, { username: "dora" }]) })
  const anna = await sitDown(world, "anna")
  await world.advance(seconds(1))
  const marco = await sitDown(world, "marco")
  const giulia = world.simulator.phones.create(GIULIA)
  return { anna, marco, giulia }
}

describe("Two agents and a phone", () => {
  test("a message is offered to whoever is idle longest, opened, answered, and every tick has its time", async () => {
    const { anna, marco, giulia } = await start()
    giulia.say("Buongiorno, è pronta la mia ordinazione?")
    await world.settle()
    const arrived = world.clock.now()
    const offered = conversation(world, giulia)
    expect(offered).toMatchObject({ state: "offered", owner: anna.id, offeredUntil: arrived + minutes(3) })
    expect(anna.heard).toContain("popups")
    expect(marco.heard).not.toContain("popups")

    await world.advance(seconds(10))
    expect(await anna.open(offered.id)).toBeNull()
    expect(await anna.read(offered.id)).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id, unreadCount: 0 })
    expect(await anna.reply(offered.id, "Buongiorno! Sì, può ritirarla.")).toBeNull()
    await world.advance(seconds(10))

    const [question, answer] = messages(world, offered.id)
    expect(question).toMatchObject({ direction: "in", at: arrived, receivedAt: arrived })
    expect(question).toMatchObject({ readByAgentAt: arrived + seconds(10) })
    expect(answer).toMatchObject({ direction: "out", status: "read", author: anna.id, attempt: 1 })
    const times = [answer?.queuedAt, answer?.sentAt, answer?.deliveredAt, answer?.readAt].map((at) => at ?? 0)
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times[0]).toBe(arrived + seconds(10))
    expect(received(giulia)).toEqual(["Buongiorno! Sì, può ritirarla."])
    expect(offeredTo(world, offered.id)).toEqual([anna.id])
  })

  test("whoever does not open it in time loses it to the other, with its place in the queue", async () => {
    const { anna, marco, giulia } = await start()
    giulia.say("C'è qualcuno?")
    await world.settle()
    const { id, waitingSince } = conversation(world, giulia)
    await world.advance(minutes(3) - 1)
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
    await world.advance(1)
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id, waitingSince })
    expect(offeredTo(world, id)).toEqual([anna.id, marco.id])
    expect(await anna.open(id)).toMatchObject({
      refused: "conversation.offered_to_another",
      message: expect.stringContaining("Marco Rossi"),
    })
    expect(await marco.open(id)).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: marco.id })
  })

  test("opening at the very moment at which the offer ends comes too late", async () => {
    const { anna, marco, giulia } = await start()
    giulia.say("C'è qualcuno?")
    await world.settle()
    const { id, offeredUntil } = conversation(world, giulia)
    world.clock.jumpTo(offeredUntil ?? 0)
    expect(await anna.open(id)).toMatchObject({ refused: "conversation.offer_expired" })
    expect(await anna.reply(id, "Eccomi")).toMatchObject({ refused: "conversation.not_opened" })
    await world.advance(0)
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    expect(offeredTo(world, id)).toEqual([anna.id, marco.id])
  })

  test("on a break nothing comes; what was offered before runs its time and goes to the other", async () => {
    const { anna, marco, giulia } = await start()
    expect(await anna.status("break")).toBeNull()
    giulia.say("Buongiorno")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    expect(await marco.status("break")).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    await world.advance(minutes(3))
    const waiting = conversation(world, giulia)
    expect(waiting).toMatchObject({ state: "queued", owner: null })
    expect(offeredTo(world, waiting.id)).not.toContain(anna.id)
    await world.advance(minutes(30))
    expect(conversation(world, giulia).state).toBe("queued")
    await anna.status("back_office")
    await world.settle()
    expect(conversation(world, giulia).state).toBe("queued")
    await anna.status("ready")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("closing ends it, and the customer's next message opens a new one", async () => {
    const { anna, giulia } = await start()
    giulia.say("Grazie di tutto")
    await world.settle()
    const first = conversation(world, giulia)
    await anna.open(first.id)
    expect(await anna.close(first.id)).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ id: first.id, state: "closed" })
    expect(await anna.reply(first.id, "Ancora una cosa")).toMatchObject({ refused: "conversation.closed_already" })

    await world.advance(minutes(5))
    giulia.say("Un'altra domanda")
    await world.settle()
    const [, second, ...more] = conversations(world, giulia)
    expect(more).toEqual([])
    expect(second?.state).toBe("offered")
    expect(textsIn(world, first.id)).toEqual(["Grazie di tutto"])
    expect(textsIn(world, second?.id ?? 0)).toEqual(["Un'altra domanda"])
    expect(received(giulia)).toEqual([])
  })

  test("a message that arrives while the agent closes stops the closing until it has been seen", async () => {
    const { anna, giulia } = await start()
    giulia.say("Grazie")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    await anna.read(id)
    giulia.say("Ah, un momento")
    await world.settle()
    expect(await anna.close(id, 0)).toMatchObject({ refused: "conversation.new_message" })
    expect(conversation(world, giulia).state).toBe("active")
    expect(await anna.close(id, 1)).toBeNull()
    expect(conversation(world, giulia).state).toBe("closed")
  })

  test("nobody answers in somebody else's conversation, and the attempt says whose it is", async () => {
    const { anna, marco, giulia } = await start()
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    expect(await anna.reply(id, "Prima di aprire")).toMatchObject({ refused: "conversation.not_opened" })
    await anna.open(id)
    expect(await marco.reply(id, "Ci penso io")).toMatchObject({ refused: "conversation.owned_by_another" })
    expect(await marco.take(id)).toMatchObject({
      refused: "conversation.owned_by_another",
      message: expect.stringContaining("Anna Rossi"),
    })
    expect(await marco.close(id)).toMatchObject({ refused: "conversation.owned_by_another" })
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual([])
    expect(textsIn(world, id, "out")).toEqual([])
    expect(timeline(world, id).at(-1)).toMatchObject({ kind: "conversation.activated", actor: anna.id })
  })
})

describe("On the screen", () => {
  test("somebody signs in, sees who wants them, opens it and reads; the other sees it with its owner", async () => {
    world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }]) })
    const anna = await world.signIn("anna")
    const marco = await world.signIn("marco")
    await anna.listen()
    await world.settle()
    const giulia = world.simulator.phones.create(GIULIA)
    expect(await anna.panel("/popups")).not.toContain("Giulia Lombardi")
    giulia.say("È <b>pronta</b> la mia ordinazione?")
    await world.settle()
    const { id } = conversation(world, giulia)
    expect(await anna.panel("/popups")).toContain("Giulia Lombardi")
    expect(await anna.panel("/conversations/list")).toContain("Giulia Lombardi")
    expect(await marco.panel("/popups")).not.toContain("Giulia Lombardi")
    expect(await marco.panel("/conversations/list")).not.toContain("Giulia Lombardi")

    anna.heard.length = 0
    giulia.say("Altrimenti passo domani")
    await world.settle()
    expect(anna.heard).toContain("popups")
    expect(await anna.panel("/popups")).toContain("Altrimenti passo domani")

    expect((await anna.post(`/conversations/${id}/opening`)).status).toBe(303)
    await anna.post(`/conversations/${id}/messages`, { text: "Sì, è pronta!", clientId: "draft-1" })
    await world.advance(seconds(10))
    const thread = await anna.panel(`/conversations/${id}/thread`)
    expect(thread).toContain("È &lt;b&gt;pronta&lt;/b&gt; la mia ordinazione?")
    expect(thread).toContain("Sì, è pronta!")
    expect(await anna.panel("/popups")).not.toContain("Giulia Lombardi")
    expect(await marco.panel(`/conversations/${id}`)).toContain("Anna Rossi")
    expect(await marco.panel(`/conversations/${id}/details`)).toContain("+39 345 555 0172")
    await anna.leave()
  })
})
