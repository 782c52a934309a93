/** What is kept of an agent's presence: every change of the status, and every coming and going that the house noticed. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Agent, graceOver, type StatusReason } from "../rules.ts"

/** `set`: by somebody else. `lost`: the connection stayed away beyond the grace. Others: why the appliance did it. */
export type PresenceReason = "chosen" | "set" | StatusReason | "connected" | "lost" | "signed_out"

export type PresenceChange = { user: Id; at: Instant; setBy: Id | null; reason: PresenceReason } & (
  | { part: "status"; was: Agent["status"]; became: Agent["status"] }
  | { part: "link"; was: Agent["link"]; became: Agent["link"] }
)

/** A connection that drops and comes back within the grace is no change: nobody was away. */
export function presenceChanges(before: Agent, next: Agent, now: Instant): PresenceChange[] {
  const { user } = next
  const changes: PresenceChange[] = []
  if (before.status !== next.status) {
    const setBy = next.statusBy
    const reason = next.statusReason ?? (setBy === user ? "chosen" : "set")
    changes.push({ user, at: now, part: "status", was: before.status, became: next.status, setBy, reason })
  }
  const isAway = next.link === "gone"
  if ((before.link === "gone") !== isAway) {
    const reason = !isAway ? "connected" : graceOver(before, now) ? "lost" : "signed_out"
    changes.push({ user, at: now, part: "link", was: before.link, became: next.link, setBy: null, reason })
  }
  return changes
}
