/** The product's own code over a seeded folder, in this process: for costs that a request would hide. */
import { openDataFolder } from "~/database/folder.ts"
import { SystemChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { jsonLog } from "~/kernel/log.ts"
import { followUp } from "~/reactions.ts"
import { databaseKey } from "./seed.ts"

/** Opens a seeded folder; its one tenant is 1, its one channel and skillset are looked up. */
export async function openInside(folder: string) {
  const clock = new SystemClock()
  const chance = new SystemChance()
  const log = jsonLog("warn")
  const opened = await openDataFolder({
    dataFolder: folder,
    keyFile: databaseKey(folder),
    clock,
    chance,
    log,
    followUp,
  })
  const tenant = opened.database.tenant(1)
  return { tenant, database: opened.database, close: () => opened.close() }
}

/** Microseconds each of `count` calls took. */
export function timeEach(count: number, call: (index: number) => unknown): number[] {
  return Array.from({ length: count }, (_, index) => {
    const before = performance.now()
    call(index)
    return (performance.now() - before) * 1_000
  })
}
