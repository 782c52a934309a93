import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { isLong } from "../support/form.ts"
import { anyMove, difference, MORNING } from "./play.ts"
import { SCENES } from "./scenes.ts"

describe("Whatever happens, in whatever order", () => {
  test.each(Object.entries(SCENES))("%s", async (_what, moves) => {
    expect(await difference([...MORNING, ...moves])).toBeNull()
  })

  test("everybody gets what the simplest reading of the rules gives them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMove, { minLength: 5, maxLength: 60, size: "max" }), async (moves) => {
        expect(await difference([...MORNING, ...moves])).toBeNull()
      }),
      { numRuns: isLong ? 2_000 : 40, ...(isLong ? {} : { seed: 20_260_105 }) },
    )
  }, 600_000)
})
