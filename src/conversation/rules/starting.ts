/** An agent writes first (S20): what is said, and whether it may be. */
import type { Id } from "~/kernel/id.ts"
import type { GivenValues } from "~/template/rules/filling.ts"

export type FirstMessage =
  | { kind: "text"; text: string; clientId: string }
  | { kind: "template"; template: Id; clientId: string; values: GivenValues }

/** Everything is decided; the conversation follows once its customer is known. */
export type Start = {
  conversation: Id
  customer: Id
  channel: Id
  first: FirstMessage
  /** Under which of the customer's numbers, where somebody named one. */
  address: Id | null
}

/** The first of the number's skillsets that the agent serves, else the number's default one. */
export const skillsetOfStart = (channelSkillsets: readonly Id[], own: readonly Id[]): Id | null =>
  channelSkillsets.find((skillset) => own.includes(skillset)) ?? channelSkillsets[0] ?? null
