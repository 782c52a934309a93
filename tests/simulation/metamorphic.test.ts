import { describe, expect, test } from "bun:test"
import { isLong } from "../support/form.ts"
import { firstDifference, storyOf } from "./alike.ts"
import { liveQueueDay } from "./queue.ts"

const LIMIT_MS = 60_000
const longest = (waits: readonly number[]): number => Math.max(...waits)

describe("What is known of queues is true of ours", () => {
  test.each(isLong ? [1, 2, 3, 4, 5, 6] : [1])(
    "one agent more never makes anybody wait longer (seed %d)",
    async (seed) => {
      const day = { seed, calls: 25, companies: [0] }
      const few = await liveQueueDay({ ...day, agents: 2 })
      const more = await liveQueueDay({ ...day, agents: 3 })
      expect(few).toHaveLength(25)
      expect(longest(few)).toBeGreaterThan(0)
      expect(more.filter((wait, customer) => wait > (few[customer] ?? 0))).toEqual([])
      expect(longest(more)).toBeLessThan(longest(few))
    },
    LIMIT_MS,
  )

  test(
    "two companies on one appliance live as each of them lives alone",
    async () => {
      const day = { seed: 4, calls: 15, agents: 2 }
      const stories = new Map<string, string>()
      const keep = (name: string, company: string) => (path: string) => void stories.set(name, storyOf(path, company))
      await liveQueueDay({ ...day, companies: [0] }, keep("acme alone", "acme"))
      await liveQueueDay({ ...day, companies: [1] }, keep("globex alone", "globex"))
      await liveQueueDay({ ...day, companies: [0, 1] }, (path) => {
        keep("acme", "acme")(path)
        keep("globex", "globex")(path)
      })
      for (const company of ["acme", "globex"]) {
        expect(stories.get(company)?.length).toBeGreaterThan(5_000)
        expect(firstDifference(stories.get(`${company} alone`) ?? "", stories.get(company) ?? "")).toBeNull()
      }
    },
    LIMIT_MS,
  )
})
