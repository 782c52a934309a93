/** What others keep of a conversation or its customer has changed: whoever shows it looks again. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { ownerOf } from "../rules.ts"
import { latestOf } from "../store/of-customer.ts"
import { loadConversation } from "../store.ts"

export function showAgain(tx: Tx, id: Id): void {
  const conversation = loadConversation(tx, id)
  if (!conversation) return
  const owner = ownerOf(conversation)
  tx.ring(`conversation-${id}`, {
    users: [owner],
    supervisors: true,
    skillset: conversation.skillset,
    watchersOnly: true,
  })
  if (owner !== null) tx.ring("conversations", { users: [owner] })
}

/** So many of a customer's latest conversations can be on somebody's screen. */
const MOST_SHOWN = 20

export function showCustomerAgain(tx: Tx, customer: Id): void {
  tx.ring(`customer-${customer}`, { everyone: true, watchersOnly: true })
  for (const { id } of latestOf(tx, customer, MOST_SHOWN)) showAgain(tx, id)
}
