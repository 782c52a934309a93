/** What is noted in a conversation's timeline and moves it in no way. */
import type { ConsentChoice, ConsentHow } from "~/customer/rules/consent.ts"

export type Noted =
  /** A copy has left the house. */
  | { type: "conversation.mailed"; to: string; files: number }
  /** Its customer is somebody else now: the number changed hands. */
  | { type: "conversation.new_person" }
  /** Whether the customer wants to hear from us, and how we know. */
  | { type: "conversation.consent_changed"; choice: ConsentChoice; how: ConsentHow; words: string }
