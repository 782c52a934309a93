/** Who is connected: what open streams tell of presence. */
import { loseAllLinks, streamClosed, streamOpened } from "~/agent/actions.ts"
import { forgetWindows } from "~/call/actions/guest.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { tenantIds } from "~/tenant/queries.ts"

/** A browser's stream is what presence sees of its user. */
export function presenceOf(database: AppDatabase, log: Log) {
  const tell = (change: typeof streamOpened) => (user: { id: number; tenant: number }) => {
    database
      .tenant(user.tenant)
      .act(SYSTEM, (tx) => change(tx, user.id))
      .catch((error) => log.error("presence not noted", describeError(error)))
  }
  return { opened: tell(streamOpened), closed: tell(streamClosed) }
}

/** No stream is open at start: whoever was connected has the grace to come back. */
export async function forgetLinks(database: AppDatabase): Promise<void> {
  for (const tenant of tenantIds(database.appliance.read)) {
    await database.tenant(tenant).act(SYSTEM, loseAllLinks)
    await forgetWindows(database, tenant)
  }
}
