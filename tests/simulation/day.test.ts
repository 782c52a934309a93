import { describe, expect, test } from "bun:test"
import { isLong } from "../support/form.ts"
import { liveDay } from "./day.ts"

const [SEEDS, STEPS] = isLong ? [40, 1_500] : [3, 250]
const LIMIT_MS = isLong ? 600_000 : 60_000

describe("A day at random", () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    "loses nothing, gives nobody too much, and leaves nobody waiting in vain (seed %d)",
    async (seed) => {
      const { checks, done } = await liveDay(seed, STEPS)
      expect(done).toHaveLength(STEPS)
      expect(checks).toBeGreaterThan(STEPS)
    },
    LIMIT_MS,
  )
})
