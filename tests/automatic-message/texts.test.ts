import { describe, expect, test } from "bun:test"
import { languageFor, languageTag } from "~/automatic-message/rules/language.ts"
import { readMessages } from "~/automatic-message/rules/notation.ts"
import { filled, textProblem } from "~/automatic-message/rules/text.ts"
import { moment } from "~/hours/rules/wording.ts"
import { countryOf } from "~/kernel/phone.ts"

describe("What a text says", () => {
  test("placeholders are filled in", () => {
    const text = "Hello {customer.name}, you are number {position} for {skillset}."
    const values = { "customer.name": "Giulia", position: "3", skillset: "Sales" }
    expect(filled(text, values)).toBe("Hello Giulia, you are number 3 for Sales.")
  })

  test.each([
    ["Hello {customer.name}, welcome!", "Hello, welcome!"],
    ["Hello {customer.name}!", "Hello!"],
    ["Hello {customer.name} and welcome", "Hello and welcome"],
    ["{customer.name}, welcome!", "welcome!"],
    ["Thanks.\n{customer.name}: see you", "Thanks.\nsee you"],
    ["Hello {customer.name|there}, welcome!", "Hello there, welcome!"],
    ["{customer.name|Dear customer}, welcome!", "Dear customer, welcome!"],
    ["Hello { customer.name | dear }", "Hello dear"],
  ])("without a name «%s» is still a sentence", (text, said) => {
    expect(filled(text, { "customer.name": null }).replace(/ {2,}/g, " ").trimEnd()).toBe(said)
  })

  test("a name of blanks is no name", () => {
    expect(filled("Hello {customer.name|there}", { "customer.name": " \n " })).toBe("Hello there")
  })

  test("what customers call themselves is one short line, and no placeholder", () => {
    const name = `{company.name}\n${"x".repeat(500)}`
    expect(filled("Hello {customer.name}!", { "customer.name": name, "company.name": "Acme" })).toBe(
      `Hello {company.name} ${"x".repeat(85)}!`,
    )
  })

  test("the company and the number by the names they had in texts before", () => {
    const values = { "company.name": "Acme", "number.name": "Sales" }
    expect(filled("{company} {company.name} {channel.name} {number.name}", values)).toBe("Acme Acme Sales Sales")
    expect(textProblem("welcome", "{company|us} on {channel.name}")).toBe(null)
  })
})

describe("What an admin writes", () => {
  const problems = (written: unknown) => {
    const read = readMessages(written)
    return "problems" in read ? read.problems.map(({ path, reason }) => `${path} ${reason}`) : []
  }

  test("texts for each occasion and language are taken as they stand", () => {
    const written = {
      welcome: { en: "Hello {customer.name|there}", it: "Ciao {customer.name}" },
      queued: { "pt-br": "Posição {position}" },
    }
    expect(readMessages(written)).toEqual({ ...written, queued: { "pt-BR": "Posição {position}" } })
  })

  test("null, nothing and no language switch an occasion off", () => {
    expect(readMessages({ welcome: null, parked: {}, closed: { en: null } })).toEqual({})
  })

  test.each([
    [{ wellcome: { en: "Hello" } }, ".wellcome is not known; did you mean welcome?"],
    [
      { welcome: { en: "{custmer.name}" } },
      ".welcome.en names {custmer.name}, which is not known; did you mean {customer.name}?",
    ],
    [{ welcome: { en: "{name}" } }, ".welcome.en names {name}, which is not known; did you mean {customer.name}?"],
    [
      { welcome: { en: "{firstName}" } },
      ".welcome.en names {firstName}, which is not known; use {customer.name}, {number.name}, {company.name}",
    ],
    [
      { closed: { en: "{position}" } },
      ".closed.en cannot say {position} in closed: use {customer.name}, {number.name}, {company.name}, {agent.firstName}",
    ],
    [{ welcome: { en: "Hello {customer.name" } }, ".welcome.en has a { that no } ends"],
    [{ welcome: { en: "Hello {{company.name}}" } }, ".welcome.en has a { that no } ends"],
    [{ welcome: { en: " " } }, ".welcome.en must not be empty; null switches it off"],
    [{ welcome: { en: 3 } }, ".welcome.en must be a text"],
    [{ welcome: { en: "x".repeat(4_097) } }, ".welcome.en must have at most 4096 characters"],
    [{ welcome: { english: "Hello", "e n": "Hello" } }, ".welcome.e n is not a language like en, it or pt-BR"],
    [{ welcome: { "pt-br": "Olá", "pt-BR": "Oi" } }, ".welcome.pt-BR is pt-BR once more"],
    [{ welcome: "Hello" }, '.welcome must be an object like { "en": "…" }, or null'],
    ["Hello", " must be an object"],
  ])("%j is refused with the place and the reason", (written, problem) => {
    expect(problems(written)).toContain(problem)
  })

  test("everything that is wrong is said at once", () => {
    expect(problems({ welcome: { en: "{position}", it: "{nome}" }, closing: {} })).toHaveLength(3)
  })
})

describe("The customer's language", () => {
  test.each([
    ["393455550172", "it"],
    ["447700900142", "en"],
    ["5511955501234", "pt-BR"],
    ["351912555077", "pt"],
    ["33612555048", "en"],
  ])("somebody with the number +%s is spoken to in %s", (phone, language) => {
    expect(languageFor(["en", "it", "pt", "pt-BR"], countryOf(phone), "en")).toBe(language)
  })

  test("without a number, or without a text for it, the company's own counts, else the first there is", () => {
    expect(languageFor(["en", "it"], null, "it")).toBe("it")
    expect(languageFor(["en", "it"], "FR", "it")).toBe("it")
    expect(languageFor(["de"], "FR", "it")).toBe("de")
    expect(languageFor(["pt-BR"], countryOf("351912555077"), "it")).toBe("pt-BR")
  })

  test("a language is what BCP 47 says it is", () => {
    expect(["en", "pt-br", "zh-hant", "e n", ""].map(languageTag)).toEqual(["en", "pt-BR", "zh-Hant", null, null])
  })
})

describe("When the number opens", () => {
  /** Monday, 5 January 2026, 20:00 in Rome. */
  const now = Date.UTC(2026, 0, 5, 19)
  const said = (at: number, language: string) => moment(at, now, "Europe/Rome", language)

  test("it is said as people say it: the hour today, the day within the week, else the date", () => {
    expect(said(Date.UTC(2026, 0, 5, 21), "en")).toBe("22:00")
    expect(said(Date.UTC(2026, 0, 6, 8), "en")).toBe("Tuesday 09:00")
    expect(said(Date.UTC(2026, 0, 6, 8), "it")).toBe("martedì 09:00")
    expect(said(Date.UTC(2026, 0, 12, 8), "it")).toMatch(/^lunedì 12 gennaio.*09:00$/)
  })
})
