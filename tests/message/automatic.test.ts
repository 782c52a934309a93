import { afterEach, describe, expect, test } from "bun:test"
import { messageCounts } from "~/conversation/queries/details.ts"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { AutomaticContent, Prompt } from "~/message/rules/content.ts"
import { type House, openConversation, openHouse } from "./house.ts"

let house: House
afterEach(() => house.close())

async function start() {
  house = await openHouse()
  await house.annaReady()
  await house.outbox.start()
  return await openConversation(house)
}

const say = (conversation: Id, content: AutomaticContent) =>
  house.database
    .tenant(house.aurora.tenant)
    .act(SYSTEM, (tx) => tx.raise({ type: "message.composed", conversation, content }))
const sayText = (conversation: Id, text: string) => say(conversation, { type: "text", text })
const ours = () => house.messages().filter(({ direction }) => direction === "out")
const lines = (conversation: Id) => house.thread(conversation).filter(({ type }) => type === "message")
const notes = (conversation: Id) => house.thread(conversation).filter(({ type }) => type === "event")

const CHOICES = [
  { id: "sales", title: "Vendite" },
  { id: "service", title: "Assistenza" },
]
const PROMPTS: Prompt[] = [
  { style: "buttons", choices: CHOICES, footer: null },
  { style: "list", choices: CHOICES, footer: "Oppure scriva 0", opener: "Scelga" },
]

describe("What the appliance says by itself", () => {
  test("it reaches the phone and stands in the thread as nobody's", async () => {
    const { giulia, conversation } = await start()
    await sayText(conversation, "Buongiorno, rispondiamo subito.\r\n")
    await house.pass(seconds(30))
    expect(giulia.received().map(({ words }) => words.text)).toEqual(["Buongiorno, rispondiamo subito."])
    expect(lines(conversation).at(-1)).toMatchObject({
      direction: "out",
      authorName: null,
      isMine: false,
      status: "read",
    })
  })

  test("it is no answer: what was unread stays unread, and it is still we who owe one", async () => {
    const { conversation } = await start()
    const before = house.conversations()[0]!
    await sayText(conversation, "Un momento")
    await house.pass(minutes(1))
    expect(house.conversations()[0]).toEqual(before)
    expect(before).toMatchObject({ unreadCount: 1, lastOutboundAt: null })
  })

  test("it is not the first reply either: that is counted from the agent's own", async () => {
    const { conversation } = await start()
    await house.pass(seconds(10))
    await sayText(conversation, "Un momento")
    const counts = () => messageCounts(house.database.tenant(house.aurora.tenant).read, conversation)
    expect(counts()).toMatchObject({ received: 1, sent: 1, firstReplyAfter: null })
    await house.pass(seconds(50))
    await house.reply(conversation, "Eccomi")
    expect(counts()).toMatchObject({ sent: 2, firstReplyAfter: minutes(1) })
  })

  test("sent again by hand after a failure it is no answer either", async () => {
    const { conversation } = await start()
    house.simulator.faults.add({ fault: { kind: "graph-error", code: 131026 }, times: 1 })
    await sayText(conversation, "Un momento")
    await house.pass(seconds(1))
    await house.resend(ours()[0]!.id)
    await house.pass(seconds(30))
    expect(ours()[0]).toMatchObject({ status: "read" })
    expect(house.conversations()[0]?.lastOutboundAt).toBeNull()
  })

  test("it keeps its place among the agent's answers", async () => {
    const { giulia, conversation } = await start()
    await house.reply(conversation, "Primo")
    await sayText(conversation, "Secondo")
    await house.reply(conversation, "Terzo")
    await house.pass(seconds(5))
    expect(giulia.received().map(({ words }) => words.text)).toEqual(["Primo", "Secondo", "Terzo"])
  })

  test("after 24 hours of silence nothing is sent, and the thread says why", async () => {
    const { giulia, conversation } = await start()
    await house.pass(hours(24) + seconds(1))
    await sayText(conversation, "Ancora qui?")
    await house.pass(minutes(1))
    expect(giulia.received()).toEqual([])
    expect(ours()).toEqual([])
    expect(notes(conversation).at(-1)).toMatchObject({ kind: "message_withheld", data: { why: "window_closed" } })
  })

  test("a closed conversation still gets its farewell", async () => {
    const { giulia, conversation } = await start()
    await house.closeConversation(conversation)
    await sayText(conversation, "Grazie e arrivederci")
    await house.pass(seconds(5))
    expect(giulia.received()).toHaveLength(1)
    expect(house.conversations()[0]?.state).toBe("closed")
  })

  test("nothing but blanks is nothing to say", async () => {
    const { conversation } = await start()
    await sayText(conversation, " \n ")
    expect(ours()).toEqual([])
  })

  test("a text longer than WhatsApp takes is cut, not refused", async () => {
    const { giulia, conversation } = await start()
    await sayText(conversation, "x".repeat(5_000))
    await say(conversation, { type: "interactive", text: "y".repeat(2_000), prompt: PROMPTS[0]! })
    await house.pass(seconds(5))
    expect(giulia.received().map(({ words }) => words.text.length)).toEqual([4_096, 1_024])
  })
})

describe("A question with choices", () => {
  test.each(PROMPTS)(
    "as $style it can be answered on the phone, and the thread shows which was chosen",
    async (prompt) => {
      const { giulia, conversation } = await start()
      await say(conversation, { type: "interactive", text: "Di che cosa si tratta?", prompt })
      await house.pass(seconds(5))
      const [question] = giulia.received()
      expect(question?.words).toMatchObject({ text: "Di che cosa si tratta?", choices: { kind: prompt.style } })
      giulia.tap(question!.id, "Assistenza")
      await house.pass(seconds(5))
      const [asked, answered] = lines(conversation).slice(-2)
      expect(asked).toMatchObject({ kind: "prompt", content: { prompt }, chosen: [{ id: "service" }] })
      expect(answered).toMatchObject({ text: "Assistenza", quoted: { isOurs: true, authorName: null } })
    },
  )

  test("nothing is shown as chosen until something is", async () => {
    const { conversation } = await start()
    await say(conversation, { type: "interactive", text: "Di che cosa si tratta?", prompt: PROMPTS[0]! })
    await house.pass(seconds(5))
    expect(lines(conversation).at(-1)).toMatchObject({ chosen: [] })
  })
})
