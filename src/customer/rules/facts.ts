/** What happens to customers, and to files of them. */
import type { Id } from "~/kernel/id.ts"
import type { ConsentChoice, ConsentHow } from "./consent.ts"

export type CustomerFact =
  /** WhatsApp told of a new number or user id; the customer and the history are the same. */
  | { type: "customer.identity_changed"; customer: Id; previousPhone: string | null; phone: string | null }
  /** Somebody nobody knew yet is written to first; they are known under this id from now on. */
  | { type: "customer.addressed"; customer: Id; phone: string; name: string | null }
  /** What is known of them is otherwise. */
  | { type: "customer.changed"; customer: Id }
  | { type: "customer_property.removed"; property: Id }
  /** A file of customers has come in. */
  | { type: "customer_import.file_taken"; import: Id; file: Id; name: string; size: number }
  /** There is something to be done about one; and nobody needs the bytes of one any more. */
  | { type: "customer_import.wanted" }
  | { type: "customer_import.file_let_go"; file: Id }
  /** Two are one person from now on, or two again: whose conversations move with it. */
  | { type: "customer.joined"; customer: Id; joined: Id; conversations: readonly Id[] }
  | { type: "customer.separated"; customer: Id; separated: Id; conversations: readonly Id[] }
  /** A conversation begins under one of their numbers that somebody named. */
  | { type: "customer.named_number"; conversation: Id; address: Id }
  | { type: "customer.blocked"; customer: Id; reason: string }
  | { type: "customer.unblocked"; customer: Id }
  /** The number has another owner: what is open is theirs. */
  | { type: "customer.replaced"; customer: Id; by: Id }
  /** Whether they want to hear from us, and how we know. */
  | { type: "customer.consent_changed"; customer: Id; choice: ConsentChoice; how: ConsentHow; words: string }
