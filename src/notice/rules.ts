/** Notices: what a person is told once, wherever they are in the product, until they have looked (the header's bell). */
import type { Id } from "~/kernel/id.ts"

/** Each is a sentence `notice.kind.…` of the catalogues, with an icon in views/notice. */
export const NOTICE_KINDS = [
  "set_to_ready",
  "set_to_back_office",
  "set_to_break",
  "was_disconnected",
  "exclusive_ended",
  "exclusive_skillset_ended",
  "target_lost",
  "offer_declined",
  "offer_declined_because",
  "agent_on_break",
  "nobody_serves",
  "parked_forgotten",
  "came_back_for",
  "kept_too_long",
  "owner_absent",
  "handed_over",
  "yours_taken",
  "yours_transferred",
  "yours_returned",
  "yours_closed",
  "transfer_accepted",
  "parked_answered",
  "window_nearly_over",
  "file_damaged",
  "file_infected",
  "mentioned",
  "mail_failed",
  "message_failed",
  "customer_floods",
  "set_aside",
  "account_news",
  "number_held",
  "number_released",
  "clock_ahead",
  "clock_behind",
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What the sentence speaks of. Ids are named when it is read: `{customer}` `{user}` `{by}` `{skillset}`. */
export type NoticeData = {
  /** The notice leads there, if its reader may see it. */
  conversation?: Id
  user?: Id
  by?: Id
  skillset?: Id
  count?: number
  /** What somebody typed. */
  words?: string
}
export type Notice = { kind: NoticeKind } & NoticeData

/** Whom it is told: each of them once. Nobody is told what they did themselves. */
export type NoticeTo = { users?: readonly (Id | null)[]; supervisors?: true; administrators?: true }

/** So many of a user's latest are kept. */
export const MOST_NOTICES = 60
