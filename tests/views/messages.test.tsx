import { describe, expect, test } from "bun:test"
import { Bubble } from "views/conversation/bubble.tsx"
import { lineWords } from "views/conversation/kinds.tsx"
import type { MessageItem } from "~/message/queries/thread.ts"
import type { MessageContent, MessageKind } from "~/message/rules/content.ts"
import { sent, timesOf } from "./conversation-props.ts"
import { NOW, screenIn } from "./props.ts"
import { elements, namesOf, UNWORDED } from "./reading.ts"
import { CONTENTS, message } from "./thread-props.ts"

const LANGUAGES = ["en", "it"]
const bubble = (item: MessageItem, language = "en", mayDecide = true) => (
  <Bubble
    screen={screenIn(language)}
    conversation={7}
    customerName="Giulia Lombardi"
    follows={false}
    item={item}
    mayDecide={mayDecide}
  />
)
const wordsOf = async (item: MessageItem, language = "en") =>
  (await elements(bubble(item, language), ".bubble"))[0]?.text ?? ""

const contentOf = (kind: MessageKind): MessageContent => ({ body: CONTENTS[kind] })
const KINDS = Object.keys(CONTENTS) as MessageKind[]

describe("what a message is, in words", () => {
  for (const kind of KINDS.filter((kind) => kind !== "text"))
    test(`${kind} is called something in a list, and in a bubble of which nothing more is known`, async () => {
      for (const language of LANGUAGES) {
        const bare = await wordsOf(message(1, { kind, text: "", content: {} }), language)
        for (const words of [bare, lineWords(screenIn(language), kind, "")]) {
          expect(words).toMatch(/\p{L}{3}/u)
          expect(words).not.toMatch(UNWORDED)
        }
      }
    })

  test("what was chosen, counted or named is said exactly", async () => {
    const said = (kind: MessageKind) => wordsOf(message(1, { kind, text: "", content: contentOf(kind) }))
    expect(await said("button")).toBe("Book")
    expect(await said("list_reply")).toBe("Book")
    expect(await said("reaction")).toBe("Reaction 👍")
    expect(
      await namesOf(bubble(message(1, { kind: "contacts", content: contentOf("contacts") })), ".contact-card strong"),
    ).toEqual(["Paolo", "Paolo"])
    expect(await said("order")).toContain("Order of 3 articles")
    const order = bubble(message(1, { kind: "order", content: contentOf("order") }))
    expect(await namesOf(order, ".order-items td, .order-items tbody th")).toEqual(["3 ×", "1", "€6.00", "", "€6.00"])
    expect(await said("unsupported")).toContain("Unsupported message: poll")
    expect(await said("location")).toContain("45.4")
    const gone = { body: { kind: "reaction", targetWamid: "x", emoji: null } } as const
    expect(await wordsOf(message(1, { kind: "reaction", text: "", content: gone }))).toBe("Reaction taken back")
  })

  test("a caption stands beneath what it belongs to, with its line breaks", async () => {
    const page = bubble(message(1, { kind: "image", text: "The left door:\na scratch", content: contentOf("image") }))
    expect(await namesOf(page, ".message-kind strong")).toEqual(["Photo"])
    expect(String(page)).toContain('dir="auto">The left door:\na scratch</p>')
  })

  test("in a list, a message is one line: what was said, with what it is", () => {
    const screen = screenIn("en")
    expect(lineWords(screen, "text", "Hello")).toBe("Hello")
    expect(lineWords(screen, "image", "")).toBe("Photo")
    expect(lineWords(screen, "image", "The door")).toBe("Photo: The door")
    expect(lineWords(screen, "prompt", "What is it about?")).toBe("What is it about?")
    expect(lineWords(screen, "something new", "Hello")).toBe("Hello")
  })

  test("an answer shows what it answers, and whose words they were", async () => {
    const quoted = {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: false,
      authorName: null,
      kind: "image",
      text: "",
    } as const
    expect(await namesOf(bubble(sent({ quoted })), "blockquote b, blockquote span")).toEqual([
      "Giulia Lombardi",
      "Photo",
    ])
    const ours = {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: "Elena Conti",
      kind: "text",
      text: "Which suits you?",
    } as const
    expect(await namesOf(bubble(message(1, { quoted: ours })), "blockquote b, blockquote span")).toEqual([
      "Elena Conti",
      "Which suits you?",
    ])
    const systems = {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: null,
      kind: "prompt",
      text: "What is it about?",
    } as const
    expect(await namesOf(bubble(message(1, { quoted: systems })), "blockquote b, blockquote span")).toEqual([
      "System",
      "What is it about?",
    ])
  })

  test("our messages say who wrote them, and where", async () => {
    const author = (item: MessageItem) => namesOf(bubble(item), ".message-author")
    expect(await author(sent())).toEqual(["You"])
    expect(await author(sent({ isMine: false, authorName: "Marco Rossi" }))).toEqual(["Marco Rossi"])
    expect(await author(sent({ isMine: false, authorName: null }))).toEqual(["System"])
    expect(await author(sent({ isMine: false, authorName: null, content: { sentBy: "app" } }))).toEqual([
      "Written on the phone",
    ])
    expect(await author(message(1))).toEqual([])
  })
})

type Status = MessageItem["status"]
/** The words of each status, and what its owner may decide. */
const STATUSES: { readonly [S in Status]: { words: string; decisions: string[] } } = {
  received: { words: "Received", decisions: [] },
  queued: { words: "Waiting to be sent", decisions: [] },
  sending: { words: "Being sent", decisions: [] },
  sent: { words: "Sent", decisions: [] },
  delivered: { words: "Delivered", decisions: [] },
  read: { words: "Read", decisions: [] },
  played: { words: "Listened to", decisions: [] },
  failed: { words: "Not delivered", decisions: ["Send again", "Discard"] },
  uncertain: { words: "Not confirmed – may have arrived", decisions: ["Send again", "Discard"] },
  held: { words: "Held back", decisions: ["Send again", "Discard"] },
  discarded: { words: "Discarded", decisions: [] },
}

describe("how far a message has got", () => {
  for (const [status, { words, decisions }] of Object.entries(STATUSES) as [Status, (typeof STATUSES)[Status]][])
    test(`${status} is said in words, and offers ${decisions.length > 0 ? "a decision" : "none"}`, async () => {
      const failure = status === "failed" ? { reasonKey: "unreachable", code: null, details: null } : null
      const page = bubble(sent({ status, failure }))
      expect(await namesOf(page, ".message-times .visually-hidden")).toEqual([words])
      expect(await namesOf(page, ".message-decision button")).toEqual(decisions)
      const theirs = bubble(sent({ status, failure }), "en", false)
      expect(await elements(theirs, ".message-decision")).toEqual([])
    })

  test("what failed says why in plain words; what WhatsApp said itself is behind «Details»", async () => {
    const failure = { reasonKey: "not_on_whatsapp", code: 131026, details: "Message undeliverable" }
    const page = bubble(sent({ status: "failed", failure }))
    expect(await namesOf(page, ".message-trouble > p")).toEqual([
      "This number cannot receive WhatsApp messages. Reach the customer another way.",
    ])
    expect(await namesOf(page, "details > small")).toEqual(["Meta 131026: Message undeliverable"])
    const [again, discard] = await elements(page, ".message-decision button")
    expect(again?.attributes.get("hx-post")).toBe("/conversations/7/messages/100/resend")
    expect(discard?.attributes.get("formaction")).toBe("/conversations/7/messages/100/discard")
  })

  test("the legend of a customer's message has its four times, of ours every one that is known", async () => {
    const at = (second: number) => NOW + second * 1_000
    const heard = timesOf({ sentByCustomer: at(1), deliveredToSystem: at(2), readBySystem: at(3), readByAgent: at(4) })
    const theirs = bubble(message(1, { times: { ...heard, readByAgentName: "Elena Conti" } }))
    expect(await namesOf(theirs, ".legend dt")).toEqual([
      "Sent at",
      "Delivered at",
      "Read by System at",
      "Read by Elena Conti at",
    ])
    expect(await namesOf(theirs, ".legend dd")).toEqual(["09:20:01", "09:20:02", "09:20:03", "09:20:04"])
    const known = timesOf({ sentByAgent: at(1), sentBySystem: at(2), delivered: at(3), read: at(4), played: at(5) })
    expect(await namesOf(bubble(sent({ status: "played", times: known })), ".legend dt")).toEqual([
      "Sent by Elena Conti at",
      "Sent by System at",
      "Delivered at",
      "Read by the customer at",
      "Listened to at",
    ])
    expect(await namesOf(bubble(sent({ status: "played", times: known })), ".legend dd")).toEqual([
      "09:20:01",
      "09:20:02",
      "09:20:03",
      "09:20:04",
      "09:20:05",
    ])
    const unsent = timesOf({ sentByAgent: at(1), failed: at(2) })
    expect(await namesOf(bubble(sent({ status: "failed", times: unsent })), ".legend dt")).toEqual([
      "Sent by Elena Conti at",
      "Failed at",
    ])
  })

  test("times are the tenant's, and say of which zone", async () => {
    const page = bubble(message(1, { at: Date.UTC(2026, 6, 1, 10) }))
    expect(await namesOf(page, ".message-times time")).toEqual(["12:00"])
    expect(await namesOf(page, ".legend small")).toEqual(["Time zone: Central European Summer Time"])
  })
})
