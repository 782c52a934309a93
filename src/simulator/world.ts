/** What the pretend WhatsApp knows: numbers, customers, chats, media, templates. In memory only, gone at the end. */
import type { Chance } from "~/kernel/chance.ts"
import type { Clock, Instant } from "~/kernel/clock.ts"
import { hours } from "~/kernel/clock.ts"
import type { Words } from "./content.ts"
import type { JsonObject } from "./json.ts"
import type { Wire } from "./wire.ts"

/** A business number as the test or the demo describes it; what is left out is taken from the simulator's options. */
export type SimNumber = {
  phoneNumberId: string
  displayPhoneNumber: string
  wabaId: string
  accessToken: string
  verifiedName: string
  appSecret?: string
  verifyToken?: string
  webhookUrl?: string
  /** A Meta test number: it may write only to customers that exist already (131030 otherwise). */
  testNumber?: boolean
}

/** A business number with everything filled in and what Graph calls have changed about it. */
export type Line = Required<SimNumber> & {
  registered: boolean
  pin: string | null
  profile: JsonObject
  /** Ids of the customers this number has blocked. */
  blocked: Set<string>
  overrideUrl: string | null
}

export type Account = {
  wabaId: string
  subscribed: boolean
  overrideUrl: string | null
  templates: Template[]
}

export type TemplateStatus = "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED"
export type TemplateCategory = "MARKETING" | "UTILITY" | "AUTHENTICATION"
export type Template = {
  id: string
  wabaId: string
  name: string
  language: string
  category: TemplateCategory
  status: TemplateStatus
  parameterFormat: "POSITIONAL" | "NAMED"
  rejectedReason: string
  components: JsonObject[]
}

export type Medium = {
  id: string
  phoneNumberId: string
  bytes: Uint8Array<ArrayBuffer>
  mimeType: string
  filename: string | null
  /** Base64, as webhooks and the media endpoint give it (wire reference §6). */
  sha256: string
  expiresAt: Instant
}

export type Customer = {
  id: string
  name: string
  /** Digits with country code; null for somebody who shows only a username. */
  phone: string | null
  /** Business-scoped user id, `IT.…` (wire reference §10.1). */
  userId: string
  username: string | null
  country: string
  onWhatsApp: boolean
  airplane: boolean
  /** Read receipts on. */
  receipts: boolean
  /** False once the customer has stopped marketing messages (131050). */
  marketing: boolean
  /** Opens what arrives by itself, after the delay of reading. */
  opens: boolean
  /** Phone number ids of the business numbers this customer has blocked. */
  blocked: Set<string>
}

export type Delivery = "waiting" | "sent" | "delivered" | "read" | "played" | "failed"

/** One bubble of a chat. `content` is the wire's object under the key of its type. */
export type SimMessage = {
  id: string
  phoneNumberId: string
  customerId: string
  from: "customer" | "business"
  at: Instant
  type: string
  content: JsonObject
  /** What the bubble says and offers, with a template's variables filled in. */
  words: Words
  quoted: string | null
  callback: string | null
  category: string
  delivery: Delivery
  errorCode: number | null
  reactions: { customer?: string; business?: string }
  edited: boolean
  deleted: boolean
  /** Id of the button or row the customer tapped. */
  chosen: string | null
}

/** An accepted send, in the order of acceptance, with the exact body of the call. */
export type Send = {
  at: Instant
  phoneNumberId: string
  customerId: string
  id: string
  type: string
  callback: string | null
  body: JsonObject
}

export type World = {
  clock: Clock
  chance: Chance
  lines: Map<string, Line>
  accounts: Map<string, Account>
  customers: Map<string, Customer>
  /** The same customers by phone number and by user id. */
  directory: Map<string, Customer>
  messages: Map<string, SimMessage>
  /** The same messages by chat, oldest first. */
  chats: Map<string, SimMessage[]>
  /** When the customer of a chat last wrote: what the service window hangs on. */
  lastWritten: Map<string, Instant>
  media: Map<string, Medium>
  sends: Send[]
  wire: Wire
  /** Until when a business number shows as typing, by chat. */
  typingUntil: Map<string, Instant>
  /** Where this simulator is reached; set when it listens. */
  url: string
}

export const SERVICE_WINDOW = hours(24)

export function createWorld(clock: Clock, chance: Chance, lines: Line[], wire: Wire): World {
  const accounts = new Map<string, Account>()
  for (const { wabaId } of lines)
    accounts.set(wabaId, accounts.get(wabaId) ?? { wabaId, subscribed: true, overrideUrl: null, templates: [] })
  return {
    clock,
    chance,
    lines: new Map(lines.map((line) => [line.phoneNumberId, line])),
    accounts,
    customers: new Map(),
    directory: new Map(),
    messages: new Map(),
    chats: new Map(),
    lastWritten: new Map(),
    media: new Map(),
    sends: [],
    wire,
    typingUntil: new Map(),
    url: "http://simulator.test",
  }
}

/** Customers, chats and files go; numbers, accounts and templates stay. */
export function forget(world: World): void {
  for (const part of [world.customers, world.directory, world.messages, world.chats, world.lastWritten, world.media])
    part.clear()
  world.typingUntil.clear()
  world.sends.length = 0
  world.wire.entries.length = 0
  for (const line of world.lines.values()) line.blocked.clear()
  world.wire.tell({ changed: "phones" })
}

/** The business number, the first one when none is named; throws when there is none such. */
export function lineById(world: World, phoneNumberId?: string): Line {
  const found = phoneNumberId === undefined ? [...world.lines.values()][0] : world.lines.get(phoneNumberId)
  if (!found) throw new Error(`no business number ${phoneNumberId ?? ""}`)
  return found
}

/** A decimal id as Meta's objects have. */
export function objectId(world: World): string {
  const digits = Array.from({ length: 14 }, () => world.chance.below(10)).join("")
  return `1${digits}`
}

/** A message id: opaque, base64-like, as long as the real ones. */
export const messageId = (world: World): string =>
  `wamid.${Buffer.concat([Buffer.from([0x1c, 0x18, 0x0c]), world.chance.bytes(33)]).toString("base64")}`

export const chatKey = (phoneNumberId: string, customerId: string): string => `${phoneNumberId}/${customerId}`

export const digitsOf = (phone: string): string => phone.replace(/\D/g, "")

export const customerByPhone = (world: World, phone: string): Customer | undefined =>
  world.directory.get(digitsOf(phone))

export const customerByUserId = (world: World, userId: string): Customer | undefined => world.directory.get(userId)

export function keepCustomer(world: World, customer: Customer): void {
  world.customers.set(customer.id, customer)
  world.directory.set(customer.userId, customer)
  if (customer.phone !== null) world.directory.set(customer.phone, customer)
}

export function keepMessage(world: World, message: SimMessage): void {
  const key = chatKey(message.phoneNumberId, message.customerId)
  world.messages.set(message.id, message)
  const chat = world.chats.get(key)
  if (chat) chat.push(message)
  else world.chats.set(key, [message])
}

export const chatOf = (world: World, phoneNumberId: string, customerId: string): readonly SimMessage[] =>
  world.chats.get(chatKey(phoneNumberId, customerId)) ?? []

/** Until when free text may be sent: 24 hours after the customer's last message (wire reference §8.1). */
export function windowEnd(world: World, phoneNumberId: string, customerId: string): Instant | null {
  const last = world.lastWritten.get(chatKey(phoneNumberId, customerId))
  return last === undefined ? null : last + SERVICE_WINDOW
}

export function isWindowOpen(world: World, phoneNumberId: string, customerId: string): boolean {
  const end = windowEnd(world, phoneNumberId, customerId)
  return end !== null && world.clock.now() < end
}

/** The customer reached `phoneNumberId` at `at`; an older message than the last changes nothing. */
export function noteWritten(world: World, phoneNumberId: string, customerId: string, at: Instant): void {
  const key = chatKey(phoneNumberId, customerId)
  world.lastWritten.set(key, Math.max(world.lastWritten.get(key) ?? 0, at))
}
