import { describe, expect, test } from "bun:test"
import { Bubble } from "views/conversation/bubble.tsx"
import { Unmanaged } from "views/menu/unmanaged.tsx"
import type { UnmanagedConversation } from "~/menu/queries.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import { minutesAgo, screenIn } from "../views/props.ts"
import { elements, namesOf, UNWORDED } from "../views/reading.ts"
import { message } from "../views/thread-props.ts"

const row = (id: number, changes: Partial<UnmanagedConversation> = {}): UnmanagedConversation => ({
  id,
  title: `Customer ${id}`,
  channelName: "Main",
  since: minutesAgo(2),
  isKeptBack: false,
  path: [],
  lastAnswer: { kind: "text", text: "Hello" },
  ...changes,
})
const SKILLSETS = [
  { id: 1, name: "Sales" },
  { id: 2, name: "Service" },
]
const page = (language: "en" | "it", conversations: UnmanagedConversation[]) =>
  Unmanaged({ screen: screenIn(language), conversations, skillsets: SKILLSETS })

describe("Unmanaged conversations", () => {
  for (const language of ["en", "it"] as const)
    test(`are worded wherever they stand in the menu (${language})`, async () => {
      const rows = [row(1), row(2, { path: ["Sales", "Bikes"], lastAnswer: { kind: "voice", text: "" } })]
      for (const shown of [page(language, rows), page(language, [])]) {
        const words = (await elements(shown, "section")).map(({ text }) => text)
        expect(words.join()).not.toMatch(UNWORDED)
      }
    })

  test("say what was chosen, level by level, or that nothing was", async () => {
    const cells = await elements(page("en", [row(1), row(2, { path: ["Sales", "Bikes"] })]), "td:nth-child(2)")
    expect(cells.map(({ text }) => text)).toEqual(["nothing yet", "Sales › Bikes"])
  })

  test("can be taken, or assigned to any skillset, each button naming its customer", async () => {
    expect(await namesOf(page("en", [row(1)]), "button")).toEqual([
      "Assign the conversation with Customer 1",
      "Sales",
      "Service",
      "Take the conversation with Customer 1",
    ])
  })
})

describe("A question of ours in the thread", () => {
  const choices = ["Sales", "Repairs"].map((title) => ({ id: title, title }))
  const item = (chosen: string[]): MessageItem =>
    message(1, {
      direction: "out",
      kind: "prompt",
      text: "What is it about?",
      status: "read",
      chosen: chosen.map((id) => ({ id, at: 0 })),
      content: { prompt: { style: "buttons", choices, footer: "0 – A person" } },
    })
  const bubble = (language: "en" | "it", chosen: string[]) =>
    Bubble({
      screen: screenIn(language),
      conversation: 1,
      customerName: "Giulia",
      item: item(chosen),
      follows: false,
      mayDecide: false,
    })

  test("is signed by System, and shows its choices and which was made", async () => {
    expect(await namesOf(bubble("en", []), ".message-author")).toEqual(["System"])
    expect(await namesOf(bubble("en", ["Repairs"]), "li > span")).toEqual(["Sales", "Repairs"])
    expect(await namesOf(bubble("en", ["Repairs"]), "li.is-chosen > span")).toEqual(["Repairs"])
    expect(await namesOf(bubble("it", ["Repairs"]), "li svg[role=img]")).toEqual(["Scelto"])
    expect(await namesOf(bubble("en", []), "li.is-chosen")).toEqual([])
  })
})
