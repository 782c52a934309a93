import { openDataFolder } from "~/database/folder.ts"
import { SYSTEM } from "~/facts.ts"
import { jsonLog } from "~/kernel/log.ts"
import { followUp } from "~/reactions.ts"
import { recount } from "~/report/actions/recount.ts"
import { differences } from "~/report/queries/recounted.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { tenantById } from "~/tenant/store.ts"
import type { Bench } from "../command.ts"
import { type Finding, finding } from "./surroundings.ts"

/**
 * Whether the counters of the reports are what was recorded; `mends`: makes them again from it. What has been erased since
 * cannot be counted any more. Only while nobody has the folder open.
 */
export async function examineCounters(
  { config, clock, chance }: Bench,
  { mends }: { mends: boolean },
): Promise<Finding[]> {
  const { logLevel, ...rest } = config()
  const folder = await openDataFolder({ ...rest, clock, chance, log: jsonLog(logLevel), followUp })
  const { database } = folder
  const findings: Finding[] = []
  try {
    for (const id of tenantIds(database.appliance.read)) {
      const slug = tenantById(database.appliance.read, id)?.slug ?? ""
      if (mends) {
        const count = await database.tenant(id).act(SYSTEM, recount)
        findings.push(finding("ok", "counters", `${slug}: ${count} made again.`))
        continue
      }
      const [first, ...more] = differences(database.tenant(id).read)
      findings.push(
        first === undefined
          ? finding("ok", "counters", `${slug}: what was recorded.`)
          : finding("trouble", "counters", `${slug}: ${more.length + 1} are not what was recorded (${first}).`),
      )
    }
  } finally {
    await folder.close()
  }
  return findings
}
