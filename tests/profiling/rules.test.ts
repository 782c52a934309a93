/** What closing demands, and which choices are answers to it. */
import { describe, expect, test } from "bun:test"
import { mayReopen } from "~/conversation/rules/leaving.ts"
import type { Closed } from "~/conversation/rules.ts"
import { minutes } from "~/kernel/clock.ts"
import {
  askedOfAll,
  type Demand,
  type GivenProfiling,
  type Profiling,
  profiled,
  type Reason,
} from "~/profiling/rules.ts"

const SHOWN = 1_000
const reason = (id: number, parent: number | null, title: string, more: Partial<Reason> = {}): Reason => ({
  id,
  parent,
  title,
  mayStop: false,
  retiredAt: null,
  ...more,
})
const TREE = [
  reason(1, null, "Service"),
  reason(2, 1, "Booking"),
  reason(3, 2, "Moved"),
  reason(4, null, "Not for us"),
  reason(5, null, "Offer", { mayStop: true }),
  reason(6, 5, "Sent"),
  reason(7, 2, "Cancelled", { retiredAt: SHOWN - 1 }),
  reason(8, 2, "Booked", { retiredAt: SHOWN + 1 }),
]
const policy = (wanted: Demand, notes: Demand, reasons = TREE) => ({
  reason: wanted,
  notes,
  treeName: "Aurora",
  reasons,
})
const given = (chosen: number | null, notes = ""): GivenProfiling => ({ reason: chosen, notes, shownAt: SHOWN })

describe("Closing", () => {
  test.each<[what: string, reason: Demand, notes: Demand, given: GivenProfiling, becomes: Profiling | string | null]>([
    ["asks nothing where all is off, and keeps nothing", "off", "off", given(3, "Words"), null],
    [
      "keeps the whole path",
      "required",
      "off",
      given(3),
      { reason: 3, path: "Service › Booking › Moved", notes: null },
    ],
    [
      "takes a reason of the first level that has none under it",
      "required",
      "off",
      given(4),
      { reason: 4, path: "Not for us", notes: null },
    ],
    ["takes a reason that may stop there", "required", "off", given(5), { reason: 5, path: "Offer", notes: null }],
    ["wants the last level of any other", "optional", "off", given(2), "profiling.deeper"],
    ["needs a reason", "required", "optional", given(null, "Words"), "profiling.reason_required"],
    ["needs notes", "optional", "required", given(3, " \n "), "profiling.notes_required"],
    ["says at once that both are missing", "required", "required", given(null), "profiling.both_required"],
    ["may do without what is optional", "optional", "optional", given(null), null],
    [
      "keeps notes alone",
      "optional",
      "optional",
      given(null, " Sabato "),
      { reason: null, path: null, notes: "Sabato" },
    ],
    ["does not take what was retired before it was shown", "required", "off", given(7), "profiling.reason_gone"],
    [
      "takes what was retired while the window was open",
      "required",
      "off",
      given(8),
      { reason: 8, path: "Service › Booking › Booked", notes: null },
    ],
    ["does not take what is in no tree", "required", "off", given(99), "profiling.reason_gone"],
  ])("%s", (_what, wanted, notes, said, becomes) => {
    const result = profiled(policy(wanted, notes), said)
    expect("refused" in result ? result.refused : result.value).toEqual(becomes)
  })

  test("goes on where a reason is required and the tree has none any more", () => {
    const retired = TREE.map((one) => ({ ...one, retiredAt: 1 }))
    for (const reasons of [[], retired])
      expect(profiled(policy("required", "off", reasons), given(null))).toEqual({ value: null })
  })
})

describe("Closing several at once", () => {
  const other = { ...policy("required", "off", [reason(9, null, "Elsewhere")]), treeName: "Bruma" }
  const empty = { ...policy("required", "off", []), treeName: "Empty" }
  test.each<[what: string, policies: ReturnType<typeof policy>[], asked: object | null]>([
    ["asks for nothing where nothing is asked", [policy("off", "off")], { reason: "off", notes: "off" }],
    [
      "asks for the most that any of them demands",
      [policy("optional", "off"), policy("required", "off"), policy("off", "optional")],
      { reason: "required", notes: "optional", treeName: "Aurora", reasons: TREE },
    ],
    ["has no answer for all where different trees are demanded", [policy("optional", "off"), other], null],
    [
      "asks for no reason where different trees may be left out",
      [policy("optional", "required"), { ...other, reason: "optional" as Demand }],
      { reason: "off", notes: "required" },
    ],
    ["minds no tree that is empty", [empty, policy("required", "off")], { reason: "required", treeName: "Aurora" }],
  ])("%s", (_what, policies, asked) => {
    const result = askedOfAll(policies)
    if (asked === null) expect(result).toBeNull()
    else expect(result).toMatchObject(asked)
  })
})

describe("A conversation closed by mistake", () => {
  const closed = { state: "closed", closedBy: 1, closedAt: 0 } as Closed
  test.each<[what: string, by: number, supervises: boolean, at: number, isLatest: boolean, refused: string | null]>([
    ["is opened again by whoever closed it", 1, false, minutes(14), true, null],
    ["and by a supervisor", 2, true, minutes(14), true, null],
    ["by nobody else", 2, false, minutes(1), true, "conversation.reopen_not_yours"],
    ["not when its time is over", 1, false, minutes(15), true, "conversation.reopen_too_late"],
    ["not when there is a newer one", 1, true, minutes(1), false, "conversation.newer_exists"],
  ])("%s", (_what, user, supervises, now, isLatest, refused) => {
    const result = mayReopen(closed, { user, supervises }, { within: minutes(15), isLatest }, now)
    expect(result?.refused ?? null).toBe(refused)
  })
})
