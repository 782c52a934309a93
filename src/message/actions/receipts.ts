/** Read receipts on their way out; `markSeen` says which are owed. */
import type { Tx } from "~/database/handles.ts"
import type { ReadReceiptRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { dropReceipt, postponeReceipt } from "../store/receipts.ts"

/** Sent, or given up. */
export const receiptSettled = (tx: Tx, conversation: Id, wamid: string): void => dropReceipt(tx, conversation, wamid)

/** To be tried again at `nextAttemptAt`. */
export const receiptPostponed = (tx: Tx, row: Omit<ReadReceiptRow, "channel">): void => postponeReceipt(tx, row)
