/** The read receipt owed to a customer, one per conversation: the latest message marks the earlier ones too. */
import type { Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ReadReceiptRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const insert = inserting("readReceipt", ["conversation", "channel", "wamid", "attempt", "nextAttemptAt"])
const replaced = statement((p: { conversation: Id }) =>
  query.deleteFrom("readReceipt").where("conversation", "=", p.conversation),
)
const settled = statement((p: { conversation: Id; wamid: string }) =>
  query.deleteFrom("readReceipt").where("conversation", "=", p.conversation).where("wamid", "=", p.wamid),
)
const later = statement((p: { conversation: Id; wamid: string; attempt: number; nextAttemptAt: Instant }) =>
  query
    .updateTable("readReceipt")
    .set(slotRow(["attempt", "nextAttemptAt"]))
    .where("conversation", "=", p.conversation)
    .where("wamid", "=", p.wamid),
)

export function oweReceipt(tx: Tx, conversation: Id, channel: Id, wamid: string): void {
  tx.run(replaced, { conversation })
  tx.run(insert, { conversation, channel, wamid, attempt: 0, nextAttemptAt: tx.now })
}

/** Sent, or given up; a newer one that is owed meanwhile stays. */
export function dropReceipt(tx: Tx, conversation: Id, wamid: string): void {
  tx.run(settled, { conversation, wamid })
}

export function postponeReceipt(tx: Tx, row: Omit<ReadReceiptRow, "channel">): void {
  tx.run(later, row)
}
