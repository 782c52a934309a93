/** What templates are made of, what fills them, and what Meta demands of a new one: without a database. */
import { describe, expect, test } from "bun:test"
import { anatomyOf, substituted, variablesOf } from "~/template/rules/anatomy.ts"
import { draftProblems, type TemplateForm, toDraft } from "~/template/rules/drafting.ts"
import { prefilled, suggestedFill } from "~/template/rules/filling.ts"
import { byLanguage, LANGUAGES, languageOfCountry } from "~/template/rules/languages.ts"
import { formOf } from "~/template/rules/redrafting.ts"
import { refusalToSend, type Template, waitAfter, withNews } from "~/template/rules.ts"

const body = (text: string, more: object = {}) => ({ type: "BODY", text, ...more })
const parts = (...components: object[]) => ({ components: components as Template["components"] })

describe("The parts of a template", () => {
  test.each<[string, string[]]>([
    ["Hello {{1}} and {{ 2 }}, {{1}} again", ["1", "2"]],
    ["{{10}} before {{2}}", ["2", "10"]],
    ["{{order}} for {{name}}", ["order", "name"]],
    ["nothing {1} {{}} {{two words}}", []],
  ])("%s has the variables %p", (text, variables) => expect(variablesOf(text)).toEqual(variables))

  test("keep what has no value, and know no property of objects", () => {
    expect(substituted("{{a}} {{b}} {{toString}}", { a: "1" })).toBe("1 {{b}} {{toString}}")
  })

  test.each<[string, object[], boolean]>([
    ["a body", [body("Hi")], true],
    ["no body", [{ type: "FOOTER", text: "Acme" }], false],
    ["a heading with two variables", [{ type: "HEADER", format: "TEXT", text: "{{1}} {{2}}" }, body("Hi")], false],
    ["a carousel", [body("Hi"), { type: "CAROUSEL", cards: [] }], false],
    [
      "a button of a kind we cannot send",
      [body("Hi"), { type: "BUTTONS", buttons: [{ type: "FLOW", text: "Go" }] }],
      false,
    ],
    ["a place on top", [{ type: "HEADER", format: "LOCATION" }, body("Hi")], true],
  ])("%s: sendable is %p", (_what, components, sendable) => {
    expect(anatomyOf(parts(...components)) !== null).toBe(sendable)
  })
  test("of a code to sign in with are not ours to send", () => {
    expect(anatomyOf({ ...parts(body("{{1}} is your code")), category: "AUTHENTICATION" })).toBeNull()
  })
})

const GOOD: TemplateForm & { name: string } = {
  name: "winter_check",
  category: "UTILITY",
  header: "text",
  headerText: "Visit of {{1}}",
  headerExample: "Monday",
  body: "Hello {{1}}, we see you at {{2}} today.",
  examples: { "1": "Giulia", "2": "10:30" },
  footer: "Acme",
  buttons: [
    { kind: "quick_reply", text: "Yes", value: "", example: "" },
    { kind: "url", text: "Details", value: "https://acme.test/{{1}}", example: "42" },
    { kind: "phone", text: "Call", value: "+39065550100", example: "" },
    { kind: "copy_code", text: "", value: "WINTER10", example: "" },
  ],
}
const reply = (text: string) => ({ kind: "quick_reply" as const, text, value: "", example: "" })
const url = (text: string, value: string) => ({ kind: "url" as const, text, value, example: "x" })

describe("Meta's rules", () => {
  test("are kept by a good one", () => expect(draftProblems(GOOD)).toEqual([]))

  test.each<[string, Partial<typeof GOOD>, string]>([
    ["capitals in the name", { name: "Winter" }, "name_pattern"],
    ["a name that is too long", { name: "a".repeat(513) }, "name_long"],
    ["no heading", { headerText: " " }, "header_empty"],
    ["a heading of 61 characters", { headerText: "x".repeat(61) }, "header_long"],
    ["an emoji in the heading", { headerText: "Visit 🎉" }, "header_format"],
    ["two variables in the heading", { headerText: "{{1}} and {{2}}" }, "header_variables"],
    ["a variable of the heading without example", { headerExample: "" }, "example_missing"],
    ["no text", { body: " " }, "body_empty"],
    ["a text of 1,025 characters", { body: "x".repeat(1_025) }, "body_long"],
    ["a variable at the beginning", { body: "{{1}} is ready for you today, see {{2}} there." }, "body_begins"],
    ["a variable at the end", { body: "Hello {{1}}, we see you all at {{2}}" }, "body_ends"],
    ["two variables side by side", { body: "Hello {{1}} {{2}}, we see you there today." }, "variables_adjacent"],
    ["three line ends in a row", { body: "Hello {{1}}\n\n\nwe see you at {{2}} today." }, "body_gaps"],
    ["numbers and names", { body: "Hello {{1}}, we see you at {{time}} today." }, "variables_mixed"],
    ["a number left out", { body: "Hello {{1}}, we see you at {{3}} today." }, "variables_sequence"],
    ["a capital in a variable", { body: "Hello {{Name}}, we see you today." }, "variables_name"],
    ["one brace too few", { body: "Hello {{1}}, we see you at {{2}} today {{x." }, "variables_braces"],
    ["more variables than words", { body: "Hi {{1}} at {{2}} ok." }, "variables_many"],
    ["a variable without example", { examples: { "1": "Giulia" } }, "example_missing"],
    ["a footer of 61 characters", { footer: "x".repeat(61) }, "footer_long"],
    ["a variable in the footer", { footer: "By {{1}}" }, "footer_variables"],
    ["three addresses", { buttons: ["a", "b", "c"].map((text) => url(text, "https://acme.test")) }, "buttons_urls"],
    ["replies on both sides", { buttons: [reply("A"), url("B", "https://acme.test"), reply("C")] }, "buttons_grouped"],
    ["two of the same words", { buttons: [reply("Yes"), reply("yes ")] }, "buttons_double"],
    ["a button of 26 characters", { buttons: [reply("x".repeat(26))] }, "button_long"],
    ["no address", { buttons: [url("B", "acme.test")] }, "button_url"],
    ["a variable in the middle of one", { buttons: [url("B", "https://acme.test/{{1}}/x")] }, "button_url"],
    [
      "a number without its country",
      { buttons: [{ ...reply("Call"), kind: "phone", value: "06555" }] },
      "button_phone",
    ],
    ["a code with a blank", { buttons: [{ ...reply(""), kind: "copy_code", value: "A B" }] }, "button_code"],
  ])("%s is told", (_what, change, key) => {
    expect(draftProblems({ ...GOOD, ...change }).map(({ refusal }) => refusal.refused)).toContain(
      `template_draft.${key}`,
    )
  })

  test.each([["by position", GOOD] as const, ["by name", named()] as const])(
    "what was handed in %s comes back into the form as it was",
    (_how, form) => {
      const { name: _name, ...content } = form
      expect(formOf(toDraft(form))).toEqual(content)
    },
  )
})

function named(): typeof GOOD {
  return {
    ...GOOD,
    headerText: "Visit of {{day}}",
    body: "Hello {{who}}, we see you at {{time}} today.",
    examples: { who: "Giulia", time: "10:30" },
  }
}

describe("What fills a variable", () => {
  const known = { "customer.firstName": "Giulia", "customer.name": null, "agent.name": "Anna  Verdi" }
  test.each<[string, Record<string, string>, string]>([
    ["first_name", {}, "Giulia"],
    ["nome", {}, "Giulia"],
    ["order", {}, ""],
    ["order", { order: "agent.name" }, "Anna Verdi"],
    ["customer", { customer: "customer.name|there" }, "there"],
    ["customer", {}, ""],
  ])("%s with %p is %p", (variable, fills, value) => expect(prefilled({ fills }, variable, known)).toBe(value))
  test("is suggested by names that say what they are, and by no others", () => {
    expect([suggestedFill("first_name"), suggestedFill("1"), suggestedFill("firstname_of_dog")]).toEqual([
      "customer.firstName",
      null,
      null,
    ])
  })
})

describe("Languages", () => {
  const items = [
    { name: "b", language: "en" },
    { name: "a", language: "it" },
    { name: "a", language: "en" },
    { name: "c", language: "de" },
  ]
  test("the customer's come first, then the company's; what is not to be had in theirs is marked", () => {
    expect(byLanguage(items, "it", "en").map(({ name, language, isForeign }) => [name, language, isForeign])).toEqual([
      ["a", "it", false],
      ["a", "en", false],
      ["b", "en", true],
      ["c", "de", true],
    ])
  })
  test("a country says its language only where most speak one", () => {
    expect([languageOfCountry("IT"), languageOfCountry("IN"), languageOfCountry(null)]).toEqual(["it", null, null])
  })
  test("are each there once", () => expect(new Set(LANGUAGES).size).toBe(LANGUAGES.length))
})

const TEMPLATE = {
  name: "a",
  status: "APPROVED",
  enabled: true,
  task: null,
  quality: null,
  category: "UTILITY",
  rejectedReason: null,
  ...parts(body("Hi")),
} as unknown as Template

describe("Whether agents may send one", () => {
  test.each<[Partial<Template>, string | null]>([
    [{}, null],
    [{ status: "PAUSED" }, "template.not_approved"],
    [{ task: "delete" }, "template.not_approved"],
    [{ task: "edit" }, null],
    [{ enabled: false }, "template.not_enabled"],
    [{ components: [] }, "template.unsupported"],
  ])("%p: %p", (change, refused) => {
    expect(refusalToSend({ ...TEMPLATE, ...change })?.refused ?? null).toBe(refused)
  })
})

describe("Meta's news", () => {
  const none = { status: null, quality: null, category: null, reason: null }
  test.each<[object, object]>([
    [
      { status: "REJECTED", reason: "SCAM" },
      { status: "REJECTED", rejectedReason: "SCAM" },
    ],
    [
      { status: "APPROVED", reason: "NONE" },
      { status: "APPROVED", rejectedReason: null },
    ],
    [{ status: "FLAGGED" }, { status: "APPROVED" }],
    [{ status: "PAUSED" }, { status: "PAUSED" }],
    [{ quality: "RED" }, { status: "APPROVED", quality: "RED" }],
    [{ category: "MARKETING" }, { status: "APPROVED", category: "MARKETING" }],
  ])("%p makes it %p", (news, after) => expect(withNews(TEMPLATE, { ...none, ...news })).toMatchObject(after))

  test("that do not come are asked for after 1, 2, 4 … at most 60 minutes", () => {
    expect([1, 2, 3, 7, 99].map((tries) => waitAfter(tries) / 60_000)).toEqual([1, 2, 4, 60, 60])
  })
})
