/** Finding what was said: the index that follows the commits, and who asks it. */
import type { AppDatabase } from "~/database/database.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import { indexInBackground } from "~/message/actions/indexing.ts"
import { areNamesIndexed, behindFrom } from "~/message/queries/indexed.ts"
import { type FindSaid, findSaid } from "~/message/queries/said.ts"

/** What finds by words, as routes are given it. */
export type Words = { find: FindSaid; isInPieces(): boolean; stop(): void }

export function composeWords(parts: { database: AppDatabase; clock: Clock; log: Log }): Words {
  const { database } = parts
  const indexing = indexInBackground(parts)
  return {
    stop: indexing.stop,
    isInPieces: () => indexing.isInPieces,
    async find({ actor, read, request }, ask) {
      await indexing.catchUp()
      const asked = { ...ask, areNamesIndexed: areNamesIndexed(database.appliance.read) }
      const said = await findSaid(database.readingRoom, actor, read.tenant, asked, request.signal)
      return { ...said, behindFrom: behindFrom(database.appliance.read) }
    },
  }
}
