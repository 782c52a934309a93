/** Which of a customer's numbers a conversation is held under: the one they wrote from last. */
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { rowOf } from "../actions.ts"
import { hasMessages, previousAddress } from "../queries/joining.ts"
import type { Identity } from "../rules.ts"
import { knowsJoins, loadAddress, saveAddress } from "../store/joins.ts"

/** They wrote; answers go to where it came from. */
export function noteAddress(tx: Tx, conversation: Id, identity: Identity): void {
  if (!knowsJoins(tx)) return
  const address = found(rowOf(tx, identity)).id
  const kept = loadAddress(tx, conversation)
  const { customer } = found(loadConversation(tx, conversation))
  if (address === (kept?.address ?? customer)) return
  const isMixed = kept !== null || hasMessages(tx, conversation) ? 1 : 0
  saveAddress(tx, { conversation, address, isMixed })
}

/** Somebody said under which number. */
export const holdAt = (tx: Tx, conversation: Id, address: Id): void =>
  saveAddress(tx, { conversation, address, isMixed: 0 })

/** We write first: to the number they wrote from last to ours, unless somebody named another. */
export function inheritAddress(tx: Tx, conversation: Id): void {
  const { customer, channel } = found(loadConversation(tx, conversation))
  const address = previousAddress(tx, { customer, channel, before: conversation })
  if (address !== null && address !== customer && loadAddress(tx, conversation) === null)
    saveAddress(tx, { conversation, address, isMixed: 0 })
}
