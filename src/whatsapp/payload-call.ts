import type { Instant } from "~/kernel/clock.ts"
import { partyFor } from "./payload-party.ts"
import { digits, get, identifier, instant, name, number, text } from "./payload-read.ts"
import type { CallItem, Json, Place, RejectionReason } from "./payload-types.ts"

type Within = { contacts: readonly unknown[]; displayPhone: string | null }

/** One element of `calls`, or a ring state among the `statuses` beside them (§4.12). */
export function readCall(
  raw: Json,
  place: Place,
  within: Within,
  entryTime: Instant | null,
): CallItem | RejectionReason {
  const callId = identifier(get(raw, "id"))
  if (callId === null) return "no_id"
  const event = name(get(raw, "event")) ?? name(get(raw, "status"))?.toLowerCase() ?? null
  if (event === null) return "no_status"
  const at = instant(get(raw, "timestamp")) ?? entryTime
  if (at === null) return "no_timestamp"
  const direction = directionOf(raw)
  return {
    kind: "call",
    ...place,
    callId,
    event,
    at,
    direction,
    customer: customerOf(raw, direction, within),
    outcome: get(raw, "event") === undefined ? null : (name(get(raw, "status"))?.toLowerCase() ?? null),
    durationSeconds: number(get(raw, "duration")),
    callbackData: text(get(raw, "biz_opaque_callback_data")),
    raw,
  }
}

/** Ring states exist only for calls that the business made; elsewhere the direction may be missing. */
function directionOf(raw: Json): CallItem["direction"] {
  if (get(raw, "direction") === "USER_INITIATED") return "customer"
  if (get(raw, "direction") === "BUSINESS_INITIATED" || get(raw, "type") === "call") return "business"
  return null
}

/** The end that is not our own number; where that cannot be seen, the end that the direction implies. */
function customerOf(raw: Json, direction: CallItem["direction"], within: Within): CallItem["customer"] {
  const company = { contacts: within.contacts, companions: 1 }
  if (get(raw, "recipient_id") !== undefined || get(raw, "recipient_user_id") !== undefined) {
    const ids = { to: get(raw, "recipient_id"), to_user_id: get(raw, "recipient_user_id") }
    return partyFor(ids, "to", company)
  }
  const ours = within.displayPhone
  if (ours !== null && digits(get(raw, "from")) === ours) return partyFor(raw, "to", company)
  if (ours !== null && digits(get(raw, "to")) === ours) return partyFor(raw, "from", company)
  return partyFor(raw, direction === "business" ? "to" : "from", company)
}
