/**
 * Presence and capacity of an agent. The status is chosen (Ready, Back office, Break); the link to the browser is
 * observed and never changes what was chosen; the load is counted (3-conversation.md, Presence).
 */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { LINK_GRACE } from "~/tenant/rules.ts"

export const AGENT_STATUSES = ["ready", "back_office", "break"] as const
export type AgentStatus = (typeof AGENT_STATUSES)[number]
/** `live`: a stream is open; `lost`: it dropped and may come back; `gone`: it stayed away beyond the grace. */
/** `missed_offers`: too many offers in a row were not opened. */
export type StatusReason = "missed_offers"
export type AgentLink = "live" | "lost" | "gone"

export type Agent = {
  user: Id
  status: AgentStatus
  statusSince: Instant
  /** Who set it; null: the appliance. */
  statusBy: Id | null
  /** Why the appliance set it; null: somebody chose it. */
  statusReason: StatusReason | null
  link: AgentLink
  linkSince: Instant
  /** offered + active */
  load: number
  /** The most conversations that are given automatically; the user's limit. */
  maximum: number
  /** Since when nothing new was given to or finished by them: the longest idle goes first. */
  idleSince: Instant
  /** Made when they were last given something: whose turn was longest ago is next (round robin). 0: never. */
  lastTurn: Id
  /** Offers in a row that they let pass. */
  missedOffers: number
}

/** Ready and reachable; whether there is room is a matter of load and limit. */
export const isAvailable = (agent: Pick<Agent, "status" | "link">): boolean =>
  agent.status === "ready" && agent.link !== "gone"

export const newAgent = (user: Id, maximum: number, now: Instant): Agent => ({
  user,
  status: "ready",
  statusSince: now,
  statusBy: null,
  statusReason: null,
  link: "gone",
  linkSince: now,
  load: 0,
  maximum,
  idleSince: now,
  lastTurn: 0,
  missedOffers: 0,
})

/** Somebody has chosen it: what was missed before is forgiven. */
export function withStatus(agent: Agent, status: AgentStatus, by: Id, now: Instant): Agent {
  if (agent.status === status) return forgiven(agent)
  const idleSince = status === "ready" ? now : agent.idleSince
  return { ...agent, status, statusSince: now, statusBy: by, statusReason: null, idleSince, missedOffers: 0 }
}

/** They are at work after all. */
export const forgiven = (agent: Agent): Agent => (agent.missedOffers === 0 ? agent : { ...agent, missedOffers: 0 })

/**
 * An offer was not opened; `most` in a row and the appliance sets Break (0: never). Whoever is not Ready, or has lost
 * the connection, does not count as letting it pass.
 */
export function offerMissed(agent: Agent, most: number, now: Instant): Agent {
  if (most === 0 || agent.status !== "ready" || agent.link !== "live") return agent
  const missedOffers = agent.missedOffers + 1
  if (missedOffers < most) return { ...agent, missedOffers }
  return { ...agent, status: "break", statusSince: now, statusBy: null, statusReason: "missed_offers", missedOffers }
}

export function withLink(agent: Agent, link: AgentLink, now: Instant): Agent {
  return agent.link === link ? agent : { ...agent, link, linkSince: now }
}

/** The grace is over only if the stream has stayed away for all of it. */
export const graceOver = (agent: Agent, now: Instant): boolean =>
  agent.link === "lost" && now >= agent.linkSince + LINK_GRACE

/** `turn`: an id made now. */
export const slotTaken = (agent: Agent, turn: Id, now: Instant): Agent => ({
  ...agent,
  load: agent.load + 1,
  idleSince: now,
  lastTurn: turn,
})
export const slotFreed = (agent: Agent, now: Instant): Agent => ({ ...agent, load: agent.load - 1, idleSince: now })

export const deadlines = (agent: Agent) =>
  agent.link === "lost" ? [{ kind: "link_grace_ends" as const, at: agent.linkSince + LINK_GRACE }] : []
