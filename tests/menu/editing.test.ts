/** A menu in its form: as it was, changed row by row, refused where it cannot be, and tried without sending anything. */
import { describe, expect, test } from "bun:test"
import { changedDraft, draftOf, type MenuDraft, placesOf, readDraft } from "~/menu/rules/editing.ts"
import { walkThrough } from "~/menu/rules/trial.ts"
import type { Choice, Menu } from "~/menu/rules.ts"

const choice = (title: string, more: Partial<Choice> = {}): Choice => ({
  title,
  words: [],
  skillset: null,
  priority: null,
  answer: null,
  choices: [],
  ...more,
})
const MENU: Menu = {
  greeting: "How can we help?",
  style: "buttons",
  opener: "Menu",
  wrongAnswer: "Sorry?",
  timeoutSkillset: 7,
  wrongAnswersUntilPerson: 2,
  timeoutMinutes: 5,
  talkToPerson: choice("A person", { answer: "One moment" }),
  choices: [
    choice("Sales", { words: ["buy", "price"], skillset: 7, priority: 3, answer: "Sales it is" }),
    choice("Service", { answer: "Which one?", choices: [choice("Repairs", { skillset: 8 }), choice("Parts")] }),
  ],
}
const KNOWN = new Set([7, 8])
const draft = draftOf(MENU)
const titles = (changed: MenuDraft | null) => changed?.rows.map(({ depth, title }) => `${depth} ${title}`)
const errorsOf = (changed: MenuDraft) => {
  const read = readDraft(changed, KNOWN)
  return "errors" in read
    ? Object.fromEntries(Object.entries(read.errors).map(([key, { refused }]) => [key, refused]))
    : {}
}

describe("A menu in its form", () => {
  test("comes back as it was", () => expect(readDraft(draft, KNOWN)).toEqual({ menu: MENU }))
  test.each([
    ["under:0", ["0 Sales", "1 ", "0 Service", "1 Repairs", "1 Parts"]],
    ["after:1", ["0 Sales", "0 Service", "1 Repairs", "1 Parts", "0 "]],
    ["drop:1", ["0 Sales"]],
    ["up:1", ["0 Service", "1 Repairs", "1 Parts", "0 Sales"]],
    ["down:2", ["0 Sales", "0 Service", "1 Parts", "1 Repairs"]],
    ["add", ["0 Sales", "0 Service", "1 Repairs", "1 Parts", "0 "]],
  ])("%s changes the rows", (deed, wanted) => expect(titles(changedDraft(draft, deed))).toEqual(wanted))
  test("what is no deed changes nothing", () => {
    expect([changedDraft(draft, "drop:99"), changedDraft(draft, "explode:1")]).toEqual([null, null])
  })
  test("each row knows its place", () => {
    expect(placesOf(draft.rows).map(({ depth, number, asksOn }) => [depth, number, asksOn])).toEqual([
      [0, 1, false],
      [0, 2, true],
      [1, 1, false],
      [1, 2, false],
    ])
  })
  const row = (index: number, changes: object): MenuDraft => ({
    ...draft,
    rows: draft.rows.map((one, at) => (at === index ? { ...one, ...changes } : one)),
  })
  test.each([
    ["no greeting", { ...draft, greeting: " " }, { greeting: "field.required" }],
    ["no title", row(2, { title: "" }), { "row-2": "menu.title_missing" }],
    ["a title too long for buttons", row(0, { title: "x".repeat(21) }), { "row-0": "field.too_long" }],
    ["an answer twice", row(3, { title: "repairs" }), { "row-3": "menu.same_answer" }],
    ["a priority that is none", row(0, { priority: "much" }), { "row-0": "field.out_of_range" }],
    ["nothing to choose", { ...draft, rows: [] }, { rows: "menu.choices" }],
  ])("%s is refused at its place", (_, changed, wanted) => expect(errorsOf(changed)).toEqual(wanted))
})

describe("A pretend phone", () => {
  const walk = (...said: Parameters<typeof walkThrough>[2][number][]) => walkThrough(MENU, "Hello", said)
  const written = (words: string) => ({ words, pressed: null })
  test("asks, hears the last choice, and says for whom it is", () => {
    expect(walk(written("2"), written("Repairs")).map((one) => (one.by === "end" ? one : one.text))).toEqual([
      "Hello",
      "How can we help?",
      "2",
      "Which one?",
      "Repairs",
      { by: "end", how: "chosen", skillset: 8, priority: null },
    ])
  })
  test("a choice that is pressed is heard, and nothing after the end", () => {
    const asked = walk()[1]
    const pressed = asked?.by === "us" ? (asked.choices[0]?.id ?? null) : null
    const end = { by: "end" as const, how: "chosen" as const, skillset: 7, priority: 3 }
    expect(walk({ words: "Sales", pressed }, written("more")).at(-1)).toEqual(end)
  })
  test("answers that fit nothing, the word for a person, and silence end it as for a customer", () => {
    expect(walk(written("?"), written("??")).at(-1)).toMatchObject({ how: "wrong_answers" })
    expect(walk(written("0")).at(-1)).toMatchObject({ how: "person" })
    expect(walk({ waited: true }).at(-1)).toMatchObject({ how: "timed_out", skillset: 7 })
  })
})
