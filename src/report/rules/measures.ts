/**
 * What is counted. A count is kept for an hour, a day, a month and an hour of the day within a month, each by number, by
 * skillset and by agent; everything that has a number counts there once, so that the sum over numbers is the total.
 */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export const DIMENSIONS = ["channel", "skillset", "agent", "reason"] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Times that are kept as a count, a sum, the longest, and how many fell into which class. */
export const SPANS = ["waited", "first_response", "response", "handled", "open"] as const
export type Span = (typeof SPANS)[number]

/** Upper ends of the classes; the last class has none. */
export const CLASS_ENDS: readonly Milliseconds[] = [
  ...[15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400].map(
    (seconds) => seconds * 1_000,
  ),
]

/** What happens so many times. */
export const COUNTS = [
  "opened",
  "opened_by_us",
  "taken",
  "closed",
  "closed_automatic",
  "unanswered",
  "reopened",
  "gave_up",
  "offered",
  "missed",
  "declined",
  "overflowed",
  "parked",
  "parked_silent",
  "transferred",
  "received",
  "ping_pong",
  "messages_in",
  "messages_out",
  "messages_automatic",
  "messages_elsewhere",
  "templates",
] as const
export type Count = (typeof COUNTS)[number]

/** Milliseconds in a status, for agents alone; `hands`: with a conversation open, each for itself. */
export const PRESENCES = ["ready", "back_office", "break"] as const
export type PresenceMeasure = `${(typeof PRESENCES)[number]}_ms`

export type SpanMeasure = Span | `${Span}_ms` | `${Span}_max` | `${Span}_${number}`
export type Measure = Count | SpanMeasure | PresenceMeasure | "hands_ms"

/** One thing to be counted: `by` is added, but the longest of a span is kept. */
export type Tick = { at: Instant; dimension: Dimension; member: Id; measure: Measure; by: number }

export const isLongest = (measure: string): boolean => measure.endsWith("_max")

/** The class that a time falls into. */
export function classOf(length: Milliseconds): number {
  const index = CLASS_ENDS.findIndex((end) => length < end)
  return index === -1 ? CLASS_ENDS.length : index
}

/** Whose it counts for; without an agent, or without a reason, it counts for none. No skillset yet is member 0. */
export type Members = { channel: Id; skillset?: Id | null | undefined; agent?: Id | null; reason?: Id | null }

/** `by` −1 takes back what was counted; what was longest stays. */
export function ticks(at: Instant, members: Members, measure: Measure, by = 1): Tick[] {
  const { channel, skillset, agent = null, reason = null } = members
  const all: Tick[] = [{ at, dimension: "channel", member: channel, measure, by }]
  if (skillset !== undefined) all.push({ at, dimension: "skillset", member: skillset ?? 0, measure, by })
  if (agent !== null) all.push({ at, dimension: "agent", member: agent, measure, by })
  if (reason !== null) all.push({ at, dimension: "reason", member: reason, measure, by })
  return all
}

export function spanTicks(at: Instant, members: Members, span: Span, length: Milliseconds, times = 1): Tick[] {
  const longest = times > 0 ? ticks(at, members, `${span}_max`, length) : []
  return [
    ...ticks(at, members, span, times),
    ...ticks(at, members, `${span}_ms`, length * times),
    ...ticks(at, members, `${span}_${classOf(length)}`, times),
    ...longest,
  ]
}
