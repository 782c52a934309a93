import type { Instant } from "~/kernel/clock.ts"
import { contentOf } from "./payload-content.ts"
import { accountIds, partyFor } from "./payload-party.ts"
import {
  child,
  either,
  flag,
  get,
  identifier,
  instant,
  isRecord,
  list,
  name,
  number,
  text,
  words,
} from "./payload-read.ts"
import type { EchoItem, IdentityItem, Json, MessageItem, Place, RejectionReason, WireError } from "./payload-types.ts"

/** What surrounds the messages of one `value`. */
export type Surroundings = {
  place: Place
  contacts: readonly unknown[]
  /** How many messages share `contacts`: a sole contact speaks for a sole message only. */
  companions: number
  /** `entry.time`, for the rare message that carries no time of its own. */
  entryTime: Instant | null
  standby: boolean
  historic: boolean
  threadSummary: string | null
}

export function readMessage(raw: Json, around: Surroundings): MessageItem | IdentityItem | RejectionReason {
  const head = readHead(raw, around)
  if (typeof head === "string") return head
  if (get(raw, "type") === "system") {
    const identity = readIdentity(raw, head, around.place)
    if (identity !== null) return identity
  }
  const from = partyFor(raw, "from", around)
  if (from.phone === null && from.userId === null) return "no_sender"
  const { standby, threadSummary } = around
  const origin = standby ? "standby" : "customer"
  return { kind: "message", ...head, ...readLetter(raw, raw, around), from, origin, threadSummary }
}

/** Ours, sent elsewhere. While standing by, `message` holds the very body that the other sender sent (§4.13). */
export function readEcho(raw: Json, around: Surroundings): EchoItem | RejectionReason {
  const head = readHead(raw, around)
  if (typeof head === "string") return head
  const sent = child(raw, "message") ?? raw
  const to = partyFor(sent, "to", around)
  if (to.phone === null && to.userId === null) return "no_recipient"
  const historicStatus = name(get(child(raw, "history_context"), "status"))?.toLowerCase() ?? null
  const origin = around.standby ? "standby" : "app"
  return { kind: "echo", ...head, ...readLetter(raw, sent, around), to, origin, historicStatus }
}

/** Text of Meta's summary beside a message or in a handover. */
export const threadSummaryIn = (value: Json): string | null =>
  words(get(child(child(value, "conversation_context"), "summary"), "text"))

export function readErrors(from: Json | null): WireError[] {
  return list(from, "errors")
    .filter(isRecord)
    .flatMap((error) => {
      const code = number(get(error, "code"))
      if (code === null) return []
      const data = get(error, "error_data")
      const details = text(isRecord(data) ? get(data, "details") : data) ?? text(get(error, "details"))
      return { code, title: text(either(error, "title", "message")), details }
    })
}

type Head = Place & { wamid: string; sentAt: Instant }

function readHead(raw: Json, around: Surroundings): Head | RejectionReason {
  const wamid = identifier(get(raw, "id"))
  if (wamid === null) return "no_id"
  const sentAt = instant(get(raw, "timestamp")) ?? around.entryTime
  if (sentAt === null) return "no_timestamp"
  return { ...around.place, wamid, sentAt }
}

/** `body` is `raw`, or what `raw` wraps. */
function readLetter(raw: Json, body: Json, around: Surroundings) {
  const context = child(body, "context")
  const repliedTo = identifier(either(context, "id", "message_id"))
  const product = child(context, "referred_product")
  return {
    content: contentOf(body),
    replyTo: repliedTo === null ? null : { wamid: repliedTo },
    product: product && {
      catalogId: identifier(get(product, "catalog_id")),
      productId: identifier(get(product, "product_retailer_id")),
    },
    forwarded: forwardedIn(context),
    referral: child(raw, "referral"),
    groupId: identifier(get(raw, "group_id")),
    errors: readErrors(raw),
    historic: around.historic,
    raw,
  }
}

function forwardedIn(context: Json | null): "no" | "once" | "often" {
  if (flag(get(context, "frequently_forwarded"))) return "often"
  return flag(get(context, "forwarded")) ? "once" : "no"
}

const CHANGES: ReadonlyMap<unknown, IdentityItem["change"]> = new Map<unknown, IdentityItem["change"]>([
  ["user_changed_number", "number"],
  ["customer_changed_number", "number"],
  ["user_changed_user_id", "user_id"],
  ["customer_identity_changed", "key"],
])

/** Null for a system message that concerns nobody's ids. The previous ids are the sender's (§2.2, "system"). */
function readIdentity(raw: Json, head: Head, place: Place): IdentityItem | null {
  const system = child(raw, "system")
  const change = CHANGES.get(get(system, "type"))
  if (system === null || change === undefined) return null
  const keyHash = identifier(get(child(raw, "identity"), "hash") ?? get(system, "identity"))
  const sender = accountIds(raw, "from", "from_user_id", "from_parent_user_id")
  const stated = accountIds(system, "customer", "previous_user_id", "previous_parent_user_id")
  const current = accountIds(system, "wa_id", "user_id", "parent_user_id")
  const renumbered = accountIds(system, "new_wa_id", "user_id", "parent_user_id")
  return {
    kind: "identity",
    ...place,
    change,
    wamid: head.wamid,
    at: head.sentAt,
    previous: {
      phone: sender.phone ?? stated.phone,
      userId: stated.userId ?? sender.userId,
      parentUserId: stated.parentUserId ?? sender.parentUserId,
    },
    current: { ...current, phone: current.phone ?? renumbered.phone },
    keyHash,
  }
}
