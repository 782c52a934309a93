/** A service number's own choices of behaviour; zero minutes, hours or days switch one off. */
import { settingsOf } from "~/kernel/choices.ts"
import { DEMANDS, type Demand } from "~/profiling/rules.ts"

export type ChannelSettings = {
  /** S35: how long a customer may leave our last word unanswered before the conversation goes to the wait queue. */
  parkSilentAfterMinutes: number
  parkSilentAs: "public" | "personal"
  /** How long a conversation stays in the wait queue before it is closed. */
  closeParkedAfterHours: number
  /** How long a customer who was welcomed is not welcomed again; 0 greets at every new conversation. */
  welcomeAgainAfterHours: number
  /** A message that WhatsApp hands over so late is answered by people alone: the number says nothing to it. 0: however late. */
  silentWhenLateMinutes: number
  /** How long before the end of the 24 hours a customer who owes us an answer is reminded of it. */
  windowReminderBeforeMinutes: number
  /** How long a conversation waits before the number's next skillset joins in, then the one after it; 0: never. */
  overflowAfterSeconds: number
  /** Whether the menu asks while the number is closed; the customer waits for its opening afterwards. */
  menuWhenClosed: boolean
  /** Who is not a saved customer is given to nobody: supervisors see what they write (customer/queries/known.ts). */
  onlyKnownCustomers: boolean
  /** S36: whether closing asks for a reason of contact, and for notes. */
  profilingReason: Demand
  profilingNotes: Demand
}

export const CHANNEL_SETTINGS = settingsOf<ChannelSettings>({
  parkSilentAfterMinutes: { standard: 0, least: 0, most: 10_080 },
  parkSilentAs: { standard: "public", words: ["public", "personal"] },
  closeParkedAfterHours: { standard: 0, least: 0, most: 8_760 },
  welcomeAgainAfterHours: { standard: 12, least: 0, most: 8_760 },
  silentWhenLateMinutes: { standard: 30, least: 0, most: 10_080 },
  windowReminderBeforeMinutes: { standard: 0, least: 0, most: 1_380 },
  overflowAfterSeconds: { standard: 0, least: 0, most: 86_400 },
  menuWhenClosed: { standard: true },
  onlyKnownCustomers: { standard: false },
  profilingReason: { standard: "off", words: DEMANDS },
  profilingNotes: { standard: "off", words: DEMANDS },
})
