/**
 * Profiling: why the customer wrote, said at closing (S36). A tree of reasons of up to three levels, and notes; each
 * demanded, possible or off, as the number says.
 */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** A reason as a file writes it; one that others stand under is chosen itself only if it `mayStop` there. */
export type WrittenReason = { title: string; mayStop: boolean; reasons: readonly WrittenReason[] }

export type Reason = {
  id: Id
  parent: Id | null
  title: string
  mayStop: boolean
  /** Since when it is not offered any more. */
  retiredAt: Instant | null
}

export const DEMANDS = ["off", "optional", "required"] as const
export type Demand = (typeof DEMANDS)[number]

/** What a number asks of whoever closes; `reasons` in the order of the tree, the retired ones among them. */
export type ProfilingPolicy = { reason: Demand; notes: Demand; treeName: string; reasons: readonly Reason[] }

/** `shownAt`: when the reasons were drawn for whoever chose; what was offered then may be chosen still. */
export type GivenProfiling = { reason: Id | null; notes: string; shownAt: Instant }

/** What is kept of it: the labels as they were. */
export type Profiling = { reason: Id | null; path: string | null; notes: string | null }

export const LEVELS = 3

/** What is really asked: a tree without reasons keeps nobody from closing. */
export const asked = ({ reason, notes, reasons }: ProfilingPolicy): { reason: Demand; notes: Demand } => ({
  reason: reasons.some(({ retiredAt }) => retiredAt === null) ? reason : "off",
  notes,
})

/**
 * What closing several at once asks, where one answer does for all of them; null where they demand reasons of different
 * trees. Reasons that nobody demands are not asked for across trees.
 */
export function askedOfAll(policies: readonly ProfilingPolicy[]): ProfilingPolicy | null {
  const wanted = policies.map((policy) => ({ ...policy, ...asked(policy) }))
  const withReason = wanted.filter(({ reason }) => reason !== "off")
  const isOneTree = new Set(withReason.map(({ treeName }) => treeName)).size <= 1
  const reason = strictest(wanted.map((one) => one.reason))
  const notes = strictest(wanted.map((one) => one.notes))
  const { treeName = "", reasons = [] } = withReason[0] ?? {}
  if (isOneTree) return { reason, notes, treeName, reasons }
  return reason === "required" ? null : { reason: "off", notes, treeName: "", reasons: [] }
}

const strictest = (demands: readonly Demand[]): Demand =>
  DEMANDS.findLast((demand) => demands.includes(demand)) ?? "off"

/**
 * What is kept of what was given, null for nothing. Refusals: `profiling.both_required` `profiling.reason_required`
 * `profiling.notes_required` `profiling.deeper {reason}` `profiling.reason_gone`.
 */
export function profiled(policy: ProfilingPolicy, given: GivenProfiling): { value: Profiling | null } | Refusal {
  const wanted = asked(policy)
  const reason = wanted.reason === "off" ? null : given.reason
  const notes = wanted.notes === "off" ? null : given.notes.trim() || null
  const lacksReason = wanted.reason === "required" && reason === null
  const lacksNotes = wanted.notes === "required" && notes === null
  if (lacksReason && lacksNotes) return refuse("profiling.both_required")
  if (lacksReason) return refuse("profiling.reason_required")
  const obstacle = reason === null ? null : obstacleTo(policy.reasons, reason, given.shownAt)
  if (obstacle) return obstacle
  if (lacksNotes) return refuse("profiling.notes_required")
  if (reason === null && notes === null) return { value: null }
  return { value: { reason, path: reason === null ? null : pathOf(policy.reasons, reason), notes } }
}

/** The labels from the first level down: «Service › Booking › Moved». */
export const pathOf = (reasons: readonly Reason[], id: Id): string =>
  lineOf(reasons, id)
    .map(({ title }) => title)
    .join(" › ")

/** A reason with those above it, the first level first. */
export function lineOf(reasons: readonly Reason[], id: Id | null): Reason[] {
  const reason = reasons.find((one) => one.id === id)
  return reason ? [...lineOf(reasons, reason.parent), reason] : []
}

/** Whether it can be the last word: nothing stands under it, or it may stop there. */
export const isEnd = (reasons: readonly Reason[], { id, mayStop }: Reason): boolean =>
  mayStop || !reasons.some(({ parent, retiredAt }) => parent === id && retiredAt === null)

function obstacleTo(reasons: readonly Reason[], id: Id, shownAt: Instant): Refusal | null {
  const reason = reasons.find((one) => one.id === id)
  if (!reason || (reason.retiredAt !== null && reason.retiredAt <= shownAt)) return refuse("profiling.reason_gone")
  return isEnd(reasons, reason) ? null : refuse("profiling.deeper", { reason: reason.title })
}
