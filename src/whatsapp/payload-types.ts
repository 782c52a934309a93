import type { Instant } from "~/kernel/clock.ts"
import type { InboundContent } from "./payload-content-types.ts"

/** The words in which the rest of the house hears about WhatsApp. Every id is Meta's own, as text. */

export type Translation = { items: WireItem[]; rejected: Rejection[] }

/** What could not be understood. `raw` is null only when it is too deep to be written out safely. */
export type Rejection = { reason: RejectionReason; raw: unknown }

export const REJECTION_REASONS = [
  "not_an_envelope",
  "too_deep",
  "not_an_object",
  "not_a_list",
  "no_id",
  "no_timestamp",
  "no_sender",
  "no_recipient",
  "no_status",
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** A JSON object as Meta sent it. */
export type Json = Readonly<Record<string, unknown>>

/** Where an item belongs: the number it came through (the routing key) and its WhatsApp Business Account. */
export type Place = { phoneNumberId: string | null; wabaId: string | null }

/** A person as WhatsApp names them. Since 2026 the phone may be missing and the user id is the identity (§10.1). */
export type Party = {
  userId: string | null
  parentUserId: string | null
  /** Digits only, without "+". */
  phone: string | null
  profileName: string | null
  /** Without the leading "@". */
  username: string | null
}

export type WireError = { code: number; title: string | null; details: string | null }

type Letter = Place & {
  wamid: string
  /** Meta's time, on which the 24-hour window rests. */
  sentAt: Instant
  content: InboundContent
  replyTo: { wamid: string } | null
  /** The product the customer asks about ("Message business" in a catalogue). */
  product: { catalogId: string | null; productId: string | null } | null
  forwarded: "no" | "once" | "often"
  /** The advertisement the customer came through, as Meta sent it (§2.1). */
  referral: Json | null
  /** Groups are not ours to serve: the caller ignores what carries one. */
  groupId: string | null
  errors: WireError[]
  /** Part of a synchronised past (coexistence), not news. */
  historic: boolean
  raw: Json
}

/** A customer wrote. `standby`: while Meta's own agent holds the thread (§4.13). */
export type MessageItem = Letter & {
  kind: "message"
  from: Party
  origin: "customer" | "standby"
  /** Meta's summary of what was said before the thread came (back) to us. */
  threadSummary: string | null
}

/** We wrote, outside this system: the phone app, or another sender on the number. */
export type EchoItem = Letter & {
  kind: "echo"
  to: Party
  origin: "app" | "standby"
  /** Only in history: how far it had got. */
  historicStatus: string | null
}

export type MessageStatus = "sent" | "delivered" | "read" | "played" | "failed"

export type StatusItem = Place & {
  kind: "status"
  wamid: string
  status: MessageStatus
  at: Instant
  /** Our own reference, echoed (`biz_opaque_callback_data`). */
  callbackData: string | null
  recipient: { userId: string | null; parentUserId: string | null; phone: string | null }
  groupId: string | null
  errors: WireError[]
  pricing: { category: string | null; type: string | null; billable: boolean | null } | null
  /** Since v24.0 only for free-entry-point windows (§3). */
  conversation: { id: string | null; origin: string | null; expiresAt: Instant | null } | null
  origin: "number" | "standby"
}

type Ids = { userId: string | null; parentUserId: string | null; phone: string | null }

/** Somebody's ids changed: link the old with the new, as an event, not as chat text. */
export type IdentityItem = Place & {
  kind: "identity"
  change: "number" | "user_id" | "key"
  /** Null when it did not come as a message. */
  wamid: string | null
  at: Instant
  previous: Ids
  current: Ids
  /** The new hash of the customer's identity key; only where the identity check is on. */
  keyHash: string | null
}

/** News about the account, a number, a template or a flow: for the admin's health page. */
export type AccountItem = Place & {
  kind: "account"
  field: string
  at: Instant | null
  event: string | null
  /** The number concerned, digits only, where the field names one. */
  displayPhone: string | null
  template: TemplateNews | null
  value: Json
}

export type TemplateNews = {
  id: string | null
  name: string
  /** Always with an underscore: `en_US`. */
  language: string
  status: string | null
  quality: string | null
  category: string | null
  reason: string | null
}

/** The customer's own choice on marketing messages; `stop` must be honoured (§4.9). */
export type PreferenceItem = Place & {
  kind: "preference"
  customer: Party
  category: string
  value: "stop" | "resume" | "signup"
  detail: string | null
  at: Instant
}

/** The thread changed hands between senders on the number (§4.13). */
export type HandoverItem = Place & {
  kind: "handover"
  change: "passed" | "taken"
  customer: Ids
  previousRole: string | null
  newRole: string | null
  note: string | null
  threadSummary: string | null
  at: Instant
}

/** Progress of a synchronised past; its messages are items of their own. */
export type HistoryItem = Place & {
  kind: "history"
  phase: number | null
  chunkOrder: number | null
  progressPercent: number | null
  errors: WireError[]
}

/** The phone app's address book changed (coexistence). */
export type ContactBookItem = Place & {
  kind: "contactBook"
  action: "add" | "remove"
  contact: Party
  at: Instant | null
}

export type CallItem = Place & {
  kind: "call"
  callId: string
  /** connect, terminate, call_created, call_recording_available…, or ringing, accepted, rejected. */
  event: string
  at: Instant
  direction: "customer" | "business" | null
  customer: Party
  outcome: string | null
  durationSeconds: number | null
  callbackData: string | null
  raw: Json
}

/** Something went wrong on Meta's side that belongs to no message of its own. */
export type ProblemItem = Place & { kind: "problem"; errors: WireError[] }

/** Understood well enough to be left alone. */
export type IgnoredItem = Place & { kind: "ignored"; field: string; reason: IgnoredReason }
export type IgnoredReason = "unknown_field" | "unknown_status" | "unknown_value" | "group" | "empty"

export type WireItem =
  | MessageItem
  | EchoItem
  | StatusItem
  | IdentityItem
  | AccountItem
  | PreferenceItem
  | HandoverItem
  | HistoryItem
  | ContactBookItem
  | CallItem
  | ProblemItem
  | IgnoredItem
