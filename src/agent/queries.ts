/** What screens show of an agent. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { AgentStatus, StatusReason } from "./rules.ts"

export type Standing = {
  status: AgentStatus
  since: Instant
  /** Who set it, when somebody else did. */
  setBy: string | null
  /** Why the appliance set it; null: somebody chose it. */
  reason: StatusReason | null
  load: number
  maximum: number
}

const standing = statement((p: { user: Id }) =>
  query
    .selectFrom("agent")
    .leftJoin("user as setter", "setter.id", "agent.statusBy")
    .select(["agent.status", "agent.statusSince", "agent.statusBy", "agent.statusReason"])
    .select(["agent.load", "agent.maximum"])
    .select(["setter.firstName", "setter.lastName"])
    .where("agent.user", "=", p.user),
)

/** The header's status and count (S17, S18); null for whoever has never been at work. */
export function standingOf(reader: Reader, user: Id): Standing | null {
  const row = reader.one(standing, { user })
  if (!row) return null
  const { status, statusSince, statusBy, statusReason, load, maximum, firstName, lastName } = row
  const setBy = firstName === null || statusBy === user ? null : `${firstName} ${lastName ?? ""}`.trim()
  return { status, since: statusSince, setBy, reason: statusReason, load, maximum }
}
