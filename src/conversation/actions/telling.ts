/** What becomes of a conversation is told to whoever had it, wherever they look at the moment. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { NoticeKind } from "~/notice/rules.ts"
import { type Conversation, type ConversationFact, ownerOf } from "../rules.ts"

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

/** Somebody else has taken, moved or closed what one had in hand or in one's own wait queue: it vanishes from no list unsaid. */
export function tellLoss(tx: Tx, before: Conversation, next: Conversation, facts: readonly ConversationFact[]): void {
  const owner = before.state === "active" || before.state === "parked" ? ownerOf(before) : null
  const isTheirs = next.state !== "closed" && ownerOf(next) === owner
  if (owner === null || isTheirs || tx.actor.kind !== "user") return
  const kind = facts.map(({ type }) => LOSSES[type]).find((known) => known !== undefined)
  if (kind === undefined) return
  const notice = { kind, conversation: before.id, by: tx.actor.id }
  tx.raise({ type: "notice.due", to: { users: [owner] }, notice })
}

const LOSSES: Readonly<Partial<Record<ConversationFact["type"], NoticeKind>>> = {
  "conversation.activated": "yours_taken",
  "conversation.transferred": "yours_transferred",
  "conversation.handed_over": "yours_transferred",
  "conversation.queued": "yours_returned",
  "conversation.parked": "yours_returned",
  "conversation.closed": "yours_closed",
}
