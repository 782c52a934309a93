/** What a customer can send, and how it looks in a webhook (wire reference §2.2). */
import { type Choices, plainWords, type Words } from "./content.ts"
import { addMedium, mediumUrl, RECEIVED_KEPT } from "./graph-media.ts"
import type { JsonObject } from "./json.ts"
import { SAMPLES, type SampleName } from "./samples.ts"
import type { Line, Medium, SimMessage, World } from "./world.ts"

export type PhoneFile = Pick<Medium, "bytes" | "mimeType"> & { filename?: string }
type MediaKind = "image" | "video" | "document" | "sticker" | "voice" | "audio"

export type PhoneContent =
  | { kind: "text"; text: string }
  /** Without `file`, one of the built-in samples. */
  | { kind: MediaKind; file?: PhoneFile; caption?: string }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "contact"; name: string; phone: string }
  /** `emoji` "" takes the reaction back. */
  | { kind: "reaction"; message: string; emoji: string }
  /** Taps a reply button, a quick reply or a list row, by id or title. */
  | { kind: "choice"; message: string; choice: string }
  | { kind: "edit"; message: string; text: string }
  | { kind: "delete"; message: string }
  /** Anything the Cloud API cannot show: a poll, a view-once picture. */
  | { kind: "unsupported"; what: string }
  | { kind: "order"; items: { product: string; quantity: number; price: number }[]; note?: string }
  /** A completed form. */
  | { kind: "form"; answers: JsonObject }
  /** Any message object of the wire, `type` and all. */
  | { kind: "raw"; message: JsonObject }

/** A message on the wire: its type, the object under that key, and what the bubble says. */
export type Inbound = { type: string; body: JsonObject; words: Words; quoted?: string }

/** Throws when the content names a message or choice that is not there: a mistake of the test, not of the product. */
export function inboundOf(world: World, line: Line, content: PhoneContent): Inbound {
  switch (content.kind) {
    case "text":
      return { type: "text", body: { text: { body: content.text } }, words: plainWords(content.text) }
    case "image":
    case "video":
    case "document":
    case "sticker":
    case "voice":
    case "audio":
      return mediaMessage(world, line, content)
    case "location": {
      const { kind: _kind, ...location } = content
      const words = { ...plainWords(content.address ?? ""), heading: content.name ?? "" }
      return { type: "location", body: { location }, words }
    }
    case "contact":
      return contactMessage(content)
    case "reaction": {
      const emoji = content.emoji === "" ? {} : { emoji: content.emoji }
      const body = { reaction: { message_id: requireMessage(world, content.message).id, ...emoji } }
      return { type: "reaction", body, words: plainWords(content.emoji) }
    }
    case "choice":
      return tapped(requireMessage(world, content.message), content.choice)
    case "edit":
      return edited(requireMessage(world, content.message), content.text)
    case "delete":
      return deleted(requireMessage(world, content.message))
    case "unsupported":
      return { type: "unsupported", body: unsupported(content.what), words: plainWords(content.what) }
    case "order":
      return orderMessage(content)
    case "form":
      return formMessage(content.answers)
    case "raw":
      return { type: String(content.message.type), body: content.message, words: plainWords("") }
  }
}

export function requireMessage(world: World, id: string): SimMessage {
  const message = world.messages.get(id)
  if (!message) throw new Error(`no message ${id} on this phone`)
  return message
}

const SAMPLE_OF: Record<MediaKind, SampleName> = {
  image: "photo",
  video: "clip",
  document: "receipt",
  sticker: "sticker",
  voice: "voice",
  audio: "voice",
}

function mediaMessage(world: World, line: Line, content: Extract<PhoneContent, { kind: MediaKind }>): Inbound {
  const { kind, caption } = content
  const file = content.file ?? SAMPLES[SAMPLE_OF[kind]]()
  const filename = file.filename ?? null
  const medium = addMedium(
    world,
    line.phoneNumberId,
    { bytes: file.bytes, mimeType: file.mimeType, filename },
    RECEIVED_KEPT,
  )
  const type = kind === "voice" ? "audio" : kind
  const object: JsonObject = {
    ...(caption === undefined ? {} : { caption }),
    ...(type === "document" ? { filename: filename ?? "document" } : {}),
    ...(type === "sticker" ? { animated: false } : {}),
    mime_type: medium.mimeType,
    sha256: medium.sha256,
    id: medium.id,
    url: mediumUrl(world, medium),
    ...(type === "audio" ? { voice: kind === "voice" } : {}),
  }
  return { type, body: { [type]: object }, words: plainWords(caption ?? "") }
}

function contactMessage({ name, phone }: Extract<PhoneContent, { kind: "contact" }>): Inbound {
  const [first = name, ...rest] = name.split(" ")
  const last = rest.length === 0 ? {} : { last_name: rest.join(" ") }
  const card = {
    name: { formatted_name: name, first_name: first, ...last },
    phones: [{ phone, wa_id: phone.replace(/\D/g, ""), type: "MOBILE" }],
  }
  return { type: "contacts", body: { contacts: [card] }, words: plainWords(name) }
}

const deleted = ({ id }: SimMessage): Inbound => ({
  type: "revoke",
  body: { revoke: { original_message_id: id } },
  words: plainWords(""),
})

function formMessage(answers: JsonObject): Inbound {
  const nfm_reply = { name: "flow", body: "Sent", response_json: JSON.stringify(answers) }
  const words = plainWords(Object.values(answers).map(String).join(", "))
  return { type: "interactive", body: { interactive: { type: "nfm_reply", nfm_reply } }, words }
}

function orderMessage({ items, note }: Extract<PhoneContent, { kind: "order" }>): Inbound {
  const product_items = items.map(({ product, quantity, price }) => ({
    product_retailer_id: product,
    quantity,
    item_price: price,
    currency: "EUR",
  }))
  const order = { catalog_id: "194836987003835", ...(note === undefined ? {} : { text: note }), product_items }
  const lines = items.map(({ product, quantity }) => `${quantity} × ${product}`)
  return { type: "order", body: { order }, words: plainWords([...lines, note].filter(Boolean).join("\n")) }
}

function tapped(message: SimMessage, wanted: string): Inbound {
  const { choices } = message.words
  const choice = choices?.choices.find(({ id, title }) => id === wanted || title === wanted)
  if (!choices || !choice) throw new Error(`message ${message.id} has no choice ${wanted}`)
  const { id, title, description } = choice
  const words = plainWords(title)
  const quoted = message.id
  if (choices.kind === "quick-replies")
    return { type: "button", body: { button: { payload: id, text: title } }, words, quoted }
  const type = REPLY_TYPE[choices.kind]
  const reply = { id, title, ...(description === "" ? {} : { description }) }
  return { type: "interactive", body: { interactive: { type, [type]: reply } }, words, quoted }
}

const REPLY_TYPE: Record<Exclude<Choices["kind"], "quick-replies">, string> = {
  buttons: "button_reply",
  list: "list_reply",
}

function edited(message: SimMessage, text: string): Inbound {
  const now =
    message.type === "text" ? { text: { body: text } } : { [message.type]: { ...message.content, caption: text } }
  const edit = { original_message_id: message.id, message: { type: message.type, ...now } }
  return { type: "edit", body: { edit }, words: plainWords(text) }
}

const unsupported = (what: string): JsonObject => ({
  unsupported: { type: what },
  errors: [
    {
      code: 131051,
      title: "Message type unknown",
      message: "Message type unknown",
      error_data: { details: "Message type is currently not supported." },
    },
  ],
})
