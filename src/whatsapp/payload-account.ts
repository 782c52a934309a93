import type { Instant } from "~/kernel/clock.ts"
import { threadSummaryIn } from "./payload-message.ts"
import { accountIds, partyIn } from "./payload-party.ts"
import { child, digits, either, get, identifier, instant, isRecord, name, text } from "./payload-read.ts"
import type {
  AccountItem,
  ContactBookItem,
  HandoverItem,
  IdentityItem,
  IgnoredItem,
  Json,
  Party,
  Place,
  PreferenceItem,
  RejectionReason,
  TemplateNews,
} from "./payload-types.ts"

/** The fields of §4 that concern the account rather than a conversation. */
export const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([
  "message_template_status_update",
  "message_template_quality_update",
  "message_template_components_update",
  "template_category_update",
  "template_correct_category_detection",
  "phone_number_quality_update",
  "phone_number_name_update",
  "account_update",
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "business_capability_update",
  "business_username_update",
  "business_username_updates",
  "security",
  "partner_solutions",
  "payment_configuration_update",
  "automatic_events",
  "flows",
])

/** Some account events name the portfolio in `entry.id` and the WhatsApp account inside (§1.3). */
export function readAccount(field: string, value: Json, place: Place, entryTime: Instant | null): AccountItem {
  const settings = child(value, "phone_number_settings")
  return {
    kind: "account",
    phoneNumberId: place.phoneNumberId ?? identifier(get(settings, "phone_number_id")),
    wabaId: identifier(get(child(value, "waba_info"), "waba_id")) ?? place.wabaId,
    field,
    at: instant(get(value, "timestamp")) ?? entryTime,
    event: name(either(value, "event", "decision", "status")) ?? name(get(child(value, "alert_info"), "alert_type")),
    displayPhone: digits(either(value, "display_phone_number", "phone_number")),
    template: templateNews(value),
    value,
  }
}

function templateNews(value: Json): TemplateNews | null {
  const title = name(get(value, "message_template_name"))
  const language = name(get(value, "message_template_language"))
  if (title === null || language === null) return null
  return {
    id: identifier(get(value, "message_template_id")),
    name: title,
    language: language.replace("-", "_"),
    status: name(get(value, "event")),
    quality: name(get(value, "new_quality_score")),
    category: name(either(value, "correct_category", "new_category", "message_template_category")),
    reason: name(get(value, "reason")),
  }
}

const CHOICES: ReadonlySet<unknown> = new Set(["stop", "resume", "signup"])
const isChoice = (value: unknown): value is PreferenceItem["value"] => CHOICES.has(value)

export function readPreference(
  raw: Json,
  place: Place,
  contacts: readonly unknown[],
  entryTime: Instant | null,
): PreferenceItem | IgnoredItem | RejectionReason {
  const value = get(raw, "value")
  if (!isChoice(value)) return { kind: "ignored", ...place, field: "user_preferences", reason: "unknown_value" }
  const named = partyIn(raw)
  if (named.phone === null && named.userId === null) return "no_sender"
  const at = instant(get(raw, "timestamp")) ?? entryTime
  if (at === null) return "no_timestamp"
  const known = contacts
    .filter(isRecord)
    .map(partyIn)
    .find((contact) => sameIds(contact, named))
  const customer = { ...named, profileName: known?.profileName ?? null, username: known?.username ?? null }
  const category = name(get(raw, "category")) ?? "marketing_messages"
  return { kind: "preference", ...place, customer, category, value, detail: text(get(raw, "detail")), at }
}

const sameIds = (one: Party, other: Party) =>
  (one.userId !== null && one.userId === other.userId) || (one.phone !== null && one.phone === other.phone)

/** Has no `metadata`: the number is the `recipient` (§4.13). */
export function readHandover(
  value: Json,
  place: Place,
  entryTime: Instant | null,
): HandoverItem | IgnoredItem | RejectionReason {
  const type = get(value, "type")
  if (type !== "control_passed" && type !== "control_taken") {
    return { kind: "ignored", ...place, field: "messaging_handovers", reason: "unknown_value" }
  }
  const customer = accountIds(child(value, "sender"), "phone_number", "user_id", "parent_user_id")
  if (customer.phone === null && customer.userId === null) return "no_sender"
  const at = instant(get(value, "timestamp")) ?? entryTime
  if (at === null) return "no_timestamp"
  const control = child(value, type)
  return {
    kind: "handover",
    wabaId: place.wabaId,
    phoneNumberId: place.phoneNumberId ?? identifier(get(child(value, "recipient"), "phone_number_id")),
    change: type === "control_passed" ? "passed" : "taken",
    customer,
    previousRole: name(get(control, "previous_owner_role")),
    newRole: name(get(control, "new_owner_role")),
    note: text(get(control, "metadata")),
    threadSummary: control === null ? null : threadSummaryIn(control),
    at,
  }
}

export function readContactBook(raw: Json, place: Place): ContactBookItem | IgnoredItem | RejectionReason {
  const action = get(raw, "action")
  if (action !== "add" && action !== "remove") {
    return { kind: "ignored", ...place, field: "smb_app_state_sync", reason: "unknown_value" }
  }
  const card = child(raw, "contact")
  const ids = accountIds(card, "phone_number", "user_id", "parent_user_id")
  if (ids.phone === null && ids.userId === null) return "no_sender"
  const contact = { ...partyIn(card), ...ids, profileName: name(either(card, "full_name", "first_name")) }
  return { kind: "contactBook", ...place, action, contact, at: instant(get(child(raw, "metadata"), "timestamp")) }
}

/** `user_id_update`: documented, then withdrawn as a field; read all the same (§4.9). */
export function readUserIdUpdate(raw: Json, place: Place, entryTime: Instant | null): IdentityItem | RejectionReason {
  const user = child(raw, "user_id")
  const parent = child(raw, "parent_user_id")
  const at = instant(get(raw, "timestamp")) ?? entryTime
  if (at === null) return "no_timestamp"
  const phone = digits(get(raw, "wa_id"))
  const side = (key: "previous" | "current") => ({
    phone,
    userId: identifier(get(user, key)),
    parentUserId: identifier(get(parent, key)),
  })
  const previous = side("previous")
  const current = side("current")
  if (current.userId === null) return "no_id"
  return { kind: "identity", ...place, change: "user_id", wamid: null, at, previous, current, keyHash: null }
}
