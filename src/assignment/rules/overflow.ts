import type { OverflowStep } from "~/conversation/rules.ts"
import type { Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type OverflowPlan = {
  /** Whose conversation it is. */
  own: Id
  /** The overflow that its skillset names itself. */
  overflow: { to: Id; after: Milliseconds } | null
  /** The skillsets of the number, the default one first; one joins in after each such span (0: none does). */
  channelSkillsets: readonly Id[]
  channelAfter: Milliseconds
  /** When the default skillset joins in because nobody serves its own; null: somebody does, or never. */
  unservedAfter: Milliseconds | null
}

/** Which skillsets join a wait and after how much of it: the soonest first, each once, its own never. */
export function overflowSteps({ own, overflow, channelSkillsets, channelAfter, unservedAfter }: OverflowPlan) {
  const steps: OverflowStep[] = overflow ? [{ skillset: overflow.to, after: overflow.after, why: "skillset" }] : []
  const others = channelSkillsets.filter((skillset) => skillset !== own)
  if (channelAfter > 0)
    for (const [index, skillset] of others.entries())
      steps.push({ skillset, after: channelAfter * (index + 1), why: "channel" })
  const [last] = channelSkillsets
  if (unservedAfter !== null && last !== undefined && last !== own)
    steps.push({ skillset: last, after: unservedAfter, why: "nobody_there" })
  const inTime = steps.toSorted((a, b) => a.after - b.after)
  return inTime.filter(({ skillset }, index) => inTime.findIndex((one) => one.skillset === skillset) === index)
}
