/** The reason of contact as the closing windows send it: chosen in columns or found by its path, with notes. */
import type { GivenProfiling } from "~/profiling/rules.ts"
import { id, optional, text, wholeNumber } from "~/web/form.ts"

const LONGEST_NOTES = 4_000

export const PROFILING_FIELDS = {
  level1: optional(id),
  level2: optional(id),
  level3: optional(id),
  path: optional(id),
  notes: text({ most: LONGEST_NOTES }),
  shownAt: optional(wholeNumber({ least: 0, most: 1e15 })),
}

type Sent = Record<"level1" | "level2" | "level3" | "path" | "shownAt", number | null> & { notes: string }

export const givenIn = ({ level1, level2, level3, path, notes, shownAt }: Sent): GivenProfiling => ({
  reason: path ?? level3 ?? level2 ?? level1,
  notes,
  shownAt: shownAt ?? 0,
})
