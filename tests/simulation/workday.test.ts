import { describe, expect, test } from "bun:test"
import { isLong } from "../support/form.ts"
import { liveWorkdays } from "./workday.ts"

const [SEEDS, PEOPLE] = isLong ? [10, { agents: 30, customers: 600 }] : [2, { agents: 5, customers: 60 }]
const LIMIT_MS = isLong ? 900_000 : 60_000

describe("A company at work", () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    "gives every customer to somebody who may have them, in their order, whatever fails (seed %d)",
    async (seed) => {
      const { decisions, checks, waits } = await liveWorkdays({ seed, ...PEOPLE, days: 1, faults: true, kills: 2 })
      expect(decisions).toBeGreaterThan(PEOPLE.customers / 2)
      expect(checks).toBeGreaterThan(decisions)
      expect(waits.length).toBeGreaterThan(PEOPLE.customers / 2)
    },
    LIMIT_MS,
  )
})
