/** Two people edit one customer; words that mean consent; thanks that are only thanks. */
import { describe, expect, test } from "bun:test"
import { isThanks } from "~/conversation/rules/thanks.ts"
import { consentIn, consentWords } from "~/customer/rules/consent.ts"
import { decideEdit, isPhoneLike } from "~/customer/rules/editing.ts"

const WORDS = consentWords("STOP, Annulla", "START")

describe("Two people edit one customer", () => {
  test.each<
    [what: string, kept: string, shown: string, typed: string, changes: Record<string, string>, conflicts: string[]]
  >([
    ["nobody else was there", "Giulia", "Giulia", "G. Conti", { name: "G. Conti" }, []],
    ["nothing was typed", "Giulia", "Giulia", "Giulia", {}, []],
    ["only the other changed it", "Anna", "Giulia", "Giulia", {}, []],
    ["both wrote the same", "Anna", "Giulia", "Anna", {}, []],
    ["both wrote, and differently", "Anna", "Giulia", "G. Conti", {}, ["name"]],
    ["the other emptied it", "", "Giulia", "G. Conti", {}, ["name"]],
  ])("%s", (_what, kept, shown, typed, changes, conflicts) => {
    expect(decideEdit({ name: kept }, { name: shown }, { name: typed })).toEqual({ changes, conflicts })
  })

  test("different fields are no conflict", () => {
    const edit = decideEdit({ name: "Anna", city: "" }, { name: "Giulia", city: "" }, { name: "Giulia", city: "Rome" })
    expect(edit).toEqual({ changes: { city: "Rome" }, conflicts: [] })
  })

  test.each([
    ["+39 02 555-0100", true],
    ["(02) 555 0100", true],
    ["call me", false],
    ["+", false],
    ["=1+1", false],
  ])("%p as a phone: %p", (typed, isOne) => {
    expect(isPhoneLike(typed)).toBe(isOne)
  })
})

describe("A word of consent", () => {
  test.each<[text: string, means: string | null]>([
    ["STOP", "out"],
    [" stop. ", "out"],
    ["Annullà!", "out"],
    ["start", "in"],
    ["Please stop by tomorrow", null],
    [`STOP${"!".repeat(40)}`, "out"],
    [`STOP ${"please ".repeat(20)}`, null],
    ["stop stop", null],
    ["", null],
    ["…", null],
  ])("%p means %p", (text, means) => {
    expect(consentIn(text, WORDS)).toBe(means as never)
  })

  test("with no words in the settings nothing means anything", () => {
    expect(consentIn("STOP", consentWords("", " , "))).toBeNull()
  })
})

describe("Thanks", () => {
  const LIST = "thanks, thank you, ok, grazie"
  test.each([
    ["Thanks!", true],
    ["ok, grazie", true],
    ["Ok ok thank you", true],
    ["👍", true],
    ["thanks, but it is still broken", false],
    ["ok?", false],
    ["okay then", false],
    ["", false],
    ["!!!", false],
    [`${"thanks ".repeat(20)}`, false],
  ])("%p: %p", (text, are) => {
    expect(isThanks(text, LIST)).toBe(are)
  })
})
