import { sql } from "kysely"
import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

/** Said as the index `noticeOfConversation` says it. */
const place = sql<number | null>`data ->> '$.conversation'`

const about = statement((p: { conversation: Id }) => query.deleteFrom("notice").where(place, "=", p.conversation))
const older = statement((p: { before: Id; limit: number }) =>
  query.selectFrom("notice").select("id").where("id", "<", p.before).orderBy("id").limit(p.limit),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("notice").where("id", "=", p.id))

export const deleteNoticesAbout = (tx: Tx, conversation: Id): void => void tx.run(about, { conversation })

export function deleteNoticesBefore(tx: Tx, before: Id, limit: number): void {
  for (const { id } of tx.all(older, { before, limit })) tx.run(remove, { id })
}
