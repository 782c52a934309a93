/** Reading what a colleague wrote is on record; whoever looks at their own template gets its answer. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { conversationPolicy } from "../queries.ts"
import * as receiving from "../rules/receiving.ts"
import { ownerOf } from "../rules.ts"
import { updateConversation } from "../store.ts"
import { userActing, visible } from "./settling.ts"

/** The actor has it on screen, or has it no more. */
export function noteOnScreen(tx: Tx, id: Id, looks: boolean): void {
  const conversation = visible(tx, id)
  const next = receiving.noteOnScreen(conversation, userActing(tx).id, looks, tx.now)
  // Nobody's list shows it: nothing rings.
  if (next !== conversation) updateConversation(tx, conversation, next, conversationPolicy(tx, next.channel))
}

/** Says that somebody opened a conversation that is another's; one's own, and what is nobody's, is no matter of record. */
export function noteLook(tx: Tx, id: Id): void {
  const me = userActing(tx)
  const owner = ownerOf(visible(tx, id))
  if (owner === null || owner === me.id) return
  const subject = { kind: "conversation", id, name: "" } as const
  tx.raise({ type: "audit.due", act: "conversation.looked_at", subject, changes: {} })
}
