/** The webhook's body, byte for byte as Meta writes and signs it (wire reference §1.2, §1.3). */
import { createHmac } from "node:crypto"
import type { Instant } from "~/kernel/clock.ts"
import type { Json, JsonObject } from "./json.ts"
import type { WireSubject } from "./wire.ts"
import type { Line } from "./world.ts"

/** One thing to tell the product; several may travel in one POST. */
export type Update = {
  line: Line
  field: string
  /** What goes into `value` beside metadata: `messages`, `statuses`, `contacts`… */
  value: JsonObject
  /** Fields about the account rather than a number carry no metadata (wire reference §1.3). */
  bare?: boolean
  subject: WireSubject
  who: string | null
  /** Called once, when the product has answered 200. */
  arrived?: () => void
}

/** A moment as webhooks write it: UNIX seconds, in a string. */
export const unixSeconds = (at: Instant): string => String(Math.floor(at / 1_000))

export const bodyOf = (updates: Update[]): string => escapeAsMeta(JSON.stringify(envelope(updates)))

/** Every code unit above U+007F as a lower-case escape: what Meta signs and sends. */
export const escapeAsMeta = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)

export const signatureOf = (appSecret: string, body: string): string =>
  `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`

function envelope(updates: Update[]): JsonObject {
  const changes: Json[] = []
  for (const { line, field, value, bare } of updates) {
    const last = changes.at(-1) as { field: string; value: JsonObject } | undefined
    if (last?.field === field && joins(last.value, value)) append(last.value, value)
    else changes.push({ field, value: bare ? value : { ...metadataOf(line), ...structuredClone(value) } })
  }
  const [first] = updates
  return { object: "whatsapp_business_account", entry: [{ id: first?.line.wabaId ?? "0", changes }] }
}

const metadataOf = (line: Line): JsonObject => ({
  messaging_product: "whatsapp",
  metadata: {
    display_phone_number: line.displayPhoneNumber.replace(/\D/g, ""),
    phone_number_id: line.phoneNumberId,
  },
})

/** Messages join messages and statuses join statuses, as Meta batches them. */
const joins = (value: JsonObject, other: JsonObject): boolean =>
  ("messages" in value && "messages" in other) || ("statuses" in value && "statuses" in other)

function append(value: JsonObject, other: JsonObject): void {
  for (const key of ["contacts", "messages", "statuses"]) {
    const more = other[key]
    if (!Array.isArray(more)) continue
    const present = value[key]
    const list = Array.isArray(present) ? present : []
    const fresh = more.filter((item) => !list.some((old) => JSON.stringify(old) === JSON.stringify(item)))
    value[key] = [...list, ...structuredClone(fresh)]
  }
}
