/**
 * Automatic messages: what a number says to its customers by itself, on which occasions, and when it may say it again.
 * How a text is written and filled stands beside this file in rules/.
 */
import type { Conversation } from "~/conversation/rules.ts"
import { unreachable } from "~/kernel/assert.ts"
import { hours, type Instant } from "~/kernel/clock.ts"

export const KINDS = [
  "welcome",
  "queued",
  "closed_hours",
  "transferred",
  "parked",
  "closed",
  "closed_automatically",
  "window_reminder",
  "unknown_customer",
] as const
export type AutomaticKind = (typeof KINDS)[number]

/** By occasion, then by language (BCP 47, as `Intl` writes it); an occasion without texts is switched off. */
export type AutomaticMessages = { readonly [Kind in AutomaticKind]?: TextByLanguage }
export type TextByLanguage = Readonly<Record<string, string>>

const OF_EVERY_KIND = ["customer.name", "number.name", "company.name"] as const
export type Placeholder = (typeof OF_EVERY_KIND)[number] | "agent.firstName" | "skillset" | "position" | "opensAt"

/** What a text may name on its occasion: only what there is to say then. */
export const PLACEHOLDERS: Readonly<Record<AutomaticKind, readonly Placeholder[]>> = {
  welcome: OF_EVERY_KIND,
  queued: [...OF_EVERY_KIND, "skillset", "position"],
  closed_hours: [...OF_EVERY_KIND, "opensAt"],
  transferred: [...OF_EVERY_KIND, "agent.firstName", "skillset"],
  parked: [...OF_EVERY_KIND, "agent.firstName"],
  closed: [...OF_EVERY_KIND, "agent.firstName"],
  closed_automatically: [...OF_EVERY_KIND, "agent.firstName"],
  window_reminder: [...OF_EVERY_KIND, "agent.firstName"],
  unknown_customer: OF_EVERY_KIND,
}

/** When a customer last heard a text of a kind; `until`: when the occasion that called for it ends. */
export type Said = { at: Instant; until: Instant | null }

/**
 * Whether a kind is due again for a customer who heard it before: never twice on the same occasion, so that no number of
 * messages, transfers or restarts makes the appliance repeat itself.
 */
export function mayRepeat(
  kind: AutomaticKind,
  said: Said,
  conversation: Conversation,
  welcomeAgainAfterHours: number,
  now: Instant,
): boolean {
  const { openedAt, waitingSince, lastInboundAt, lastOutboundAt } = conversation
  switch (kind) {
    case "welcome":
      return now >= said.at + hours(welcomeAgainAfterHours)
    case "queued":
      return waitingSince !== null && said.at < waitingSince
    case "closed_hours":
      return said.until !== null && now >= said.until
    case "transferred":
    case "parked":
      return said.at < Math.max(lastInboundAt ?? 0, lastOutboundAt ?? 0)
    case "closed":
    case "closed_automatically":
    case "unknown_customer":
      return said.at < openedAt
    case "window_reminder":
      return said.at < (lastInboundAt ?? 0)
    default:
      return unreachable(kind)
  }
}
