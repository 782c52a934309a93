import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** What is to go, in the order in which it may: each noun removes its own (src/removals.ts). */
export type RetentionFact =
  /** Something is to be removed, step by step, by whoever sweeps. */
  | { type: "retention.work_begun" }
  /** A customer is to be forgotten: every row of theirs. */
  | { type: "retention.erasure_begun"; erasure: Id; customers: readonly Id[]; askedBy: Id }
  | { type: "removal.begun"; conversation: Id }
  | { type: "removal.messages_due"; messages: readonly Id[] }
  /** Nothing but the conversation is left. */
  | { type: "removal.conversation_due"; conversation: Id }
  /** The bytes alone: the messages stay. */
  | { type: "removal.files_due"; messages: readonly Id[] }
  /** Something that showed a file is gone. */
  | { type: "removal.file_unused"; file: Id }
  | { type: "removal.pieces_due"; file: Id; most: number }
  | { type: "removal.names_due"; customer: Id }
  /** Imports whose kept details name somebody, and the refused rows that do in those which are not over. */
  | { type: "removal.import_details_due"; imports: readonly Id[]; problems: readonly Id[] }
  | { type: "removal.import_problems_due"; import: Id; most: number }
  | { type: "removal.customer_due"; customer: Id }
  | { type: "removal.logs_due"; before: Instant; most: number }
  | { type: "removal.presence_due"; user: Id; before: Instant }
