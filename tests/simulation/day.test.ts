import { describe, expect, test } from "bun:test"
import { isLong } from "../support/form.ts"
import { everyByte, firstDifference } from "./alike.ts"
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

  test(
    "is the same to the byte when it is lived again, and another one is not",
    async () => {
      const left: string[] = []
      for (const seed of [5, 5, 6]) await liveDay(seed, 100, (path) => void left.push(everyByte(path)))
      const [one = "", again = "", another] = left
      expect(one.length).toBeGreaterThan(10_000)
      expect(firstDifference(one, again)).toBeNull()
      expect(one).not.toBe(another ?? "")
    },
    LIMIT_MS,
  )
})
