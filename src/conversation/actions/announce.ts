import type { Audience } from "~/database/bell.ts"
import type { Tx } from "~/database/handles.ts"
import { type Conversation, type ConversationFact, ownerOf, slotHolderOf } from "../rules.ts"
import { recordFacts } from "../store/timeline.ts"
import { tellLoss } from "./telling.ts"

/** Records what happened in the timeline, tells what follows from it, and rings for those whose screens show it. */
export function announce(
  tx: Tx,
  before: Conversation | null,
  next: Conversation,
  facts: readonly ConversationFact[],
): void {
  recordFacts(tx, facts, next.skillset)
  const heldBefore = before && slotHolderOf(before)
  const holds = slotHolderOf(next)
  if (heldBefore !== holds && heldBefore) tx.raise({ type: "agent.slot_freed", agent: heldBefore })
  if (heldBefore !== holds && holds) tx.raise({ type: "agent.slot_taken", agent: holds })
  tx.raise(...facts)
  if (before) tellLoss(tx, before, next, facts)
  ringFor(tx, before, next)
}

function ringFor(tx: Tx, before: Conversation | null, next: Conversation): void {
  const owners = [...new Set([before && ownerOf(before), ownerOf(next)])].filter((owner) => owner !== null)
  const concerned: Audience = { users: owners, supervisors: true, skillset: next.skillset }
  tx.ring(`conversation-${next.id}`, { ...concerned, watchersOnly: true })
  if (owners.length > 0) tx.ring("conversations", { users: owners })
  if (before?.state === "awaiting_reply" || next.state === "awaiting_reply")
    tx.ring("templates-sent", { ...concerned, watchersOnly: true })
  // What the customer writes while the offer stands is the line that the pop-up shows.
  if (before?.state === "offered" || next.state === "offered") tx.ring("popups", { users: owners })
  if (before?.state === "menu" || next.state === "menu") tx.ring("unmanaged", { supervisors: true })
  if (before && isInPlace(before, next)) {
    // Whoever has the list on screen reads there what was said last.
    const isListed = next.state !== "active" || next.awaySince !== null
    if (isListed) tx.ring("waiting", { ...concerned, watchersOnly: true })
    return
  }
  tx.ring("waiting", concerned)
  if (owners.length > 0) tx.ring("status", { users: owners })
}

/** It stands in the same list, with the same people. */
const isInPlace = (before: Conversation, next: Conversation): boolean =>
  before.state === next.state &&
  before.stateSince === next.stateSince &&
  before.awaySince === next.awaySince &&
  ownerOf(before) === ownerOf(next)
