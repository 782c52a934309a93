/**
 * Who gets it: pure, without chance, so that the same state always gives the same answer (R5). The queries narrow the
 * field by index; every condition that makes somebody eligible is decided here once more.
 */

import type { AssignmentReason } from "~/conversation/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** An agent of the skillset who is Ready and reachable. */
export type Candidate = {
  user: Id
  load: number
  maximum: number
  idleSince: Instant
  /** Let this very conversation pass a short while ago. */
  recentlyOffered: boolean
}

export type Choice = { agent: Id; reason: AssignmentReason }

/**
 * Least loaded (load/maximum), then longest idle, then id. One who let it pass recently gets it again only when nobody
 * else can take it.
 */
export function choose(candidates: readonly Candidate[], skillset: Id | null): Choice | null {
  const free = candidates.filter(hasRoom)
  const fresh = free.filter((candidate) => !candidate.recentlyOffered)
  const pool = fresh.length > 0 ? fresh : free
  const best = pool.reduce<Candidate | null>((best, one) => (best && precedes(best, one) ? best : one), null)
  if (!best) return null
  const { user, load, maximum } = best
  const reason: AssignmentReason = { strategy: "least_loaded", candidates: pool.length, skillset, load, maximum }
  return { agent: user, reason }
}

/** Automatic distribution never exceeds a maximum (R1). */
export const hasRoom = ({ load, maximum }: Pick<Candidate, "load" | "maximum">): boolean => load < maximum

/** Compared by cross-multiplication: no rounding decides about people. */
function precedes(a: Candidate, b: Candidate): boolean {
  const share = a.load * b.maximum - b.load * a.maximum
  if (share !== 0) return share < 0
  return a.idleSince !== b.idleSince ? a.idleSince < b.idleSince : a.user < b.user
}

/** A place in the queue. */
export type Waiting = { id: Id; channel: Id; skillset: Id | null; priority: number; waitingSince: Instant }

/** Priority first, then who waits longest; equal waits in the order of arrival (R4). */
export const inQueueOrder = (a: Waiting, b: Waiting): number =>
  b.priority - a.priority || a.waitingSince - b.waitingSince || a.id - b.id
