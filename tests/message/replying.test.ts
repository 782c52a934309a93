import { afterEach, describe, expect, test } from "bun:test"
import { formatters } from "views/locales/formatters.ts"
import { LANGUAGES, refusalLine, translator } from "views/locales/index.ts"
import { named } from "~/conversation/queries/refusal.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { type Refusal, Refused, refuse } from "~/kernel/step.ts"
import { discard } from "~/message/actions.ts"
import { type House, openConversation, openHouse } from "./house.ts"

let house: House
afterEach(() => house.close())

async function start() {
  house = await openHouse()
  await house.annaReady()
  await house.outbox.start()
  return await openConversation(house)
}

/** What the reader reads, in English and in Italian. */
const sentences = (refusal: Refusal | null) =>
  LANGUAGES.map((language) => refusal && refusalLine(translator(language), refusal))

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.refusal : Promise.reject(error)),
  )

describe("An agent answers", () => {
  test("the answer reaches the phone, and its ticks come back", async () => {
    const { giulia, conversation } = await start()
    await house.reply(conversation, "  Buongiorno Giulia!\r\nCome va?\n")
    await house.pass(seconds(1))
    expect(giulia.received().map(({ words }) => words.text)).toEqual(["Buongiorno Giulia!\nCome va?"])
    await house.pass(seconds(30))
    const [, answer] = house.thread(conversation).filter(({ type }) => type === "message")
    expect(answer).toMatchObject({ direction: "out", status: "read", isMine: true, authorName: "Anna", failure: null })
    const [row] = house.messages().filter(({ direction }) => direction === "out")
    expect([row?.sentAt, row?.deliveredAt, row?.readAt].every((at) => typeof at === "number")).toBe(true)
  })

  test("pressing Send twice sends once", async () => {
    const { giulia, conversation } = await start()
    const [first, second] = await Promise.all([
      house.reply(conversation, "Eccomi", "draft-1"),
      house.reply(conversation, "Eccomi", "draft-1"),
    ])
    expect(second).toBe(first)
    await house.pass(seconds(5))
    expect(giulia.received()).toHaveLength(1)
  })

  test("several quick answers arrive in the order they were written", async () => {
    const { giulia, conversation } = await start()
    const lines = Array.from({ length: 12 }, (_, line) => `Line ${line}`)
    await Promise.all(lines.map((line) => house.reply(conversation, line)))
    await house.pass(seconds(5))
    expect(giulia.received().map(({ words }) => words.text)).toEqual(lines)
  })

  test.each([
    ["nothing but blanks", " \r\n ", { refused: "message.empty" }],
    [
      "more than WhatsApp takes",
      "x".repeat(4_097),
      { refused: "message.too_long", detail: { characters: 4_097, limit: 4_096 } },
    ],
  ])("%s is refused and not sent", async (_what, text, refusal) => {
    const { conversation } = await start()
    expect(await refusalOf(house.reply(conversation, text))).toEqual(refusal)
    expect(house.messages().filter(({ direction }) => direction === "out")).toEqual([])
  })

  test("a colleague is told whose conversation it is", async () => {
    const { conversation } = await start()
    const { tenant, marco } = house.aurora
    const refusal = await refusalOf(house.reply(conversation, "Ciao", "x", marco))
    expect(sentences(refusal)).toEqual([
      "This conversation belongs to Anna now. Your text is kept.",
      "Ora questa conversazione è di Anna. Il testo è conservato.",
    ])
    const message = await house.reply(conversation, "Eccomi")
    const { database } = house
    const discarding = database.tenant(tenant).act(marco, (tx) => discard(tx, conversation, message))
    expect(sentences(await refusalOf(discarding))).toEqual(sentences(refusal))
  })

  test("whoever writes after the end is told who closed it, and when", async () => {
    const { conversation } = await start()
    await house.closeConversation(conversation)
    const at = formatters("it", "Europe/Rome").time(house.clock.now())
    await house.pass(minutes(5))
    expect(sentences(await refusalOf(house.reply(conversation, "Ancora una cosa")))).toEqual([
      `This conversation was closed by Anna at ${at}. Your text is kept.`,
      `Questa conversazione è stata chiusa da Anna alle ${at}. Il testo è conservato.`,
    ])
  })

  test("what nobody closed is said to have closed automatically", async () => {
    await start()
    const at = Date.UTC(2026, 10, 22, 8, 5)
    const { read } = house.database.tenant(house.aurora.tenant)
    expect(sentences(named(read, refuse("conversation.closed_already", { by: 0, at })))).toEqual([
      "This conversation was closed automatically at 09:05. Your text is kept.",
      "Questa conversazione è stata chiusa automaticamente alle 09:05. Il testo è conservato.",
    ])
  })

  test("an agent who was offered it opens it first", async () => {
    await start()
    house.simulator.phones.create({ name: "Marta", phone: "+39 345 555 0999" }).say("Salve")
    await house.settle()
    const offered = house.conversations().at(-1)!
    expect(offered.state).toBe("offered")
    expect(await refusalOf(house.reply(offered.id, "Ciao"))).toEqual({ refused: "conversation.not_opened" })
  })

  test("after 24 hours of silence free text is refused", async () => {
    const { conversation } = await start()
    await house.pass(hours(24) + seconds(1))
    expect(await refusalOf(house.reply(conversation, "Ciao"))).toEqual({ refused: "window.closed" })
  })
})

describe("Read by the agent", () => {
  test("the owner's screen marks everything read, and the customer is told once, of the newest", async () => {
    const { giulia, conversation } = await start()
    giulia.say("Ci siete?")
    const last = giulia.say("Pronto?")
    await house.settle()
    await house.markSeen(conversation)
    await house.pass(seconds(1))
    const seen = house.messages().filter(({ direction }) => direction === "in")
    expect(seen.map(({ readByAgent }) => readByAgent)).toEqual(Array(3).fill(house.aurora.anna.id))
    expect(house.conversations()[0]?.unreadCount).toBe(0)
    expect(giulia.chat().find(({ id }) => id === last)?.delivery).toBe("read")
    expect(house.count("readReceipt")).toBe(0)
    const before = house.calls.length
    await house.markSeen(conversation)
    await house.pass(seconds(1))
    expect(house.calls.length).toBe(before)
  })

  test("a colleague who only looks marks nothing", async () => {
    const { conversation } = await start()
    await house.markSeen(conversation, house.aurora.marco)
    expect(house.messages()[0]?.readByAgentAt).toBeNull()
    expect([house.count("readReceipt"), house.conversations()[0]?.unreadCount]).toEqual([0, 1])
  })

  test("a receipt that cannot be delivered is tried a few times and let go", async () => {
    const { conversation } = await start()
    house.network.down = true
    await house.markSeen(conversation)
    await house.settle()
    expect(house.count("readReceipt")).toBe(1)
    await house.pass(minutes(10))
    expect(house.count("readReceipt")).toBe(0)
    expect(house.calls).toHaveLength(4)
  })
})
