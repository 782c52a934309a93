import { describe, expect, test } from "bun:test"
import { isLong } from "../support/form.ts"
import { firstDifference, storyOf } from "./alike.ts"
import { liveWorkdays } from "./workday.ts"

const SEEDS = isLong ? Array.from({ length: 10 }, (_, seed) => seed + 1) : [2]
const PEOPLE = isLong ? { agents: 30, customers: 600 } : { agents: 5, customers: 50 }
const LIMIT_MS = isLong ? 900_000 : 60_000

describe("A company at work", () => {
  test.each(SEEDS)(
    "gives every customer to somebody who may have them, in their order, whatever fails (seed %d)",
    async (seed) => {
      const { decisions, checks, waits } = await liveWorkdays({ seed, ...PEOPLE, days: 1, faults: true, kills: 2 })
      expect(decisions).toBeGreaterThan(PEOPLE.customers / 2)
      expect(checks).toBeGreaterThan(decisions)
      expect(waits.length).toBeGreaterThan(PEOPLE.customers / 2)
    },
    LIMIT_MS,
  )

  test(
    "comes to the same whether its process is killed and restarted in between or not",
    async () => {
      const stories: string[] = []
      const day = { seed: 1, agents: 3, customers: 25, days: 1, faults: false, kills: 4 }
      for (const spared of [true, false])
        await liveWorkdays({ ...day, spared }, (path) => void stories.push(storyOf(path)))
      const [undisturbed = "", killed = ""] = stories
      expect(undisturbed.length).toBeGreaterThan(10_000)
      expect(firstDifference(undisturbed, killed)).toBeNull()
    },
    LIMIT_MS,
  )
})
