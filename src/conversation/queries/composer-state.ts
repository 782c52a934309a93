import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import { ownerStanding, reopenRefusal } from "../queries.ts"
import { mayServe, supervises } from "../rules/policy.ts"
import { type Conversation, ownerOf, type Queued, windowOpen } from "../rules.ts"
import { nameOf, skillsetNameOf } from "./refusal.ts"
import { standingTransfer } from "./transfers.ts"

/** What the composer allows, and why not. */
export type ComposerState =
  | { mode: "ready" }
  | { mode: "offered" }
  | { mode: "takeable" }
  | { mode: "owned"; ownerName: string }
  | { mode: "waiting" }
  /** In the viewer's own wait queue. */
  | { mode: "parked" }
  /** It waits for one user, or for the members of its skillset, and nobody else; until when, and who may end that. */
  | { mode: "reserved"; name: string; until: Instant | null; mayRelease: boolean; mayTake: boolean }
  | { mode: "window_closed" }
  /** A template of the viewer's that nobody has answered yet. */
  | { mode: "unanswered" }
  | { mode: "number_held"; reason: string }
  | { mode: "closed"; mayReopen: boolean }

export function composerState(
  reader: Reader,
  conversation: Conversation,
  actor: UserActor,
  around: { ownerName: string; holdReason: string | null },
): ComposerState {
  const owner = ownerOf(conversation)
  if (conversation.state === "closed") {
    const mayReopen = reopenRefusal(reader, conversation, { user: actor.id, supervises: supervises(actor) }) === null
    return { mode: "closed", mayReopen }
  }
  if (conversation.state === "queued" && conversation.exclusive) return reservedState(reader, conversation, actor)
  const takeable: ComposerState = mayServe(actor, conversation) ? { mode: "takeable" } : { mode: "waiting" }
  if (conversation.state === "queued" || conversation.state === "menu") return takeable
  if (conversation.state === "parked" && owner === null) return takeable
  if (owner === null) return { mode: "waiting" }
  if (owner !== actor.id) {
    const left = conversation.state === "active" && ownerStanding(reader, owner)?.present === false
    return left && takeable.mode === "takeable" ? takeable : { mode: "owned", ownerName: around.ownerName }
  }
  if (conversation.state === "offered") return { mode: "offered" }
  if (conversation.state === "parked") return { mode: "parked" }
  if (conversation.state === "awaiting_reply") return { mode: "unanswered" }
  if (conversation.state !== "active") return { mode: "waiting" }
  if (!windowOpen(conversation, reader.now)) return { mode: "window_closed" }
  return around.holdReason === null ? { mode: "ready" } : { mode: "number_held", reason: around.holdReason }
}

function reservedState(reader: Reader, queued: Queued, actor: UserActor): ComposerState {
  const { id, targetUser, skillset, windowEndsAt } = queued
  const isTheirs = targetUser === actor.id
  const name = targetUser === null ? skillsetNameOf(reader, skillset) : nameOf(reader, targetUser)
  const mayRelease = isTheirs || supervises(actor) || standingTransfer(reader, id)?.sender === actor.id
  const mayTake = targetUser === null ? mayServe(actor, queued) : isTheirs
  return { mode: "reserved", name, until: windowEndsAt, mayRelease, mayTake }
}
