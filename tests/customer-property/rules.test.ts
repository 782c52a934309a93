import { describe, expect, test } from "bun:test"
import { isShownFor, type PropertyKind, readValue, refuseProperty } from "~/customer-property/rules.ts"

describe("What may stand in a property", () => {
  test.each<[kind: PropertyKind, typed: string, kept: string]>([
    ["text", "  Via Roma 1 ", "Via Roma 1"],
    ["text", "", ""],
    ["number", "12,5", "12.5"],
    ["number", "-3", "-3"],
    ["date", "2024-02-29", "2024-02-29"],
    ["choice", "E2", "E2"],
    ["yes_no", "yes", "yes"],
  ])("%s: %p is kept as %p", (kind, typed, kept) => {
    expect(readValue({ kind, choices: ["E2", "S1"] }, typed, "")).toEqual({ value: kept })
  })

  test.each<[kind: PropertyKind, typed: string, refused: string]>([
    ["text", "a\u0007b", "field.malformed"],
    ["text", "a".repeat(1_001), "field.too_long"],
    ["number", "1.234,5", "property.not_a_number"],
    ["number", "3.9E+11", "property.not_a_number"],
    ["number", "many", "property.not_a_number"],
    ["date", "2026-02-29", "property.not_a_day"],
    ["date", "29/02/2024", "property.not_a_day"],
    ["choice", "X9", "field.not_a_choice"],
    ["yes_no", "maybe", "field.not_a_choice"],
  ])("%s: %p is refused: %s", (kind, typed, refused) => {
    expect(readValue({ kind, choices: ["E2", "S1"] }, typed, "")).toMatchObject({ refused })
  })

  test("a choice that is offered no more may stay where it stands", () => {
    expect(readValue({ kind: "choice", choices: ["S1"] }, "E2", "E2")).toEqual({ value: "E2" })
  })
})

describe("A property", () => {
  const property = {
    enabled: true,
    channels: [7],
    id: 1,
    name: "",
    kind: "text",
    choices: [],
    position: 0,
    version: 1,
  } as const

  test("stands beside the numbers it is for, beside all when it is for none, and nowhere when it is out of use", () => {
    expect([isShownFor(property, 7), isShownFor(property, 8), isShownFor(property, null)]).toEqual([true, false, true])
    expect(isShownFor({ ...property, channels: [] }, 8)).toBe(true)
    expect(isShownFor({ ...property, enabled: false }, 7)).toBe(false)
  })

  test.each<[refused: string, name: string, kind: PropertyKind, choices: string[]]>([
    ["property.name_malformed", "", "text", []],
    ["property.name_malformed", "two\nlines", "text", []],
    ["property.has_no_choices", "Size", "text", ["S"]],
    ["property.needs_choices", "Size", "choice", []],
    ["property.choice_twice", "Size", "choice", ["S", "s"]],
  ])("is refused: %s (%p)", (refused, name, kind, choices) => {
    expect(refuseProperty({ name, kind, choices })).toMatchObject({ refused })
  })
})
