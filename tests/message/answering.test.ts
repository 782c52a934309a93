/** What an agent does with one message: answers it, reacts to it, sends somebody's card beside it. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { Tx } from "~/database/handles.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { NotFound, Refused } from "~/kernel/step.ts"
import { sendContact } from "~/message/actions/contacts.ts"
import { react } from "~/message/actions/reacting.ts"
import { discard, reply } from "~/message/actions.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import { type House, openConversation, openHouse } from "./house.ts"

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const anna = <Result>(script: (tx: Tx) => Result): Promise<Result> =>
  house.database.tenant(house.aurora.tenant).act(house.aurora.anna, script)
const bubbles = (conversation: Id) =>
  house.thread(conversation).filter((item): item is MessageItem => item.type === "message")
const refusal = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    if (error instanceof NotFound) return "not found"
    if (error instanceof Refused) return error.refusal.refused
    throw error
  }
  return null
}

async function start() {
  house.outbox.start()
  await house.annaReady()
  const { conversation, giulia } = await openConversation(house)
  const [first] = bubbles(conversation)
  if (!first) throw new Error("Giulia has said nothing")
  return { conversation, giulia, first }
}

describe("An answer to one message", () => {
  test("quotes it on the phone and in the thread, and leads to it", async () => {
    const { conversation, giulia, first } = await start()
    await anna((tx) => reply(tx, { conversation, text: "Eccomi", clientId: "1", replyTo: first.id }))
    await house.pass(seconds(5))
    expect(giulia.received().map(({ quoted }) => quoted)).toEqual([giulia.chat()[0]?.id ?? ""])
    const place = { id: first.id, at: first.at, conversation: null }
    expect(bubbles(conversation).at(-1)?.quoted).toMatchObject({ isHere: true, place, text: first.text })
  })

  test("to what is not of this conversation, not at WhatsApp yet, or gone is refused", async () => {
    const { conversation, giulia, first } = await start()
    const say = (replyTo: Id) =>
      anna((tx) => reply(tx, { conversation, text: "x", clientId: String(replyTo), replyTo }))
    house.network.down = true
    const unsent = await anna((tx) => reply(tx, { conversation, text: "In viaggio", clientId: "0" }))
    expect(await refusal(say(unsent))).toBe("message.not_answerable")
    expect(await refusal(say(4_711))).toBe("not found")
    house.network.down = false
    giulia.send({ kind: "delete", message: giulia.chat()[0]?.id ?? "" })
    await house.pass(seconds(5))
    expect(await refusal(say(first.id))).toBe("message.not_answerable")
  })
})

describe("A reaction of ours", () => {
  test("is on the phone and on the message, is changed, and is taken back", async () => {
    const { conversation, giulia, first } = await start()
    const shown = () => [giulia.chat()[0]?.reactions.business, bubbles(conversation)[0]?.content.reactions?.ours?.emoji]
    for (const [emoji, both] of [
      ["👍", ["👍", "👍"]],
      ["❤️", ["❤️", "❤️"]],
      ["", [undefined, null]],
    ] as const) {
      await anna((tx) => react(tx, { conversation, message: first.id, emoji }))
      await house.pass(seconds(10))
      expect(shown()).toEqual([...both])
    }
    expect(bubbles(conversation)).toHaveLength(1)
  })

  test("said twice is sent once, and is no answer: the customer still waits", async () => {
    const { conversation, giulia, first } = await start()
    for (let times = 0; times < 2; times++)
      await anna((tx) => react(tx, { conversation, message: first.id, emoji: "👍" }))
    await house.pass(seconds(10))
    expect(giulia.received().map(({ type }) => type)).toEqual(["reaction"])
    expect(house.conversations()).toMatchObject([{ lastOutboundAt: null }])
  })

  test("that is not one emoji is refused", async () => {
    const { conversation, first } = await start()
    for (const emoji of ["ok", "👍👍", "<b>", "👍 ", "1"])
      expect(await refusal(anna((tx) => react(tx, { conversation, message: first.id, emoji })))).toBe(
        "message.not_a_reaction",
      )
  })

  test("that fails leaves the message, and stands by itself with what can be done", async () => {
    const { conversation, first } = await start()
    house.simulator.faults.add({ fault: { kind: "graph-error", code: 131009 }, on: "send", times: 1 })
    await anna((tx) => react(tx, { conversation, message: first.id, emoji: "👍" }))
    await house.pass(seconds(10))
    const [message, failed] = bubbles(conversation)
    expect(message?.content.reactions?.ours).toBeUndefined()
    expect(failed).toMatchObject({ kind: "reaction", status: "failed", text: "👍" })
    await anna((tx) => discard(tx, conversation, failed?.id ?? 0))
    expect(bubbles(conversation)).toHaveLength(1)
  })
})

describe("A contact card", () => {
  test("of a colleague, a number of ours or a customer arrives as a card with its number", async () => {
    const { conversation, giulia } = await start()
    const { anna: colleague, channels } = house.aurora
    const sources = [
      { source: "colleague", id: colleague.id },
      { source: "number", id: channels[0] ?? 0 },
    ] as const
    for (const [index, source] of sources.entries())
      await anna((tx) => sendContact(tx, { conversation, ...source, clientId: `c${index}`, replyTo: null }))
    await house.pass(seconds(15))
    expect(giulia.received().map(({ type }) => type)).toEqual(["contacts", "contacts"])
    expect(JSON.stringify(giulia.received().map(({ content }) => content))).toContain("+39 06 555 0100")
  })

  test("twice under one id is one card; of nobody is not found", async () => {
    const { conversation, giulia } = await start()
    const given = { conversation, source: "colleague", id: house.aurora.anna.id, clientId: "c", replyTo: null } as const
    expect(await anna((tx) => sendContact(tx, given))).toBe(await anna((tx) => sendContact(tx, given)))
    await house.pass(seconds(5))
    expect(giulia.received()).toHaveLength(1)
    expect(await refusal(anna((tx) => sendContact(tx, { ...given, id: 4_711, clientId: "d" })))).toBe(
      "message.contact_gone",
    )
  })
})
