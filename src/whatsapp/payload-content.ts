import type { ContactCard, InboundContent, MediaReference, OrderItem } from "./payload-content-types.ts"
import { readInteractive } from "./payload-interactive.ts"
import {
  child,
  digits,
  either,
  flag,
  get,
  identifier,
  isRecord,
  list,
  name,
  number,
  text,
  words,
} from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** What a message says. Total: what cannot be read becomes `unknown`, so that the agent sees that something came. */
export function contentOf(message: Json): InboundContent {
  const type = name(get(message, "type")) ?? impliedType(message)
  const read = type === null ? undefined : READERS.get(type)
  return read?.(message) ?? { kind: "unknown", type }
}

/** Meta leaves `type` out on rare occasions; the part that is there says it. */
function impliedType(message: Json): string | null {
  for (const type of READERS.keys()) if (typeof get(message, type) === "object") return type
  return null
}

type Reader = (message: Json) => InboundContent | null

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["text", readText],
  ["image", (message) => withMedia(message, "image", (part) => ({ kind: "image", ...captioned(part) }))],
  ["video", (message) => withMedia(message, "video", (part) => ({ kind: "video", ...captioned(part) }))],
  ["audio", (message) => withMedia(message, "audio", (part) => readAudio(part, flag(get(part, "voice"))))],
  ["voice", (message) => withMedia(message, "voice", (part) => readAudio(part, true))],
  ["document", (message) => withMedia(message, "document", readDocument)],
  ["sticker", (message) => withMedia(message, "sticker", readSticker)],
  ["location", readLocation],
  ["contacts", readContacts],
  ["reaction", readReaction],
  ["button", readButton],
  ["interactive", readInteractive],
  ["order", readOrder],
  ["request_welcome", () => ({ kind: "request_welcome" })],
  ["system", readSystem],
  ["unsupported", readUnsupported],
  ["unknown", readUnsupported],
  ["edit", readEdit],
  ["revoke", readRevoke],
  ["media_placeholder", () => ({ kind: "media_placeholder" })],
  ["template", readTemplate],
])

function readText(message: Json): InboundContent | null {
  const body = text(get(child(message, "text"), "body"))
  return body === null ? null : { kind: "text", text: body }
}

function withMedia(message: Json, key: string, read: (part: Json) => InboundContent): InboundContent | null {
  const part = child(message, key)
  return part === null ? null : read(part)
}

/** `id` for what customers and the app send, `link` for what another sender on the number sent by address. */
const mediaOf = (part: Json): MediaReference => ({
  mediaId: identifier(get(part, "id")),
  mimeType: name(get(part, "mime_type")),
  sha256: name(get(part, "sha256")),
  url: words(either(part, "url", "link")),
})

const captioned = (part: Json) => ({ media: mediaOf(part), caption: words(get(part, "caption")) })

const readAudio = (part: Json, voice: boolean): InboundContent => ({ kind: "audio", media: mediaOf(part), voice })

const readDocument = (part: Json): InboundContent => ({
  kind: "document",
  ...captioned(part),
  fileName: name(get(part, "filename")),
})

const readSticker = (part: Json): InboundContent => ({
  kind: "sticker",
  media: mediaOf(part),
  animated: flag(get(part, "animated")),
})

function readLocation(message: Json): InboundContent | null {
  const part = child(message, "location")
  const latitude = number(get(part, "latitude"))
  const longitude = number(get(part, "longitude"))
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  const place = name(get(part, "name"))
  const address = words(get(part, "address"))
  const url = words(get(part, "url"))
  return { kind: "location", latitude, longitude, name: place, address, url }
}

function readContacts(message: Json): InboundContent | null {
  const cards = list(message, "contacts").filter(isRecord).map(readCard)
  return cards.length === 0 ? null : { kind: "contacts", cards }
}

function readCard(card: Json): ContactCard {
  const named = child(card, "name")
  const parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"].map((part) => name(get(named, part)))
  const strings = (key: string, inner: string) => records(card, key).flatMap((each) => words(get(each, inner)) ?? [])
  return {
    name: name(get(named, "formatted_name")) ?? name(parts.filter(Boolean).join(" ")),
    phones: records(card, "phones").map((phone) => ({
      number: name(get(phone, "phone")),
      whatsappId: digits(get(phone, "wa_id")),
      type: name(get(phone, "type")),
    })),
    emails: records(card, "emails").flatMap((email) => {
      const address = name(get(email, "email"))
      return address === null ? [] : { address, type: name(get(email, "type")) }
    }),
    urls: strings("urls", "url"),
    addresses: records(card, "addresses").flatMap((address) => joined(address, ADDRESS_PARTS) ?? []),
    company: name(get(child(card, "org"), "company")),
    birthday: name(get(card, "birthday")),
    vcard: words(get(card, "vcard")),
    requested: get(card, "origin") === "contact_request",
  }
}

const ADDRESS_PARTS = ["street", "zip", "city", "state", "country"]

const records = (from: Json, key: string): Json[] => list(from, key).filter(isRecord)

const joined = (from: Json, keys: string[]): string | null =>
  keys.flatMap((key) => name(get(from, key)) ?? []).join(", ") || null

function readReaction(message: Json): InboundContent | null {
  const part = child(message, "reaction")
  const targetWamid = identifier(get(part, "message_id"))
  return targetWamid === null ? null : { kind: "reaction", targetWamid, emoji: name(get(part, "emoji")) }
}

function readButton(message: Json): InboundContent | null {
  const part = child(message, "button")
  const payload = words(get(part, "payload"))
  const label = words(get(part, "text")) ?? payload
  return label === null ? null : { kind: "button", text: label, payload }
}

function readOrder(message: Json): InboundContent | null {
  const part = child(message, "order")
  if (part === null) return null
  const items = records(part, "product_items").map(
    (item): OrderItem => ({
      productId: identifier(get(item, "product_retailer_id")),
      quantity: number(get(item, "quantity")),
      price: number(get(item, "item_price")),
      currency: name(get(item, "currency")),
    }),
  )
  return { kind: "order", catalogId: identifier(get(part, "catalog_id")), note: words(get(part, "text")), items }
}

function readSystem(message: Json): InboundContent {
  const part = child(message, "system")
  return { kind: "system", type: name(get(part, "type")), text: words(get(part, "body")) }
}

function readUnsupported(message: Json): InboundContent {
  return { kind: "unsupported", type: name(get(child(message, "unsupported"), "type")) }
}

function readEdit(message: Json): InboundContent | null {
  const part = child(message, "edit")
  const targetWamid = identifier(get(part, "original_message_id"))
  const edited = child(part, "message")
  return targetWamid === null || edited === null ? null : { kind: "edit", targetWamid, content: contentOf(edited) }
}

function readRevoke(message: Json): InboundContent | null {
  const targetWamid = identifier(get(child(message, "revoke"), "original_message_id"))
  return targetWamid === null ? null : { kind: "revoke", targetWamid }
}

function readTemplate(message: Json): InboundContent | null {
  const part = child(message, "template")
  const title = name(get(part, "name"))
  return title === null ? null : { kind: "template", name: title, language: name(get(child(part, "language"), "code")) }
}
