/**
 * Who gets it: pure, without chance, so that the same state always gives the same answer (R5). The queries narrow the
 * field by index; every condition that makes somebody eligible is decided here once more.
 */

import type { AgentLink, AgentStatus } from "~/agent/rules.ts"
import type { AssignmentReason } from "~/conversation/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Strategy } from "~/skillset/rules.ts"

/** Somebody who serves a skillset. */
export type Candidate = {
  user: Id
  status: AgentStatus
  link: AgentLink
  load: number
  maximum: number
  idleSince: Instant
  lastTurn: Id
  /** Let this very conversation pass a short while ago. */
  recentlyOffered: boolean
}

/** A skillset that may serve the conversation: its own first, then those that joined in, in that order. */
export type Field = { skillset: Id; strategy: Strategy; candidates: readonly Candidate[] }

export type Choice = { agent: Id; reason: AssignmentReason }

/**
 * The agent whom the customer talked with last; else by the strategy of the first skillset that has anybody. One who
 * let it pass recently gets it again only when nobody else can take it.
 */
export function choose(fields: readonly Field[], lastAgent: Id | null): Choice | null {
  const own = fields[0]?.skillset ?? null
  const asked = fields.filter(({ strategy }) => strategy !== "manual").map(withEligible)
  const fresh = asked.map((field) => ({
    ...field,
    candidates: field.candidates.filter(({ recentlyOffered }) => !recentlyOffered),
  }))
  return byReturn(fresh, lastAgent, own) ?? byStrategy(fresh, own) ?? byStrategy(asked, own)
}

const withEligible = (field: Field): Field => ({ ...field, candidates: field.candidates.filter(isEligible) })

/** Whoever may be given one more without being asked. */
export const isEligible = (one: Candidate): boolean => one.status === "ready" && one.link !== "gone" && hasRoom(one)

/** Automatic distribution never exceeds a maximum (R1). */
export const hasRoom = ({ load, maximum }: Pick<Candidate, "load" | "maximum">): boolean => load < maximum

function byReturn(fields: readonly Field[], lastAgent: Id | null, own: Id | null): Choice | null {
  for (const { skillset, candidates } of fields) {
    const known = candidates.find(({ user }) => user === lastAgent)
    if (known) return choiceOf(known, { strategy: "last_agent", candidates: 1, skillset }, own)
  }
  return null
}

function byStrategy(fields: readonly Field[], own: Id | null): Choice | null {
  for (const { skillset, strategy, candidates } of fields) {
    if (strategy === "manual" || candidates.length === 0) continue
    const best = candidates.reduce((best, one) => (inOrder[strategy](best, one) < 0 ? best : one))
    return choiceOf(best, { strategy, candidates: candidates.length, skillset }, own)
  }
  return null
}

type Why = Pick<AssignmentReason, "strategy" | "candidates" | "skillset">

function choiceOf({ user, load, maximum }: Candidate, why: Why, own: Id | null): Choice {
  return { agent: user, reason: { ...why, overflowFrom: why.skillset === own ? null : own, load, maximum } }
}

type Comparison = (a: Candidate, b: Candidate) => number

/** Equals of one moment go by turn, so that a burst is spread; who never had one goes by id. */
const byTurn: Comparison = (a, b) => a.lastTurn - b.lastTurn || a.user - b.user
const byIdleness: Comparison = (a, b) => a.idleSince - b.idleSince || byTurn(a, b)

const inOrder: Record<Exclude<Strategy, "manual">, Comparison> = {
  /** Compared by cross-multiplication: no rounding decides about people. */
  least_loaded: (a, b) => a.load * b.maximum - b.load * a.maximum || byIdleness(a, b),
  longest_idle: byIdleness,
  round_robin: byTurn,
}

/** A place in a queue. */
export type Waiting = { id: Id; rank: number }

/** The smallest rank first (conversation/rules.ts); equal ranks in the order of arrival (R4). */
export const inQueueOrder = (a: Waiting, b: Waiting): number => a.rank - b.rank || a.id - b.id
