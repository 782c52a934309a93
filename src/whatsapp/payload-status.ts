import type { Instant } from "~/kernel/clock.ts"
import { readErrors } from "./payload-message.ts"
import { accountIds } from "./payload-party.ts"
import { child, digits, either, get, identifier, instant, name, text } from "./payload-read.ts"
import type { IgnoredItem, Json, MessageStatus, Place, RejectionReason, StatusItem } from "./payload-types.ts"

const STATUSES: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "played"],
  ["failed", "failed"],
])

/** One element of `statuses` (§3). A status that Meta invents later is ignored, as it advises. */
export function readStatus(
  raw: Json,
  place: Place,
  entryTime: Instant | null,
  standby: boolean,
): StatusItem | IgnoredItem | RejectionReason {
  const written = name(get(raw, "status"))?.toLowerCase()
  if (written === undefined) return "no_status"
  const status = STATUSES.get(written)
  if (status === undefined) return { kind: "ignored", ...place, field: "messages", reason: "unknown_status" }
  const wamid = identifier(get(raw, "id"))
  if (wamid === null) return "no_id"
  const at = instant(get(raw, "timestamp")) ?? entryTime
  if (at === null) return "no_timestamp"
  return {
    kind: "status",
    ...place,
    wamid,
    status,
    at,
    callbackData: text(get(raw, "biz_opaque_callback_data")),
    ...recipientOf(raw),
    errors: readErrors(raw),
    pricing: pricingOf(raw),
    conversation: conversationOf(raw),
    origin: standby ? "standby" : "number",
  }
}

/** In a group the recipient is the group and the participant is the person; spellings vary (§3). */
function recipientOf(raw: Json): Pick<StatusItem, "recipient" | "groupId"> {
  if (get(raw, "recipient_type") !== "group") {
    const ids = accountIds(raw, "recipient_id", "recipient_user_id", "recipient_parent_user_id")
    const parent = identifier(either(raw, "parent_recipient_user_id", "parent_user_id"))
    return { recipient: { ...ids, parentUserId: ids.parentUserId ?? parent }, groupId: null }
  }
  return {
    recipient: {
      phone: digits(either(raw, "recipient_participant_id", "participant_recipient_id")),
      userId: identifier(either(raw, "recipient_participant_user_id", "participant_recipient_user_id")),
      parentUserId: identifier(get(raw, "recipient_participant_parent_user_id")),
    },
    groupId: identifier(get(raw, "recipient_id")),
  }
}

function pricingOf(raw: Json): StatusItem["pricing"] {
  const pricing = child(raw, "pricing") ?? child(child(raw, "conversation"), "pricing")
  if (pricing === null) return null
  const billable = get(pricing, "billable")
  return {
    category: name(get(pricing, "category")),
    type: name(get(pricing, "type")),
    billable: typeof billable === "boolean" ? billable : null,
  }
}

function conversationOf(raw: Json): StatusItem["conversation"] {
  const conversation = child(raw, "conversation")
  if (conversation === null) return null
  return {
    id: identifier(get(conversation, "id")),
    origin: name(get(child(conversation, "origin"), "type")),
    expiresAt: instant(get(conversation, "expiration_timestamp")),
  }
}
