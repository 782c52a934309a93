import { describe, expect, test } from "bun:test"
import {
  fieldPreviews,
  type Join,
  joinedConsent,
  pickedChanges,
  refuseJoin,
  refuseUndo,
  restored,
  variantsOf,
} from "~/customer/rules/joining.ts"
import { days } from "~/kernel/clock.ts"

const JOIN: Join = {
  id: 1,
  kept: 2,
  joined: 3,
  at: 1_000,
  actor: 4,
  before: { name: "A", email: "" },
  after: { name: "B", email: "b" },
  endedAt: null,
}

describe("Joining", () => {
  test("keeps what is there, else takes what the other brings, unless somebody chooses", () => {
    const previews = fieldPreviews(
      { name: "A", email: "", language: "it" },
      { name: "B", email: "b", language: "it", other: "" },
    )
    expect(previews.map(({ field, pick }) => [field, pick])).toEqual([
      ["name", "kept"],
      ["email", "joined"],
      ["language", "kept"],
    ])
    expect(pickedChanges(previews, {})).toEqual({ email: "b" })
    expect(pickedChanges(previews, { name: "joined", email: "kept" })).toEqual({ name: "B" })
  })

  test.each([
    [null, null, null],
    ["in", "out", "out"],
    [null, "out", "out"],
    ["out", "in", null],
    ["out", "out", null],
    ["in", "in", null],
  ] as const)("with consent %s and %s says %s anew", (kept, joined, said) =>
    expect(joinedConsent(kept, joined)).toBe(said),
  )

  const FINE = { isSame: false, keptIsBlocked: false, joinedIsBlocked: false, openOnBoth: [] }
  test.each([
    [{}, null],
    [{ isSame: true }, "customer.join_itself"],
    [{ keptIsBlocked: true }, "customer.join_blocked"],
    [{ keptIsBlocked: true, joinedIsBlocked: true }, null],
    [{ openOnBoth: ["Main"] }, "customer.join_both_open"],
  ])("where %j is refused with %s", (facts, refused) =>
    expect(refuseJoin({ ...FINE, ...facts })?.refused ?? null).toBe(refused),
  )

  test.each([
    [{}, 0, 1_000 + days(7), null],
    [{}, 0, 1_001 + days(7), "customer.join_too_old"],
    [{}, 1, 2_000, "customer.join_mixed"],
    [{ endedAt: 1_500 }, 0, 2_000, "customer.join_over"],
  ])("undone: %j, %i mixed, at %i", (more, mixed, now, refused) =>
    expect(refuseUndo({ ...JOIN, ...more }, { mixed }, now)?.refused ?? null).toBe(refused),
  )

  test("gives back only what nobody has changed since", () => {
    expect(restored(JOIN, { name: "B", email: "b" })).toEqual({ name: "A", email: "" })
    expect(restored(JOIN, { name: "C", email: "b" })).toEqual({ email: "" })
  })

  test.each([
    ["5511987654321", ["551187654321"]],
    ["551187654321", ["5511987654321"]],
    ["5215512345678", ["525512345678"]],
    ["5491123456789", ["541123456789"]],
    ["393455550172", []],
  ])("%s may be written as %j", (phone, variants) =>
    expect(variantsOf(phone)).toEqual(expect.arrayContaining(variants)),
  )
})
