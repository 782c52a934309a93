/** `POST /{phone-number-id}/messages`: sends, read receipts and typing (wire reference §5). */
import { seconds } from "~/kernel/clock.ts"
import { wordsOf } from "./content.ts"
import { createCustomer } from "./customers.ts"
import type { Call } from "./graph-call.ts"
import { badParameter, GraphError, invalid, missing } from "./graph-errors.ts"
import { type JsonObject, objectOf, textOf } from "./json.ts"
import { filledWords, templateFor } from "./templates.ts"
import { requireProduct, type ValidSend, validateSend } from "./validation.ts"
import {
  type Customer,
  chatKey,
  chatOf,
  customerByPhone,
  customerByUserId,
  digitsOf,
  isWindowOpen,
  keepMessage,
  type Line,
  messageId,
  type SimMessage,
  type Template,
} from "./world.ts"

const TYPING_SHOWN = seconds(25)
const IMAGE_TYPES = ["image/jpeg", "image/png"]
const MIME_TYPES: Record<string, readonly string[]> = {
  image: IMAGE_TYPES,
  sticker: ["image/webp"],
  video: ["video/mp4", "video/3gpp"],
  audio: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
}

export function sendOrMark(line: Line, call: Call): JsonObject {
  requireProduct(call.body)
  if (call.body.status !== undefined) return markAsRead(line, call)
  return send(line, call)
}

function send(line: Line, call: Call): JsonObject {
  const { world, body } = call
  const valid = validateSend(body)
  call.about({ about: "send", type: valid.type })
  if (!line.registered) throw new GraphError(133010)
  const customer = recipientOf(line, call, valid)
  call.about({ about: "send", type: valid.type }, customer.name)
  const template = valid.type === "template" ? templateFor(world, line.wabaId, valid.content) : null
  if (!template && !isWindowOpen(world, line.phoneNumberId, customer.id))
    throw new GraphError(131047, {
      details:
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    })
  if (template?.category === "AUTHENTICATION" && "userId" in valid.to) throw new GraphError(131062)
  requireMedia(call, valid)
  const message = accept(line, call, valid, customer, template)
  letHappen(call, message, customer, valid, template)
  return accepted(valid, customer, message)
}

function recipientOf(line: Line, { world }: Call, { to }: ValidSend): Customer {
  const known = "userId" in to ? customerByUserId(world, to.userId) : customerByPhone(world, to.phone)
  if (known && line.blocked.has(known.id)) throw new GraphError(130403)
  if (known) return known
  if ("userId" in to) throw new GraphError(131026, { details: "Message undeliverable." })
  if (to.phone === digitsOf(line.displayPhoneNumber)) throw new GraphError(131021)
  if (line.testNumber)
    throw new GraphError(131030, { details: `Recipient phone number not in allowed list: ${to.phone}` })
  return createCustomer(world, { name: `+${to.phone}`, phone: to.phone })
}

function requireMedia({ world }: Call, { type, content }: ValidSend): void {
  const id = textOf(content.id)
  if (id !== "" && MIME_TYPES[type] !== undefined && !world.media.has(id))
    throw invalid(`Media ID ${id} was not found.`)
  if (id !== "" && type === "document" && !world.media.has(id)) throw invalid(`Media ID ${id} was not found.`)
}

function accept(line: Line, call: Call, valid: ValidSend, customer: Customer, template: Template | null): SimMessage {
  const { world, body } = call
  const { phoneNumberId } = line
  const message: SimMessage = {
    id: messageId(world),
    phoneNumberId,
    customerId: customer.id,
    from: "business",
    at: world.clock.now(),
    type: valid.type,
    content: valid.content,
    words: template ? filledWords(template, valid.content) : wordsOf(valid.type, valid.content),
    quoted: valid.quoted,
    callback: valid.callback,
    category: template ? template.category.toLowerCase() : "service",
    delivery: "waiting",
    errorCode: null,
    reactions: {},
    edited: false,
    deleted: false,
    chosen: null,
  }
  keepMessage(world, message)
  world.typingUntil.delete(chatKey(phoneNumberId, customer.id))
  const { id, at, type, callback } = message
  world.sends.push({ at, phoneNumberId, customerId: customer.id, id, type, callback, body: structuredClone(body) })
  world.wire.tell({ changed: "phone", customerId: customer.id })
  return message
}

/** The statuses that follow, or the failure that Meta finds out only afterwards. */
function letHappen(
  call: Call,
  message: SimMessage,
  customer: Customer,
  valid: ValidSend,
  template: Template | null,
): void {
  const { statuses, faults } = call
  const where = { phoneNumberId: message.phoneNumberId, on: "send" } as const
  if (valid.type === "reaction") react(call, valid, message)
  if (faults.strike("status-never", where)) statuses.silence(message)
  const failing = faults.strike("status-failed", where)
  const failure = failing ? { code: failing.code } : failureOf(call, valid, customer, template)
  if (failure) statuses.failSoon(message, failure.code)
  else statuses.begin(message)
  if (faults.strike("status-before-answer", where)) {
    statuses.advance(message, "sent")
    call.answersLast = true
  }
}

function failureOf({ world }: Call, valid: ValidSend, customer: Customer, template: Template | null) {
  if (!customer.onWhatsApp) return { code: 131026 }
  if (template?.category === "MARKETING" && !customer.marketing) return { code: 131050 }
  if (valid.type === "reaction" && !world.messages.has(textOf(valid.content.message_id))) return { code: 131009 }
  const medium = world.media.get(textOf(valid.content.id))
  const allowed = MIME_TYPES[valid.type]
  const mimeType = medium?.mimeType.split(";")[0] ?? ""
  if (medium && allowed && !allowed.includes(mimeType)) return { code: 131053 }
  if (medium && valid.content.voice === true && mimeType !== "audio/ogg") return { code: 131053 }
  return null
}

function react({ world }: Call, { content }: ValidSend, message: SimMessage): void {
  const target = world.messages.get(textOf(content.message_id))
  if (!target || target.customerId !== message.customerId) return
  const emoji = textOf(content.emoji)
  if (emoji === "") delete target.reactions.business
  else target.reactions.business = emoji
}

function accepted({ type, to }: ValidSend, customer: Customer, message: SimMessage): JsonObject {
  const contact =
    "userId" in to
      ? { input: to.userId, user_id: customer.userId }
      : { input: to.input, wa_id: customer.phone ?? to.phone, user_id: customer.userId }
  const status = type === "template" ? { message_status: "accepted" } : {}
  return { messaging_product: "whatsapp", contacts: [contact], messages: [{ id: message.id, ...status }] }
}

/** Marks the message and everything before it; may show the typing dots for 25 seconds (wire reference §5.4). */
function markAsRead(line: Line, call: Call): JsonObject {
  const { world, body } = call
  if (body.status !== "read") throw badParameter("Param status must be one of {READ}.")
  const id = textOf(body.message_id)
  if (id === "") throw missing("message_id")
  const message = world.messages.get(id)
  if (message?.from !== "customer" || message.phoneNumberId !== line.phoneNumberId)
    throw invalid("Message ID is invalid.")
  const typing = body.typing_indicator !== undefined
  const customer = world.customers.get(message.customerId)
  call.about({ about: typing ? "typing" : "receipt" }, customer?.name ?? null)
  if (typing && objectOf(body.typing_indicator).type !== "text") throw invalid("Typing indicator type must be text.")
  for (const earlier of chatOf(world, line.phoneNumberId, message.customerId)) {
    if (earlier.from === "customer" && earlier.delivery !== "waiting") earlier.delivery = "read"
    if (earlier === message) break
  }
  if (typing) showTyping(line, call, message.customerId)
  world.wire.tell({ changed: "phone", customerId: message.customerId })
  return { success: true }
}

function showTyping(line: Line, { world }: Call, customerId: string): void {
  const until = world.clock.now() + TYPING_SHOWN
  world.typingUntil.set(chatKey(line.phoneNumberId, customerId), until)
  world.clock.wakeAt(until, () => world.wire.tell({ changed: "phone", customerId }))
}
