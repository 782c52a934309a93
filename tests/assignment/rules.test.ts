import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type Candidate, choose, inQueueOrder, type Waiting } from "~/assignment/rules.ts"

const agent = (user: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ user, load: 0, maximum: 5, idleSince: 1_000, recentlyOffered: false },
  ...more,
})
const chosen = (...candidates: Candidate[]) => choose(candidates, 7)?.agent ?? null

describe("Whoever is chosen", () => {
  const cases: [string, Candidate[], number | null][] = [
    ["nobody there: nobody", [], null],
    ["all full: nobody", [agent(1, { load: 5 }), agent(2, { load: 7 })], null],
    ["a maximum of nothing: nobody", [agent(1, { maximum: 0 })], null],
    ["the full one is passed over", [agent(1, { load: 5, idleSince: 0 }), agent(2, { load: 4 })], 2],
    ["the smaller share wins, not the smaller number", [agent(1, { load: 1, maximum: 2 }), agent(2, { load: 2 })], 2],
    [
      "equal shares: the longest idle",
      [agent(1, { load: 1, maximum: 2 }), agent(2, { load: 2, maximum: 4, idleSince: 9 })],
      2,
    ],
    ["equal in everything: the lower id", [agent(2), agent(1)], 1],
    ["who let it pass gives way", [agent(1, { recentlyOffered: true }), agent(2, { load: 4 })], 2],
    ["unless nobody else has room", [agent(1, { recentlyOffered: true }), agent(2, { load: 5 })], 1],
    [
      "all let it pass: the usual order among them",
      [agent(2, { recentlyOffered: true }), agent(1, { recentlyOffered: true, load: 1 })],
      2,
    ],
  ]
  test.each(cases)("%s", (_what, candidates, expected) => {
    expect(chosen(...candidates)).toBe(expected)
  })

  test("is told why: how many could have, at which load", () => {
    expect(choose([agent(1, { load: 3 }), agent(2, { load: 1 }), agent(3, { load: 5 })], 7)).toEqual({
      agent: 2,
      reason: { strategy: "least_loaded", candidates: 2, skillset: 7, load: 1, maximum: 5 },
    })
  })

  const anyone = fc.record({
    user: fc.integer({ min: 1, max: 40 }),
    load: fc.integer({ min: 0, max: 4 }),
    maximum: fc.integer({ min: 0, max: 4 }),
    idleSince: fc.integer({ min: 0, max: 3 }),
    recentlyOffered: fc.boolean(),
  })
  const anybody = fc.uniqueArray(anyone, { selector: ({ user }) => user, maxLength: 8 })

  test("is the same whatever the order in which people are looked at, and always has room", () => {
    fc.assert(
      fc.property(anybody, fc.integer(), (candidates, turn) => {
        const at = candidates.length === 0 ? 0 : Math.abs(turn) % candidates.length
        const other = [...candidates.slice(at), ...candidates.slice(0, at)].reverse()
        const choice = choose(candidates, null)
        expect(choose(other, null)).toEqual(choice)
        const winner = candidates.find(({ user }) => user === choice?.agent)
        if (winner) expect(winner.load).toBeLessThan(winner.maximum)
        else expect(candidates.filter(({ load, maximum }) => load < maximum)).toEqual([])
      }),
    )
  })
})

describe("The order of the queue", () => {
  const waiting = (id: number, priority: number, waitingSince: number): Waiting => ({
    ...{ id, channel: 1, skillset: 1, priority, waitingSince },
  })
  test("is priority, then the time of waiting, then arrival", () => {
    const queue = [waiting(5, 0, 10), waiting(1, 0, 30), waiting(4, 2, 40), waiting(3, 0, 10), waiting(2, 2, 20)]
    expect(queue.sort(inQueueOrder).map(({ id }) => id)).toEqual([2, 4, 3, 5, 1])
  })
})
