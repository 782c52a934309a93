/** How an agent's presence changed lately: for whoever wants to know where the afternoon went. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { hours, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { PresenceReason } from "../rules/history.ts"
import type { AgentStatus } from "../rules.ts"

export type PresenceEntry = { id: Id; at: Instant; by: string | null } & (
  | { part: "status"; was: AgentStatus; became: AgentStatus; reason: PresenceReason }
  | { part: "link"; reason: PresenceReason }
)

export const HISTORY_SPAN = hours(24)

const changes = statement((p: { user: Id; since: Instant }) =>
  query
    .selectFrom("presenceChange as c")
    .leftJoin("user as setter", "setter.id", "c.setBy")
    .select(["c.id", "c.at", "c.part", "c.was", "c.became", "c.reason", "c.setBy"])
    .select(["setter.firstName", "setter.lastName"])
    .where("c.user", "=", p.user)
    .where("c.at", ">=", p.since)
    .orderBy("c.at", "desc")
    .orderBy("c.id", "desc"),
)

/** The changes of the last 24 hours, latest first. */
export function presenceHistory(reader: Reader, user: Id): PresenceEntry[] {
  return reader.all(changes, { user, since: reader.now - HISTORY_SPAN }).map((row) => {
    const { id, at, part } = row
    const by = row.setBy === null || row.setBy === user ? null : `${row.firstName ?? ""} ${row.lastName ?? ""}`.trim()
    const reason = row.reason as PresenceReason
    if (part === "link") return { id, at, by, part, reason }
    return { id, at, by, part, reason, was: row.was as AgentStatus, became: row.became as AgentStatus }
  })
}
