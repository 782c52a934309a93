import { openDataFolder } from "~/database/folder.ts"
import { SYSTEM } from "~/facts.ts"
import { jsonLog } from "~/kernel/log.ts"
import { followUp } from "~/reactions.ts"
import { recount as recountTenant } from "~/report/actions/recount.ts"
import { differences } from "~/report/queries/recounted.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { tenantById } from "~/tenant/store.ts"
import { type Command, CommandFailed, parseWords } from "./command.ts"

/** How many of the differences are named. */
const NAMED = 10

export const recount: Command = {
  name: "recount",
  usage: "recount [--check]",
  summary: "make the counters of the reports again from what was recorded",
  help: `The reports are answered from counters that are kept as things happen. This makes them again from the recorded events
and messages; what retention has erased since cannot be counted any more. With --check nothing is changed: exit 1 when what
is kept and what was recorded do not agree. The appliance must be stopped.`,
  async run({ terminal, config, clock, chance }, words) {
    const { values } = parseWords(words, { check: { type: "boolean" } }, [])
    const { logLevel, ...rest } = config()
    const folder = await openDataFolder({ ...rest, clock, chance, log: jsonLog(logLevel), followUp })
    const { database } = folder
    const wrong: string[] = []
    try {
      for (const id of tenantIds(database.appliance.read)) {
        const slug = tenantById(database.appliance.read, id)?.slug ?? ""
        if (values.check) wrong.push(...differences(database.tenant(id).read).map((line) => `${slug}: ${line}`))
        else {
          const count = await database.tenant(id).act(SYSTEM, recountTenant)
          terminal.result(`${slug}: ${count} counters.`)
        }
      }
    } finally {
      await folder.close()
    }
    if (wrong.length > 0)
      throw new CommandFailed([...wrong.slice(0, NAMED), `${wrong.length} counters are not what was recorded.`])
    if (values.check) terminal.result("Every counter is what was recorded.")
  },
}
