/** What becomes of a conversation is told to whoever had it, wherever they look at the moment. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { type Conversation, ownerOf } from "../rules.ts"

/** Somebody has opened what `sender` transferred. */
export function tellAccepted(tx: Tx, conversation: Id, sender: Id | null): void {
  if (sender === null || tx.actor.kind !== "user") return
  const notice = { kind: "transfer_accepted", conversation, by: tx.actor.id } as const
  tx.raise({ type: "notice.due", to: { users: [sender] }, notice })
}

/** The customer has written to one that was in somebody's own wait queue; a public one is nobody's. */
export function tellAnswered(tx: Tx, parked: Conversation): void {
  const owner = ownerOf(parked)
  if (owner === null) return
  tx.raise({ type: "notice.due", to: { users: [owner] }, notice: { kind: "parked_answered", conversation: parked.id } })
}

/** The 24 hours in which anything may be written are nearly over; supervisors step in where its agent is away. */
export function tellWindow(tx: Tx, conversation: Conversation): void {
  const owner = ownerOf(conversation)
  if (owner === null) return
  const notice = { kind: "window_nearly_over", conversation: conversation.id } as const
  const isAway = conversation.awaySince !== null
  tx.raise({ type: "notice.due", to: { users: [owner], ...(isAway ? { supervisors: true } : {}) }, notice })
}
