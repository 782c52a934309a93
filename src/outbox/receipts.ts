import { credentialsOf } from "~/channel/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { receiptPostponed, receiptSettled } from "~/message/actions/receipts.ts"
import type { OutboxParts } from "./outbox.ts"
import { Pool } from "./pool.ts"
import { dueReceipts, nextReceiptAt, type OwedReceipt } from "./rows.ts"
import { backOff, MOST_RECEIPT_TRIES, spread } from "./rules.ts"

/** Tells customers that they were read: best effort, a few tries, then let go. */
export function createReceipts(parts: OutboxParts, changed: () => void): Pool<OwedReceipt> {
  const { read } = parts.database.appliance
  const trade = {
    name: "read receipts",
    atOnce: 8,
    due: (most: number) => dueReceipts(read, most),
    nextAt: () => nextReceiptAt(read),
    keyOf: (receipt: OwedReceipt) => receipt.conversation,
    settle: (receipt: OwedReceipt) => send(parts, receipt),
  }
  return new Pool(parts, trade, changed)
}

async function send(
  { database, client, clock, chance }: OutboxParts,
  { tenant, conversation, channel, wamid, attempt }: OwedReceipt,
): Promise<void> {
  const handle = database.tenant(tenant)
  const answer = await client.markRead(credentialsOf(handle.read, database.secrets, channel), wamid)
  const tries = attempt + 1
  await handle.act(SYSTEM, (tx) => {
    if (answer.result === "ok" || tries >= MOST_RECEIPT_TRIES) receiptSettled(tx, conversation, wamid)
    else {
      const nextAttemptAt = clock.now() + spread(backOff(2 * tries), chance)
      receiptPostponed(tx, { conversation, wamid, attempt: tries, nextAttemptAt })
    }
  })
}
