/** How long an agent was in which status while they were there; nobody is anything while they are gone. */
import type { AgentStatus } from "~/agent/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { endOfPart } from "./calendar.ts"
import type { Tick } from "./measures.ts"

export type Presence = { user: Id; status: AgentStatus; isThere: boolean; since: Instant }
export type Change = { at: Instant; part: "status" | "link"; became: string }

/** Before the first change an agent is Ready, and not there. */
export const newPresence = (user: Id): Presence => ({ user, status: "ready", isThere: false, since: 0 })

export function countChange(zone: string, before: Presence, change: Change): { next: Presence; ticks: Tick[] } {
  const next =
    change.part === "status"
      ? { ...before, status: change.became as AgentStatus, since: change.at }
      : { ...before, isThere: change.became !== "gone", since: change.at }
  return { next, ticks: spent(zone, before, change.at) }
}

/** What an agent's present status has come to until `until`, each hour for itself. */
export function spent(zone: string, presence: Presence, until: Instant): Tick[] {
  if (!presence.isThere) return []
  const found: Tick[] = []
  const measure = `${presence.status}_ms` as const
  for (let at = presence.since; at < until; ) {
    const end = Math.min(endOfPart(zone, at), until)
    found.push({ at, dimension: "agent", member: presence.user, measure, by: end - at })
    at = end
  }
  return found
}
