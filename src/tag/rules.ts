/** Tags: short words of the tenant on customers and conversations. `VIP` and `vip` are the same tag. */

import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export const TAG_TONES = ["plain", "ok", "info", "warn", "bad"] as const
export type TagTone = (typeof TAG_TONES)[number]
export type Tag = { id: Id; name: string; tone: TagTone }
/** `retiredAt`: since when it is offered no more; where it stands it stays. */
export type KeptTag = Tag & { retiredAt: Instant | null }
/** What carries tags. */
export type TagPlace = { on: "conversation" | "customer"; id: Id }

export const LONGEST_TAG = 40
export const MOST_TAGS = 20

export const tidyTag = (typed: string): string => typed.normalize("NFC").replace(/\s+/g, " ").trim()
/** How tags are told apart: without case and accents. */
export const foldedTag = (name: string): string => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** Why (tidied) words cannot be a tag; null when they can. */
export function refuseTag(name: string): Refusal | null {
  if (name === "") return refuse("field.required")
  if (/\p{Cc}/u.test(name)) return refuse("field.malformed")
  return name.length > LONGEST_TAG ? refuse("field.too_long", { characters: LONGEST_TAG }) : null
}
