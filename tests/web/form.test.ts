import { describe, expect, test } from "bun:test"
import {
  checkbox,
  choice,
  type Field,
  type Fields,
  id,
  line,
  optional,
  readForm,
  secret,
  several,
  text,
  wholeNumber,
} from "~/web/form.ts"

const given = (fields: Record<string, string[]>): Fields => new Map(Object.entries(fields))
const read = (field: Field<unknown>, ...values: string[]) => {
  const result = field(values)
  return "refused" in result ? result.refused : result.value
}

describe("a field", () => {
  const cases: [name: string, field: Field<unknown>, values: string[], expected: unknown][] = [
    ["a line is trimmed and composed", line({ most: 10 }), ["  jose\u0301 "], "josé"],
    ["a line must be there", line({ most: 10 }), [], "field.required"],
    ["a line is one line", line({ most: 10 }), ["a\nb"], "field.malformed"],
    ["a line has an end", line({ most: 3 }), ["abcd"], "field.too_long"],
    ["a text keeps its lines, with one kind of line end", text({ most: 10 }), ["a\r\nb\rc"], "a\nb\nc"],
    ["a text may be empty", text({ most: 10 }), [], ""],
    ["a secret is kept as typed", secret({ most: 10 }), [" a b "], " a b "],
    ["a choice is one of its options", choice(["en", "it"]), ["it"], "it"],
    ["a choice is nothing else", choice(["en", "it"]), ["toString"], "field.not_a_choice"],
    ["a missing checkbox is off", checkbox, [], false],
    ["a ticked checkbox is on", checkbox, ["on"], true],
    ["a whole number", wholeNumber({ least: 0, most: 100 }), ["42"], 42],
    ["a number is whole", wholeNumber({ least: 0, most: 100 }), ["4.2"], "field.out_of_range"],
    ["a number is not 1e3", wholeNumber({ least: 0, most: 9_999 }), ["1e3"], "field.out_of_range"],
    ["a number keeps its range", wholeNumber({ least: 0, most: 100 }), ["101"], "field.out_of_range"],
    ["an id", id, ["12"], 12],
    ["an id is not 0", id, ["0"], "field.malformed"],
    ["an optional field may be left empty", optional(id), [" "], null],
    ["an optional field is read when given", optional(id), ["7"], 7],
    ["several values", several(id, { most: 3 }), ["1", "2"], [1, 2]],
    ["several values, one of them wrong", several(id, { most: 3 }), ["1", "x"], "field.malformed"],
    ["too many values", several(id, { most: 1 }), ["1", "2"], "field.too_many"],
    ["one field given twice", line({ most: 10 }), ["a", "b"], "field.given_twice"],
  ]
  for (const [name, field, values, expected] of cases)
    test(`${name}: ${JSON.stringify(values)}`, () => expect(read(field, ...values)).toEqual(expected))
})

describe("a form", () => {
  const shape = { name: line({ most: 20 }), password: secret({ most: 20 }), age: wholeNumber({ least: 0, most: 150 }) }
  test("is its typed values, token aside", () => {
    const result = readForm(shape, given({ name: ["Anna"], password: ["p"], age: ["30"], _csrf: ["t"] }))
    expect(result).toEqual({
      valid: true,
      values: { name: "Anna", password: "p", age: 30 },
      written: { name: ["Anna"], age: ["30"] },
    })
  })
  test("says every error at once and gives back what was typed, but no secret", () => {
    const result = readForm(shape, given({ name: [""], password: ["hunter2"], age: ["old"] }))
    expect(result).toEqual({
      valid: false,
      errors: { name: { refused: "field.required" }, age: expect.objectContaining({ refused: "field.out_of_range" }) },
      typed: { name: "", age: "old" },
      written: { name: [""], age: ["old"] },
    })
  })
  test("takes nothing that it did not ask for, by whatever name", () => {
    for (const name of ["tenant", "level", "id", "__proto__", "constructor", "toString"]) {
      const fields = new Map([
        ["name", ["Anna"]],
        ["password", ["p"]],
        ["age", ["30"]],
        [name, ["x"]],
      ])
      expect(readForm(shape, fields)).toMatchObject({
        valid: false,
        errors: { form: { refused: "form.unknown_field" } },
      })
    }
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})
