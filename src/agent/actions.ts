/** What happens to an agent's presence and capacity. */
import { loadUser } from "~/account/store.ts"
import type { ActivatedHow } from "~/conversation/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { LINK_GRACE } from "~/tenant/rules.ts"
import { presenceChanges } from "./rules/history.ts"
import {
  type Agent,
  type AgentStatus,
  forgiven,
  graceOver,
  isAvailable,
  offerMissed,
  slotFreed,
  slotTaken,
  withLink,
  withStatus,
} from "./rules.ts"
import { addChange, lostSince } from "./store/history.ts"
import { findAgent, liveAgents, loadAgent, saveAgent } from "./store.ts"

/** Ready, Back office or Break, chosen by the agent or set by a supervisor. */
export function setStatus(tx: Tx, user: Id, status: AgentStatus): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const by = tx.actor.id
  change(tx, user, (agent) => withStatus(agent, status, by, tx.now))
}

/** A supervisor says how somebody stands, who is told. */
export function setStatusOf(tx: Tx, user: Id, status: AgentStatus): void {
  const target = found(loadUser(tx, user))
  found(target.enabled ? user : null)
  const before = agentOf(tx, user).status
  setStatus(tx, user, status)
  if (status === before || tx.actor.kind !== "user") return
  tx.raise({ type: "notice.due", to: { users: [user] }, notice: { kind: `set_to_${status}`, by: tx.actor.id } })
  const subject = { kind: "user", id: user, name: target.username } as const
  tx.raise({ type: "audit.due", act: "agent.status_set", subject, changes: { status: { before, after: status } } })
}

/** The user's first live stream has opened; whoever was taken for gone meanwhile is told. */
export function streamOpened(tx: Tx, user: Id): void {
  const goneAt = lostSince(tx, user)
  change(tx, user, (agent) => withLink(agent, "live", tx.now))
  if (goneAt === null) return
  const count = Math.ceil((tx.now - goneAt + LINK_GRACE) / minutes(1))
  tx.raise({ type: "notice.due", to: { users: [user] }, notice: { kind: "was_disconnected", count } })
}

/** The user's last live stream has closed: the grace begins, unless they have left for good. */
export function streamClosed(tx: Tx, user: Id): void {
  change(tx, user, (agent) => (agent.link === "live" ? withLink(agent, "lost", tx.now) : agent))
}

/** The user has signed out everywhere, or may not sign in any more: no grace. */
export function leave(tx: Tx, user: Id): void {
  change(tx, user, (agent) => withLink(agent, "gone", tx.now))
}

export function endGrace(tx: Tx, user: Id): void {
  change(tx, user, (agent) => (graceOver(agent, tx.now) ? withLink(agent, "gone", tx.now) : agent))
}

/** At start no stream is open: whoever was connected has the grace to come back. */
export function loseAllLinks(tx: Tx): void {
  for (const agent of liveAgents(tx)) saveAgent(tx, agent, withLink(agent, "lost", tx.now))
}

export function takeSlot(tx: Tx, user: Id): void {
  const agent = agentOf(tx, user)
  saveAgent(tx, agent, slotTaken(agent, tx.newId(), tx.now))
  ringAgents(tx)
}

export function freeSlot(tx: Tx, user: Id): void {
  const agent = agentOf(tx, user)
  saveAgent(tx, agent, slotFreed(agent, tx.now))
  ringAgents(tx)
  tx.raise({ type: "agent.available", agent: user })
}

/** They let an offer pass; after several in a row they are on Break, and hear of it at the top of the page. */
export function missOffer(tx: Tx, user: Id): void {
  const { missedOffersUntilBreak: count } = tenantSettings(tx)
  const before = agentOf(tx, user)
  const next = offerMissed(before, count, tx.now)
  change(tx, user, () => next)
  if (next.status !== before.status)
    tx.raise({ type: "notice.due", to: { supervisors: true }, notice: { kind: "agent_on_break", user, count } })
}

/** They have a conversation in hand; one that returned by itself says nothing about them. */
export function noteHandled(tx: Tx, { agent: user, how }: { agent: Id; how: ActivatedHow }): void {
  const before = how === "customer_wrote" ? null : findAgent(tx, user)
  if (before && before.missedOffers > 0) saveAgent(tx, before, forgiven(before))
}

/** Limit or skillsets are others now; nothing is taken away, and there may be room for one more. */
export function followRights(tx: Tx, user: Id): void {
  const before = findAgent(tx, user)
  if (!before) return
  saveAgent(tx, before, { ...before, maximum: limitOf(tx, user) })
  tx.raise({ type: "agent.available", agent: user })
}

const agentOf = (tx: Tx, user: Id): Agent => loadAgent(tx, user, () => limitOf(tx, user))
const limitOf = (tx: Tx, user: Id): number => found(loadUser(tx, user)).maxConversations

function change(tx: Tx, user: Id, to: (agent: Agent) => Agent): void {
  const before = agentOf(tx, user)
  const next = to(before)
  if (next === before) return
  saveAgent(tx, before, next)
  for (const one of presenceChanges(before, next, tx.now)) addChange(tx, one)
  if (before.link !== "gone" && next.link === "gone") tx.raise({ type: "agent.gone", agent: user })
  if (before.link === "gone" && next.link !== "gone") tx.raise({ type: "agent.returned", agent: user })
  if (isAvailable(next) && !isAvailable(before)) tx.raise({ type: "agent.available", agent: user })
  tx.raise({ type: "agent.presence_changed", agent: user })
  tx.ring("status", { users: [user] })
  if (before.statusReason !== next.statusReason) tx.ring("popups", { users: [user] })
  ringAgents(tx)
}

/** Lists that show how agents stand: whoever has one on screen watches the topic. */
const ringAgents = (tx: Tx): void => tx.ring("agents", { everyone: true, watchersOnly: true })
