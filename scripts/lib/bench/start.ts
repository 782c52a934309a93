/** How soon the executable answers, and how large it is. */
import { mkdtempSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { removeAtEnd, timeStart } from "./appliance.ts"
import type { Course } from "./course.ts"
import { longHistory } from "./growth.ts"
import { type Figure, median } from "./measure.ts"
import { seeded } from "./seed.ts"

export async function start(course: Course): Promise<Figure[]> {
  const { binary, quick } = course
  const times = quick ? 3 : 9
  const long = await seeded(binary, longHistory(course))
  const [fresh, old]: [number[], number[]] = [[], []]
  for (let round = 0; round < times; round++) {
    const folder = mkdtempSync(join(tmpdir(), "sportello-start-"))
    removeAtEnd(folder)
    fresh.push(await timeStart(binary, folder))
    old.push(await timeStart(binary, long.folder))
  }
  const goal = { atMost: 500 }
  return [
    { what: "start on an empty folder", measured: median(fresh), unit: "ms", goal },
    {
      what: "start on a long history",
      measured: median(old),
      unit: "ms",
      goal,
      note: `${long.pastMessages} messages, ${Math.round(megabytes(join(long.folder, "sportello.db")))} MB`,
    },
    { what: "size of the executable", measured: megabytes(binary), unit: "MB", goal: null },
  ]
}

const megabytes = (path: string): number => statSync(path).size / 1_000_000
