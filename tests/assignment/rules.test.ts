import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import * as overflow from "~/assignment/rules/overflow.ts"
import * as rules from "~/assignment/rules.ts"
import { candidate, complaints, overflowComplaints } from "./table.ts"

describe("Whoever is chosen", () => {
  test("is whom the table says", () => {
    expect(complaints(rules)).toEqual([])
  })

  test("may come from another skillset when the table says it has joined in", () => {
    expect(overflowComplaints(overflow)).toEqual([])
  })

  const anyone = fc.record({
    user: fc.integer({ min: 1, max: 40 }),
    status: fc.constantFrom("ready" as const, "ready" as const, "break" as const),
    link: fc.constantFrom("live" as const, "lost" as const, "gone" as const),
    load: fc.integer({ min: 0, max: 4 }),
    maximum: fc.integer({ min: 0, max: 4 }),
    idleSince: fc.integer({ min: 0, max: 3 }),
    lastTurn: fc.integer({ min: 0, max: 3 }),
    recentlyOffered: fc.boolean(),
  })
  const anybody = fc.uniqueArray(anyone, { selector: ({ user }) => user, maxLength: 8 })
  const anyStrategy = fc.constantFrom("least_loaded" as const, "longest_idle" as const, "round_robin" as const)

  test("is the same whatever the order in which people are looked at, and always may have it", () => {
    fc.assert(
      fc.property(anybody, anyStrategy, fc.integer(), (candidates, strategy, turn) => {
        const at = candidates.length === 0 ? 0 : Math.abs(turn) % candidates.length
        const other = [...candidates.slice(at), ...candidates.slice(0, at)].reverse()
        const choice = rules.choose([{ skillset: 1, strategy, candidates }], null)
        expect(rules.choose([{ skillset: 1, strategy, candidates: other }], null)).toEqual(choice)
        const winner = candidates.find(({ user }) => user === choice?.agent)
        if (winner) expect(rules.isEligible(winner)).toBeTrue()
        else expect(candidates.filter(rules.isEligible)).toEqual([])
      }),
    )
  })

  test("does not depend on who else is at the end of the queue of turns", () => {
    fc.assert(
      fc.property(anybody, anyStrategy, (candidates, strategy) => {
        const choice = rules.choose([{ skillset: 1, strategy, candidates }], null)
        const busy = candidate(99, { load: 5, idleSince: 9, lastTurn: 9 })
        expect(rules.choose([{ skillset: 1, strategy, candidates: [...candidates, busy] }], null)).toEqual(choice)
      }),
    )
  })
})
