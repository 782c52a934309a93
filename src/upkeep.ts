/**
 * What the appliance does by itself, beside everybody's work: it looks whether files are whole, makes words findable,
 * reads files of customers, counts reports that are owed by mail, and removes what is to go.
 */
import { createImports, type Imports } from "~/customer/actions/import-running.ts"
import type { FollowUp } from "~/database/act.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Clock } from "~/kernel/clock.ts"
import { lineFile } from "~/kernel/line-file.ts"
import type { Log } from "~/kernel/log.ts"
import { createScrub, type Scrub } from "~/media/actions/scrubbing.ts"
import { createOwedReports, type OwedReports } from "~/report/actions/owing.ts"
import { createErasureMemory } from "~/retention/actions/remembering.ts"
import { createSweep, type Sweep } from "~/retention/actions/sweeping.ts"
import { type Counting, createCounting } from "~/retention/queries/counting.ts"
import * as wire from "~/whatsapp/forgetting.ts"
import { composeWords, type Words } from "~/words.ts"

export type Upkeep = {
  scrub: Scrub
  sweep: Sweep
  imports: Imports
  counting: Counting
  words: Words
  reports: OwedReports
  /** What commits give it to do. */
  follow: FollowUp
  /** Goes on with what the last run left. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** `erasures`: where it stands who was erased. */
export function composeUpkeep(database: AppDatabase, erasures: string, clock: Clock, log: Log): Upkeep {
  const scrub = createScrub({ database, clock, log })
  const counting = createCounting({ path: database.path, now: () => clock.now() })
  const words = composeWords({ database, clock, log })
  const imports = createImports({ database, clock, log })
  const reports = createOwedReports({ database, clock, log })
  const sweep = createSweep({ database, counting, wire, clock, log })
  const memory = createErasureMemory({ database, file: lineFile(erasures), clock, log })
  return {
    scrub,
    sweep,
    imports,
    counting,
    words,
    reports,
    follow(tx, fact) {
      for (const one of [sweep, imports, reports, memory]) one.follow(tx, fact)
    },
    async start() {
      await memory.start()
      for (const one of [sweep, imports, reports]) one.start()
    },
    async stop() {
      scrub.stop()
      words.stop()
      memory.stop()
      await Promise.all([sweep.stop(), imports.stop(), reports.stop()])
    },
  }
}
