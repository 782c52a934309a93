/** A skillset: a group of agents linked by job, and how what waits for them is given away. */
import type { Milliseconds } from "~/kernel/clock.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** By which of its free agents a conversation is taken; `manual`: nobody is pushed, agents help themselves. */
export const STRATEGIES = ["least_loaded", "longest_idle", "round_robin", "manual"] as const
export type Strategy = (typeof STRATEGIES)[number]

/** The highest priority; 0 is the usual one. */
export const MOST_PRIORITY = 9
export const LONGEST_OVERFLOW_SECONDS = 86_400

export type Skillset = {
  id: Id
  name: string
  strategy: Strategy
  /** Given to its new conversations. */
  priority: number
  /** Which other skillset joins in, after how much waiting. */
  overflow: Overflow | null
}
export type Overflow = { to: Id; afterSeconds: number }

export const overflowAfter = ({ afterSeconds }: Overflow): Milliseconds => seconds(afterSeconds)

/** The name as it is kept: trimmed, composed, single spaces. */
export const skillsetName = (written: string): string => written.normalize("NFC").trim().replace(/\s+/g, " ")

export const isSkillsetName = (name: string): boolean => name.length > 0 && name.length <= 80

/** What differs between two sets of ids. */
export function difference<Value>(before: readonly Value[], after: readonly Value[]) {
  const had = new Set(before)
  const has = new Set(after)
  return { added: [...has].filter((one) => !had.has(one)), removed: [...had].filter((one) => !has.has(one)) }
}
