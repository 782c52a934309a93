import { differences } from "~/report/queries/recounted.ts"
import { tenantIds } from "~/tenant/queries.ts"
import type { World } from "./world.ts"

/** What was counted along the way is what is counted from the records. */
export function checkCounters(world: World): void {
  const { database } = world
  const wrong = tenantIds(database.appliance.read).flatMap((id) => differences(database.tenant(id).read))
  if (wrong.length > 0)
    throw new Error(`${wrong.length} counters differ from the records:\n${wrong.slice(0, 20).join("\n")}`)
}
