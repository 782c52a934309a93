import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Instant } from "~/kernel/clock.ts"
import { translate, type WireItem } from "~/whatsapp/payload.ts"

/** Envelopes as Meta writes them, built from the wire reference §1.3, and what becomes of them. */

export const WABA = "102290129340398"
export const NUMBER = "106540352242922"
export const OUR_PHONE = "15550783881"
export const CUSTOMER = "16505551234"
export const USER_ID = "US.13491208655302741918"
export const SENT_AT: Instant = 1_750_030_073_000

export type Loose = Record<string, unknown>

export const envelope = (...changes: Loose[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: WABA, time: 1_739_321_024, changes }],
})

export const metadata = { display_phone_number: OUR_PHONE, phone_number_id: NUMBER }
export const contact = { profile: { name: "Sheena Nelson" }, wa_id: CUSTOMER }

export const value = (parts: Loose) => ({ messaging_product: "whatsapp", metadata, contacts: [contact], ...parts })

export const change = (field: string, parts: Loose) => ({ field, value: value(parts) })

export const message = (parts: Loose) => ({ from: CUSTOMER, id: "wamid.IN", timestamp: "1750030073", ...parts })

export const inbound = (parts: Loose) => envelope(change("messages", { messages: [message(parts)] }))

export const management = (field: string, parts: Loose) => envelope({ field, value: parts })

type Kind = WireItem["kind"]

/** The only item of an envelope, of the kind expected. */
export function only<K extends Kind>(kind: K, body: unknown): Extract<WireItem, { kind: K }> {
  const { items, rejected } = translate(body)
  const [item] = items
  if (rejected.length > 0 || items.length !== 1 || item === undefined || !isKind(kind, item)) {
    throw new Error(`expected one ${kind}, got ${JSON.stringify({ items, rejected })}`)
  }
  return item
}

const isKind = <K extends Kind>(kind: K, item: WireItem): item is Extract<WireItem, { kind: K }> => item.kind === kind

export const contentOf = (parts: Loose) => only("message", inbound(parts)).content

/** Payloads that others published, where that folder exists; null elsewhere. */
export const sharedFixtures = (): string | null =>
  [join(import.meta.dir, "../../../shared/fixtures/whatsapp"), "/work/shared/fixtures/whatsapp"].find((folder) =>
    existsSync(folder),
  ) ?? null
