import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteMessage, deleteOldEarly, deleteReceiptOf } from "../store/forgetting.ts"

/** They are gone, with every word and whatever was kept of their way. */
export function forgetMessages(tx: Tx, messages: readonly Id[]): void {
  for (const message of messages) deleteMessage(tx, message)
}

/** Its messages are gone: no receipt is owed for them. */
export const forgetReceipt = (tx: Tx, conversation: Id): void => deleteReceiptOf(tx, conversation)

export const forgetOldEarly = (tx: Tx, before: Instant, most: number): void => deleteOldEarly(tx, before, most)
