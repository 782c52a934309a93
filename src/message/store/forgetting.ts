/** Messages that go for good, and what was kept beside them. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const some = statement((p: { conversation: Id; limit: number }) =>
  query.selectFrom("message").select("id").where("conversation", "=", p.conversation).orderBy("at").limit(p.limit),
)
const wamidOf = statement((p: { id: Id }) => query.selectFrom("message").select("wamid").where("id", "=", p.id))
const remove = statement((p: { id: Id }) => query.deleteFrom("message").where("id", "=", p.id))
const removeEarly = statement((p: { wamid: string }) => query.deleteFrom("earlyStatus").where("wamid", "=", p.wamid))
const removeReceipt = statement((p: { conversation: Id }) =>
  query.deleteFrom("readReceipt").where("conversation", "=", p.conversation),
)
const oldEarly = statement((p: { before: Instant; limit: number }) =>
  query.selectFrom("earlyStatus").select(["wamid", "status"]).where("at", "<", p.before).limit(p.limit),
)
const removeOne = statement((p: { wamid: string; status: string }) =>
  query.deleteFrom("earlyStatus").where("wamid", "=", p.wamid).where("status", "=", p.status),
)

/** Up to `limit` messages of a conversation, the oldest first. */
export const someMessagesOf = (reader: Reader, conversation: Id, limit: number): Id[] =>
  reader.all(some, { conversation, limit }).map(({ id }) => id)

export function deleteMessage(tx: Tx, id: Id): void {
  const wamid = tx.one(wamidOf, { id })?.wamid ?? null
  if (wamid !== null) tx.run(removeEarly, { wamid })
  tx.run(remove, { id })
}

export const deleteReceiptOf = (tx: Tx, conversation: Id): void => void tx.run(removeReceipt, { conversation })

/** What came early and whose message never came. */
export function deleteOldEarly(tx: Tx, before: Instant, limit: number): void {
  for (const row of tx.all(oldEarly, { before, limit })) tx.run(removeOne, row)
}
