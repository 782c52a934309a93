import type { CallEvent } from "~/call/rules.ts"
import type { Id } from "~/kernel/id.ts"
import type { MenuEnd } from "~/menu/rules.ts"
import type { Profiling } from "~/profiling/rules.ts"
import type {
  ActivatedHow,
  AssignmentReason,
  ClosedHow,
  OverflowStep,
  ParkedWhy,
  QueuedWhy,
  TransferMode,
  WithheldWhy,
} from "../rules.ts"

/** What happens to a conversation; each is also one row of its timeline. */
export type ConversationFact = { conversation: Id } & (
  | { type: "conversation.opened"; how: "inbound" | "outbound" | "template" }
  | { type: "conversation.queued"; skillset: Id | null; targetUser: Id | null; exclusive: boolean; why: QueuedWhy }
  | { type: "conversation.offered"; agent: Id; reason: AssignmentReason | null }
  /** Another skillset's agents may have it too from now on. */
  | { type: "conversation.overflowed"; toSkillset: Id; why: OverflowStep["why"] }
  | { type: "conversation.offer_expired"; agent: Id }
  | { type: "conversation.declined"; agent: Id; reason: string | null }
  | { type: "conversation.activated"; agent: Id; how: ActivatedHow; previousOwner: Id | null }
  | {
      type: "conversation.transferred"
      toUser: Id | null
      toSkillset: Id | null
      mode: TransferMode
      note: string | null
    }
  | { type: "conversation.parked"; as: "public" | "personal"; why: ParkedWhy; reason: string | null }
  /** What waits for the customer comes back to another agent. */
  | { type: "conversation.handed_over"; agent: Id; previousOwner: Id | null }
  | { type: "conversation.awaiting_reply"; agent: Id }
  | { type: "conversation.closed"; how: ClosedHow; profiling: Profiling | null }
  /** A copy has left the house. */
  | { type: "conversation.mailed"; to: string; files: number }
  /** Its customer is somebody else now: the number changed hands. */
  | { type: "conversation.new_person" }
  /** Whether the customer wants to hear from us, and how we know. */
  | { type: "conversation.consent_changed"; choice: "out" | "in"; how: "word" | "whatsapp" | "by_hand"; words: string }
  /** The customer has another number or WhatsApp identity now; nothing else changes. */
  | { type: "conversation.identity_changed"; previousPhone: string | null; phone: string | null }
  /** `path` names the choices made, «Sales › Bikes»; `how` is the menu's own word. */
  | { type: "conversation.menu_ended"; how: MenuEnd; path: string }
  | ({ type: "conversation.call" } & CallEvent)
  /** Its customer is nobody we know, and the number serves known ones only. */
  | { type: "conversation.kept_back" }
  /** An automatic message was due and not sent. */
  | { type: "conversation.message_withheld"; why: WithheldWhy }
)
