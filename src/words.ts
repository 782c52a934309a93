/** Finding what was said: the index that follows the commits, and who asks it. */
import type { AppDatabase } from "~/database/database.ts"
import type { Clock, Instant } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { indexInBackground } from "~/message/actions/indexing.ts"
import { type FindSaid, findSaid } from "~/message/queries/said.ts"
import { indexedTo, isBehind } from "~/message/store/words.ts"

/** What finds by words, as routes are given it. */
export type Words = { find: FindSaid; stop(): void }

export function composeWords(parts: { database: AppDatabase; clock: Clock; log: Log }): Words {
  const { database } = parts
  const indexing = indexInBackground(parts)
  return {
    stop: indexing.stop,
    async find({ actor, read, request }, ask) {
      await indexing.catchUp()
      const said = await findSaid(database.readingRoom, actor, read.tenant, ask, request.signal)
      return { ...said, behindFrom: behindFrom(database) }
    },
  }
}

/** What was said from here on is not in the index yet; null: everything is. */
function behindFrom({ appliance: { read } }: AppDatabase): Instant | null {
  return isBehind(read) ? madeAt(indexedTo(read, "message")) : null
}
