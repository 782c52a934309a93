import { openDataFolder } from "~/database/folder.ts"
import { jsonLog } from "~/kernel/log.ts"
import { indexAgain } from "~/message/actions/indexing.ts"
import { followUp } from "~/reactions.ts"
import type { Bench } from "../command.ts"
import { type Finding, finding } from "./surroundings.ts"

/** Has every word indexed again, in the background of the next start. Only while nobody has the folder open. */
export async function indexAnew({ config, clock, chance }: Bench): Promise<Finding> {
  const { logLevel, ...rest } = config()
  const { database, close } = await openDataFolder({ ...rest, clock, chance, log: jsonLog(logLevel), followUp })
  try {
    await indexAgain(database)
    return finding("ok", "words", "After the next start they are indexed anew, in the background.")
  } finally {
    await close()
  }
}
