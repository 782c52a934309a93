/** What the Cloud API takes and refuses in a send, type by type (wire reference §5). */
import { badParameter, GraphError, invalid, missing } from "./graph-errors.ts"
import { isObject, type JsonObject, listOf, objectOf, textOf } from "./json.ts"
import { validateInteractive } from "./validation-interactive.ts"

export type ValidSend = {
  type: string
  content: JsonObject
  /** Digits, or a business-scoped user id. */
  to: { phone: string; input: string } | { userId: string }
  quoted: string | null
  callback: string | null
}

const CAPTIONED = new Set(["document", "image", "video"])
const TEXT_CHARACTERS = 4096
const CAPTION_CHARACTERS = 1024
const CALLBACK_CHARACTERS = 512
const CONTACTS = 257
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

/** Throws the `GraphError` that Meta would answer. */
export function validateSend(body: JsonObject): ValidSend {
  if (body.recipient_type !== undefined && body.recipient_type !== "individual")
    throw badParameter("Param recipient_type must be one of {INDIVIDUAL} in this simulator")
  const to = recipient(body)
  const type = textOf(body.type) || (isObject(body.text) ? "text" : "")
  const validate = CONTENT[type]
  if (!validate)
    throw badParameter(`Param type must be one of {${Object.keys(CONTENT).join(", ").toUpperCase()}} - got "${type}".`)
  const content = type === "contacts" ? { contacts: body.contacts } : objectOf(body[type])
  if (body[type] === undefined) throw missing(type)
  validate(content, type)
  return { type, content, to, quoted: quotedOf(body), callback: callbackOf(body) }
}

export function requireProduct(body: JsonObject): void {
  if (body.messaging_product !== "whatsapp") throw badParameter("The parameter messaging_product is required.")
}

function recipient(body: JsonObject): ValidSend["to"] {
  const input = textOf(body.to)
  if (input !== "") {
    const phone = input.replace(/\D/g, "")
    if (!/^\+?[\d ().-]+$/.test(input) || phone.length < 5 || phone.length > 15)
      throw invalid(`Parameter to is not a phone number: it must be digits with the country code.`)
    return { phone, input }
  }
  const userId = textOf(body.recipient)
  if (userId === "") throw badParameter("The parameter to is required.")
  if (!USER_ID.test(userId)) throw invalid("Parameter recipient is not a business-scoped user id.")
  return { userId }
}

function quotedOf(body: JsonObject): string | null {
  if (body.context === undefined) return null
  const quoted = textOf(objectOf(body.context).message_id)
  if (quoted === "") throw missing("context['message_id']")
  return quoted
}

function callbackOf(body: JsonObject): string | null {
  const callback = body.biz_opaque_callback_data
  if (callback === undefined || callback === null) return null
  if (typeof callback !== "string") throw badParameter("Param biz_opaque_callback_data must be a string.")
  if (callback.length > CALLBACK_CHARACTERS)
    throw badParameter(`Param biz_opaque_callback_data must be at most ${CALLBACK_CHARACTERS} characters long.`)
  return callback
}

/** What each type must have; throws what Meta answers. */
const CONTENT: Record<string, (content: JsonObject, type: string) => void> = {
  text: validateText,
  audio: validateMedia,
  document: validateMedia,
  image: validateMedia,
  sticker: validateMedia,
  video: validateMedia,
  location: validateLocation,
  contacts: validateContacts,
  reaction: validateReaction,
  interactive: validateInteractive,
  template: validateTemplateShape,
}

function validateText(content: JsonObject): void {
  const { body } = content
  if (typeof body !== "string" || body.trim() === "") throw badParameter("The parameter text['body'] is required.")
  if ([...body].length > TEXT_CHARACTERS)
    throw badParameter(`Param text['body'] must be at most ${TEXT_CHARACTERS} characters long.`)
}

function validateMedia(content: JsonObject, type: string): void {
  const id = textOf(content.id)
  const link = textOf(content.link)
  if (id === "" && link === "") throw badParameter(`Either id or link is required for ${type}.`)
  if (id !== "" && link !== "") throw badParameter(`Only one of id and link may be given for ${type}.`)
  if (link !== "" && !/^https?:\/\/\S+$/.test(link)) throw invalid(`${type}['link'] is not a valid URL.`)
  const caption = content.caption
  if (caption === undefined) return
  if (!CAPTIONED.has(type)) throw badParameter(`Unexpected key "caption" on param "${type}".`)
  if ([...textOf(caption)].length > CAPTION_CHARACTERS)
    throw badParameter(`Param ${type}['caption'] must be at most ${CAPTION_CHARACTERS} characters long.`)
}

function validateReaction(content: JsonObject): void {
  if (textOf(content.message_id) === "") throw missing("reaction['message_id']")
  if (typeof content.emoji !== "string") throw missing("reaction['emoji']")
}

function validateLocation(content: JsonObject): void {
  for (const [name, most] of [
    ["latitude", 90],
    ["longitude", 180],
  ] as const) {
    const value = Number(textOf(content[name]) || Number.NaN)
    if (Number.isNaN(value)) throw missing(`location['${name}']`)
    if (Math.abs(value) > most) throw invalid(`location['${name}'] must be between -${most} and ${most}.`)
  }
}

function validateContacts(content: JsonObject): void {
  const contacts = listOf(content.contacts)
  if (contacts.length === 0) throw missing("contacts")
  if (contacts.length > CONTACTS) throw invalid(`At most ${CONTACTS} contacts may be sent in one message.`)
  for (const contact of contacts) {
    const name = objectOf(objectOf(contact).name)
    if (textOf(name.formatted_name) === "") throw missing("contacts['name']['formatted_name']")
    const parts = ["first_name", "last_name", "middle_name", "prefix", "suffix"]
    if (!parts.some((part) => textOf(name[part]) !== ""))
      throw invalid("contacts['name'] needs at least one part beside formatted_name.")
  }
}

function validateTemplateShape(content: JsonObject): void {
  if (textOf(content.name) === "") throw missing("template['name']")
  if (textOf(objectOf(content.language).code) === "") throw missing("template['language']['code']")
  if (content.components !== undefined && !Array.isArray(content.components))
    throw new GraphError(100, { message: "Param template['components'] must be an array." })
}
