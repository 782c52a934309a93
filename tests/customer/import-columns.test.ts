import { describe, expect, test } from "bun:test"
import { guessMapping, refuseMapping } from "~/customer/rules/import-columns.ts"
import { RowReader } from "~/customer/rules/import-rows.ts"
import { readLanguage, tagsIn, typedFor, yesOrNo } from "~/customer/rules/import-values.ts"
import { decideValue, type ImportState, mayDo } from "~/customer/rules/importing.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"

const property = (id: number, name: string): CustomerProperty => ({
  id,
  name,
  kind: "text",
  choices: [],
  channels: [],
  position: id,
  enabled: true,
  version: 1,
})
const OWN = [property(7, "E-mail"), property(8, "Codice cliente")]

describe("Columns", () => {
  test.each<[string[], string[]]>([
    [
      ["Nome", "Telefono"],
      ["name", "phone"],
    ],
    [
      ["First name", "Last name", "Mobile phone"],
      ["name", "surname", "phone"],
    ],
    [
      ["NOMINATIVO", "cellulare", "Etichette"],
      ["name", "phone", "tags"],
    ],
    [
      ["Customer", "Phone", "Standing", "Conversations"],
      ["name", "phone", "", ""],
    ],
    [
      ["Phone", "Mobile"],
      ["phone", ""],
    ],
    [
      ["codice  cliente:", "E-mail"],
      ["property8", "property7"],
    ],
    [
      ["E-mail", "E-mail"],
      ["email", "property7"],
    ],
    [
      ["", "???"],
      ["", ""],
    ],
  ])("%j are %j", (headings, fields) => expect(guessMapping(headings, OWN)).toEqual(fields))

  test.each([
    [["name", "email"], "import.needs_identity"],
    [["phone", "name", "name"], "import.field_twice"],
    [["phone", "password"], "field.not_a_choice"],
    [["phone", "property9"], "field.not_a_choice"],
  ])("cannot be %j", (mapping, refused) => expect(refuseMapping(mapping, OWN)).toMatchObject({ refused }))

  test.each([[["phone", "", ""]], [["whatsappUserId", "property8"]]])("can be %j", (mapping) =>
    expect(refuseMapping(mapping, OWN)).toBeNull(),
  )
})

describe("Rows", () => {
  const read = (...rows: string[][]) => {
    const reader = new RowReader(["phone", "whatsappUserId", "name"], "IT")
    return rows.map((cells, index) => reader.read({ number: index + 2, cells, formulas: [] }))
  }

  test.each([
    ["345 555 0172", "393455550172", false],
    ["0039 345 5550172", "393455550172", false],
    ["+39 345 5550172", "393455550172", false],
    ["+1 212 555 0100", "12125550100", false],
    ["+999 1234 5678", "99912345678", true],
    ["999", null, false],
  ])("have the number %s as %s", (typed, phone, isDoubtful) =>
    expect(read([typed])[0]).toMatchObject({ phone, isDoubtful }),
  )

  test("of the same number or WhatsApp id name the first of them", () => {
    const rows = read(
      ["345 555 0172", "IT.1"],
      ["345 555 0173", "IT.1"],
      ["+39 345 555 0172"],
      ["345 555 0174", "IT.2"],
    )
    expect(rows.map(({ problems }) => problems.map(({ detail }) => detail?.row))).toEqual([[], [2], [2], []])
  })
})

describe("Values", () => {
  const never = () => false
  const always = () => true
  test.each<[string, string, { isByHand: () => boolean; overwrites: boolean; erases: boolean }, string | null]>([
    ["", "new", { isByHand: always, overwrites: false, erases: false }, "new"],
    ["old", "old", { isByHand: never, overwrites: true, erases: true }, null],
    ["old", "new", { isByHand: never, overwrites: false, erases: false }, "new"],
    ["old", "new", { isByHand: always, overwrites: false, erases: false }, null],
    ["old", "new", { isByHand: always, overwrites: true, erases: false }, "new"],
    ["old", "", { isByHand: never, overwrites: true, erases: false }, null],
    ["old", "", { isByHand: never, overwrites: false, erases: true }, ""],
    ["old", "", { isByHand: always, overwrites: false, erases: true }, null],
  ])("%j under %j with %j", (kept, given, how, became) => expect(decideValue(kept, given, how)).toBe(became))

  test.each([
    ["it", "it"],
    ["it-IT", "it"],
    ["Italian", "it"],
    ["INGLESE", "en"],
    ["pt_BR", "pt"],
    ["", ""],
  ])("the language %s is %s", (typed, value) => expect(readLanguage(typed)).toEqual({ value }))

  test.each([
    ["Sì", true],
    ["TRUE", true],
    ["opt-in", true],
    ["No", false],
    ["0", false],
    ["perhaps", null],
  ])("%s is %s", (typed, said) => expect(yesOrNo(typed)).toBe(said))

  test.each([
    ["date", "15/03/2024", "2024-03-15"],
    ["date", "5.3.2024", "2024-03-05"],
    ["date", "2024-03-15 00:00", "2024-03-15"],
    ["yes_no", "x", "yes"],
    ["number", "1,5", "1,5"],
  ] as const)("a %s written %s is typed %s", (kind, text, typed) => expect(typedFor({ kind }, text)).toBe(typed))

  test("tags are cut at what people put between them", () =>
    expect(tagsIn(" VIP ; new  one|a,,b")).toEqual(["VIP", "new one", "a", "b"]))
})

test("every deed is for the states in which it means something", () => {
  const states: ImportState[] = [
    "reading",
    "mapping",
    "checking",
    "checked",
    "running",
    "paused",
    "done",
    "cancelled",
    "failed",
  ]
  const may = (deed: Parameters<typeof mayDo>[1]) => states.filter((state) => mayDo(state, deed))
  expect(may("import")).toEqual(["checked"])
  expect(may("pause")).toEqual(["running"])
  expect(may("resume")).toEqual(["paused"])
  expect(may("change")).toEqual(["checking", "checked"])
  expect(may("cancel")).toEqual(["reading", "mapping", "checking", "checked", "running", "paused"])
})
