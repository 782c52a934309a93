/** Predefined messages in the hands of the tenant's admin. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const WELCOME = { category: "Greetings", title: "Welcome", language: "en", text: "Hello {customer.firstName}" }
const FORM = {
  category: "Booking",
  title: "Which day?",
  language: "",
  text: "Which day suits you, {customer.firstName}?",
  style: "buttons",
  replies: "Monday\n Tuesday \n\nWednesday",
  opener: "",
  enabled: "on",
}

let world: World
let dora: Desk

beforeEach(async () => {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({ document: { tenants: [{ ...acme, predefinedMessages: [WELCOME] }, globex] } })
  dora = await sitDown(world, "dora", { listening: false })
})
afterEach(() => world.close())

type Row = { id: number; category: string; title: string; language: string; text: string; choices: string | null }
const kept = () => rowsOf<Row>(world.database.path, "SELECT * FROM predefinedMessage ORDER BY id")
const PATH = "/admin/predefined-messages"

test("are listed, filtered, made, copied, changed and taken away, each on record", async () => {
  expect(await dora.visitor.panel(`${PATH}?category=Greetings`)).toContain("Welcome")
  expect(await dora.visitor.panel(`${PATH}?category=Other`)).not.toContain("Welcome")
  expect(await dora.post(PATH, FORM)).toBeNull()
  const day = kept()[1]
  expect(JSON.parse(day?.choices ?? "")).toEqual({ style: "buttons", titles: ["Monday", "Tuesday", "Wednesday"] })
  expect(await dora.visitor.panel(`${PATH}/${day?.id}`)).toContain('<li dir="auto">Tuesday</li>')
  expect(await dora.visitor.panel(`${PATH}/${day?.id}/copy`)).toContain("Which day suits you")
  const before = JSON.stringify({
    category: ["Booking"],
    title: ["Which day?"],
    language: [""],
    text: [FORM.text],
    style: ["buttons"],
    replies: ["Monday\nTuesday\nWednesday"],
    opener: [""],
    enabled: ["on"],
  })
  const list = { ...FORM, style: "list", opener: "Days", before }
  expect(await dora.post(`${PATH}/${day?.id}`, list)).toBeNull()
  expect(JSON.parse(kept()[1]?.choices ?? "")).toMatchObject({ style: "list", opener: "Days" })
  const late = await dora.visitor.post(`${PATH}/${day?.id}`, { ...FORM, text: "Mine", before })
  expect([late.status, (await late.text()).includes("Mine")]).toEqual([409, true])
  expect(await dora.post(`${PATH}/${day?.id}/deletion`)).toBeNull()
  expect(kept().map(({ title }) => title)).toEqual(["Welcome"])
  const acts = "SELECT act FROM auditEntry WHERE act LIKE 'predefined%' ORDER BY id"
  expect(rowsOf<{ act: string }>(world.database.path, acts).map(({ act }) => act.split(".")[1])).toEqual([
    "created",
    "created",
    "changed",
    "removed",
  ])
})

test("that cannot be are refused at their field, and what was typed stays", async () => {
  const wrongs: [Partial<typeof FORM>, string][] = [
    [{ text: "Hello {customer.nmae}" }, "{customer.nmae} is none of our placeholders"],
    [{ text: "  " }, "Write the text of the message"],
    [{ replies: "A\nB\nC\nD" }, "At most 3 replies"],
    [{ replies: "Yes\nyes" }, "«yes» is there twice"],
    [{ replies: "A reply that is far too long" }, "is longer than 20 characters"],
    [{ replies: "" }, "Write at least one reply"],
    [{ style: "list" }, "Write what stands on the button"],
    [{ text: "x".repeat(1025) }, "At most 1,024 characters with buttons"],
    [{ language: "Italian" }, "Write a language like"],
    [{ category: "Greetings", title: "Welcome", language: "en" }, "There is a message called Welcome in Greetings"],
    [{ category: "Greetings", title: "WELCOME", language: "en" }, "There is a message called WELCOME in Greetings"],
  ]
  for (const [wrong, words] of wrongs) {
    const answer = await dora.visitor.post(PATH, { ...FORM, ...wrong })
    const page = await answer.text()
    expect([words, answer.status, page.includes(words)]).toEqual([words, 422, true])
  }
  expect(kept()).toHaveLength(1)
})

test("a title is taken whatever its capitals, in its category and language alone; its own may be written otherwise", async () => {
  const fields = { ...FORM, category: "Greetings", title: "welcome", language: "en" }
  const titles = () => kept().map(({ category, title, language }) => [category, title, language].join(" "))
  expect((await dora.visitor.post(PATH, fields)).status).toBe(422)
  expect(await dora.post(PATH, { ...fields, language: "it" })).toBeNull()
  expect(await dora.post(PATH, { ...fields, category: "Farewells" })).toBeNull()
  expect(titles()).toEqual(["Greetings Welcome en", "Greetings welcome it", "Farewells welcome en"])
  const [welcome, italian] = kept()
  const before = (one: Row | undefined, style: string, replies: string) =>
    JSON.stringify({
      category: [one?.category],
      title: [one?.title],
      language: [one?.language],
      text: [one?.text],
      style: [style],
      replies: [replies],
      opener: [""],
      enabled: ["on"],
    })
  const own = { ...fields, title: "WELCOME", before: before(welcome, "none", "") }
  expect(await dora.post(`${PATH}/${welcome?.id}`, own)).toBeNull()
  const theirs = { ...fields, before: before(italian, "buttons", "Monday\nTuesday\nWednesday") }
  expect((await dora.visitor.post(`${PATH}/${italian?.id}`, theirs)).status).toBe(422)
  expect(titles()).toEqual(["Greetings WELCOME en", "Greetings welcome it", "Farewells welcome en"])
})
