import { describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { answered, choiceId, greeted, type Heard } from "~/menu/rules/answer.ts"
import { menuProblems } from "~/menu/rules/limits.ts"
import { question } from "~/menu/rules/question.ts"
import { type Choice, destination, endOf, farewell, type Menu, type MenuEnd, type Path } from "~/menu/rules.ts"

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
  greeting: "Hello",
  style: "buttons",
  opener: "Menu",
  wrongAnswer: "Pardon?",
  wrongAnswersUntilPerson: 2,
  timeoutMinutes: 5,
  timeoutSkillset: 7,
  talkToPerson: choice("A person", { words: ["help"], priority: 4, answer: "One moment." }),
  choices: [
    choice("Sales", {
      skillset: 1,
      priority: 2,
      answer: "Which?",
      choices: [choice("Bikes", { priority: 5 }), choice("Parts", { skillset: 3 }), choice("Ümlaut")],
    }),
    choice("Repairs", { skillset: 2, answer: "Coming." }),
    choice("🚲", { words: ["rotto"] }),
  ],
}
const REVISION = 42
const ASKED = 1_000_000
const LATER = ASKED + minutes(1)

const said = (words: string | null, sentAt = LATER): Heard => ({ words, pressed: null, sentAt })
const pressed = (path: Path | "person", revision = REVISION): Heard => ({
  words: "whatever it said",
  pressed: choiceId(revision, path),
  sentAt: LATER,
})
const at = (path: Path, wrongAnswers = 0) => ({
  id: 1,
  conversation: 2,
  revision: REVISION,
  path,
  titles: [],
  wrongAnswers,
  askedAt: ASKED,
  endsAt: LATER,
})
const ends = (how: MenuEnd, path: Path) => ({ does: "end", how, path })
const asks = (path: Path) => ({ does: "ask", path, wrongAnswers: 0, isWrong: false })
const again = (path: Path) => ({ does: "ask", path, wrongAnswers: 1, isWrong: true })

describe("What an answer means", () => {
  test.each<[string, Path, Heard, object]>([
    ["a button", [], pressed([1]), ends("chosen", [1])],
    ["a button with choices behind it", [], pressed([0]), asks([0])],
    ["a button of an earlier question", [0], pressed([1]), ends("chosen", [1])],
    ["a button that leads nowhere", [], pressed([9]), again([])],
    ["the button of a person, in whatever menu it was", [0], pressed("person", 7), ends("person", [0])],
    ["a button of another menu", [], pressed([1], 7), again([])],
    ["a button of another sender", [], { ...said("Repairs"), pressed: "yes" }, ends("chosen", [1])],
    ["a number", [], said("2"), ends("chosen", [1])],
    ["a number on another level", [0], said("2"), ends("chosen", [0, 1])],
    ["a number beyond the choices", [], said("4"), again([])],
    ["a title", [], said("repairs"), ends("chosen", [1])],
    ["a title of another level", [0], said("Repairs"), again([0])],
    ["a title with other accents", [0], said("UMLAUT"), ends("chosen", [0, 2])],
    ["a word", [], said("Rotto!!"), ends("chosen", [2])],
    ["an emoji that is a title", [], said(" 🚲 "), ends("chosen", [2])],
    ["nought", [0], said("0"), ends("person", [0])],
    ["a person's word", [], said("help"), ends("person", [])],
    ["something else", [], said("my bike is broken"), again([])],
    ["nothing but signs", [], said("?!"), again([])],
    ["what has no words", [0], said(null), again([0])],
    ["something else while the question was on its way", [], said("and", ASKED + seconds(4)), { does: "nothing" }],
    ["a fitting one while the question was on its way", [], said("2", ASKED - seconds(9)), ends("chosen", [1])],
  ])("%s", (_what, path, heard, consequence) => {
    expect(answered(MENU, at(path), heard)).toEqual(consequence as ReturnType<typeof answered>)
  })

  test("the last wrong answer that is allowed ends it, with what had been chosen", () => {
    expect(answered(MENU, at([0], 1), said("what?"))).toEqual(ends("wrong_answers", [0]) as never)
  })

  test("first words are greeted, whatever they are, unless they ask for a person", () => {
    expect(greeted(MENU, REVISION, said("2"))).toMatchObject({ does: "ask", path: [0].slice(1) })
    expect(greeted(MENU, REVISION, said("HELP"))).toMatchObject({ does: "end", how: "person" })
  })
})

describe("Where it leads", () => {
  test.each<[MenuEnd, Path, number | null, number | null, string | null]>([
    ["chosen", [1], 2, null, "Coming."],
    ["chosen", [0, 0], 1, 5, null],
    ["chosen", [0, 1], 3, 2, null],
    ["chosen", [2], null, null, null],
    ["person", [0], null, 4, "One moment."],
    ["wrong_answers", [0], null, 4, "One moment."],
    ["timed_out", [0], 7, null, null],
  ])("%s at %j: skillset %j, priority %j, saying %j", (how, path, skillset, priority, words) => {
    expect(destination(MENU, how, path)).toEqual({ skillset, priority })
    expect(farewell(MENU, how, path)).toBe(words)
  })

  test("the menu waits so many minutes after each question", () => expect(endOf(MENU, ASKED)).toBe(ASKED + minutes(5)))
})

describe("How a question looks", () => {
  const five = Array.from({ length: 10 }, (_, index) => choice(`Choice ${index}`))

  test("a person stands among the choices while there is room, else under them", () => {
    const person = { id: choiceId(REVISION, "person"), title: "A person" }
    expect(question({ ...MENU, choices: MENU.choices.slice(0, 2) }, REVISION, [], false)).toMatchObject({
      prompt: { style: "buttons", choices: [{ title: "Sales" }, { title: "Repairs" }, person], footer: null },
    })
    expect(question(MENU, REVISION, [], false)).toMatchObject({ prompt: { footer: "0 – A person" } })
    const full = question({ ...MENU, style: "list", choices: five }, REVISION, [], false)
    expect(full).toMatchObject({ prompt: { style: "list", opener: "Menu", footer: "0 – A person" } })
  })

  test("after a wrong answer it begins with a word about that", () => {
    expect(question(MENU, REVISION, [0], true).text).toBe("Pardon?\n\nWhich?")
  })

  test("a choice without words of its own is asked by its title", () => {
    const choices = [choice("Sales", { choices: [choice("Bikes")] })]
    expect(question({ ...MENU, style: "text", choices }, REVISION, [0], false)).toEqual({
      type: "text",
      text: "Sales\n\n1 – Bikes\n0 – A person",
    })
  })
})

describe("What a menu must keep to", () => {
  const nested = (depth: number): Choice => choice("Level", depth === 0 ? {} : { choices: [nested(depth - 1)] })
  const wrong: [what: string, menu: Partial<Menu>, path: string, reason: string][] = [
    ["no choice", { choices: [] }, ".choices", "must have 1 to 3 choices (buttons)"],
    [
      "four buttons",
      { choices: ["a", "b", "c", "d"].map((title) => choice(title)) },
      ".choices",
      "must have 1 to 3 choices (buttons)",
    ],
    [
      "eleven rows",
      { style: "list", choices: Array.from({ length: 11 }, (_, index) => choice(`row ${index}`)) },
      ".choices",
      "must have 1 to 10 choices (list)",
    ],
    [
      "a title longer than a button",
      { choices: [choice("x".repeat(21))] },
      ".choices[0].title",
      "must have at most 20 characters (buttons)",
    ],
    [
      "a person longer than a row",
      { style: "list", talkToPerson: choice("x".repeat(25)) },
      ".talkToPerson.title",
      "must have at most 24 characters (list)",
    ],
    ["six levels", { choices: [nested(5)] }, `${".choices[0]".repeat(5)}.choices`, "is deeper than 5 levels"],
    [
      "the same word twice",
      { choices: [choice("Sales"), choice("Service", { words: ["SÁLES"] })] },
      ".choices[1]",
      "is answered with «sales», as is choices[0]",
    ],
    [
      "a word that is another's number",
      { choices: [choice("Sales", { words: ["2"] }), choice("Service")] },
      ".choices[1]",
      "is answered with «2», as is choices[0]",
    ],
    [
      "a word that asks for a person",
      { choices: [choice("Help")] },
      ".choices[0]",
      "is answered with «help», as is talkToPerson",
    ],
    [
      "a person with choices",
      { talkToPerson: choice("A person", { choices: [choice("Which")] }) },
      ".talkToPerson.choices",
      "cannot be: a person answers",
    ],
    [
      "a question that leaves no room",
      { choices: [choice("Sales", { answer: "x".repeat(701), choices: [choice("Bikes")] })] },
      ".choices[0].answer",
      "is a question: it must have at most 700 characters",
    ],
  ]

  test("this one does", () => expect(menuProblems(MENU)).toEqual([]))
  test("its own number, or a word twice, is no trouble", () => {
    expect(menuProblems({ ...MENU, choices: [choice("Sales", { words: ["1", "sales", "Säles"] })] })).toEqual([])
  })
  test.each(wrong)("%s is refused, with its place and the reason", (_what, changes, path, reason) => {
    expect(menuProblems({ ...MENU, ...changes })).toMatchObject([
      { path, reason, why: { refused: expect.any(String) } },
    ])
  })
})
