/** One pretend phone: everything its customer can do with it. */
import type { Instant } from "~/kernel/clock.ts"
import { newUserId } from "./customers.ts"
import { unixSeconds } from "./envelope.ts"
import { inboundOf, type PhoneContent, requireMessage } from "./inbound.ts"
import { type JsonObject, objectOf } from "./json.ts"
import { contactOf, type Statuses } from "./statuses.ts"
import type { Webhooks } from "./webhooks.ts"
import {
  type Customer,
  chatOf,
  digitsOf,
  keepMessage,
  type Line,
  lineById,
  messageId,
  noteWritten,
  type SimMessage,
  type World,
} from "./world.ts"

export type SayOptions = {
  /** Phone number id of the business number; the first one otherwise. */
  to?: string
  /** Id of the message this one answers. */
  quote?: string
  forwarded?: boolean
  /** The click-to-WhatsApp ad the customer came from (wire reference §2.1). */
  referral?: JsonObject
  /** When Meta got it, if not now. */
  at?: Instant
}

export type PhoneServices = { world: World; webhooks: Webhooks; statuses: Statuses }

/** One customer's phone. What it sends returns at once with the message's id; `idle()` tells when it has arrived. */
export class Phone {
  #unsent: (() => void)[] = []

  constructor(
    private readonly services: PhoneServices,
    readonly customer: Customer,
  ) {}

  say(text: string, options: SayOptions = {}): string {
    return this.send({ kind: "text", text }, options)
  }

  tap(message: string, choice: string): string {
    return this.send({ kind: "choice", message, choice })
  }

  react(message: string, emoji: string): string {
    return this.send({ kind: "reaction", message, emoji })
  }

  send(content: PhoneContent, options: SayOptions = {}): string {
    const { world } = this.services
    const line = this.#line(options.to ?? lineOfContent(world, content))
    const { type, body, words, quoted } = inboundOf(world, line, content)
    const answered = options.quote ?? quoted ?? null
    const message: SimMessage = {
      id: messageId(world),
      phoneNumberId: line.phoneNumberId,
      customerId: this.customer.id,
      from: "customer",
      at: options.at ?? world.clock.now(),
      type,
      content: objectOf(body[type]),
      words,
      quoted: answered,
      callback: null,
      category: "service",
      delivery: "waiting",
      errorCode: null,
      reactions: {},
      edited: false,
      deleted: false,
      chosen: null,
    }
    this.#apply(content)
    keepMessage(world, message)
    const leave = () => this.#leave(line, message, { ...body, ...contextOf(line, answered, options) })
    if (this.customer.airplane) this.#unsent.push(leave)
    else leave()
    this.#changed()
    return message.id
  }

  /** Everything said to or by one business number, oldest first. */
  chat(phoneNumberId?: string): readonly SimMessage[] {
    return chatOf(this.services.world, this.#line(phoneNumberId).phoneNumberId, this.customer.id)
  }

  /** What the business has written, oldest first. */
  received(phoneNumberId?: string): SimMessage[] {
    return this.chat(phoneNumberId).filter(({ from }) => from === "business")
  }

  airplaneMode(on: boolean): void {
    this.customer.airplane = on
    if (!on) {
      for (const leave of this.#unsent) leave()
      this.#unsent = []
      this.services.statuses.reconnect(this.customer)
    }
    this.#changed()
  }

  readReceipts(on: boolean): void {
    this.customer.receipts = on
    this.#changed()
  }

  /** Whether chats are opened by themselves; `open` does it by hand. */
  opensByItself(on: boolean): void {
    this.customer.opens = on
  }

  open(phoneNumberId?: string): void {
    this.services.statuses.open(this.customer, this.#line(phoneNumberId).phoneNumberId)
  }

  /** Plays a voice message: the status `played`. */
  play(message: string): void {
    this.services.statuses.play(requireMessage(this.services.world, message))
  }

  /** Blocks or unblocks a business number: its messages stay at one tick. */
  block(on: boolean, phoneNumberId?: string): void {
    const line = this.#line(phoneNumberId)
    if (on) this.customer.blocked.add(line.phoneNumberId)
    else this.customer.blocked.delete(line.phoneNumberId)
    if (!on) this.services.statuses.reconnect(this.customer)
    this.#changed()
  }

  /** Says «stop» or «resume» to marketing messages (wire reference §4.9). */
  marketing(value: "stop" | "resume", phoneNumberId?: string): void {
    const { world } = this.services
    this.customer.marketing = value === "resume"
    const { phone, userId } = this.customer
    const preference = {
      ...(phone === null ? {} : { wa_id: phone }),
      user_id: userId,
      detail: `User requested to ${value} marketing messages`,
      category: "marketing_messages",
      value,
      timestamp: Math.floor(world.clock.now() / 1_000),
    }
    const preferences = { contacts: [contactOf(this.customer)], user_preferences: [preference] }
    this.#post(this.#line(phoneNumberId), preferences, "user_preferences")
  }

  /** A new SIM card: every business hears of it, and the user id changes too (wire reference §2.2, §10.1). */
  changeNumber(phone: string, phoneNumberId?: string): void {
    const { world } = this.services
    const { phone: oldPhone, userId: previous, country, name } = this.customer
    if (oldPhone !== null) world.directory.delete(oldPhone)
    world.directory.delete(previous)
    Object.assign(this.customer, { phone: digitsOf(phone), userId: newUserId(world, country) })
    world.directory.set(digitsOf(phone), this.customer).set(this.customer.userId, this.customer)
    const system = {
      body: `${name} changed from ${oldPhone ?? previous} to ${digitsOf(phone)}`,
      wa_id: digitsOf(phone),
      type: "user_changed_number",
      user_id: this.customer.userId,
      previous_user_id: previous,
    }
    const message = {
      ...(oldPhone === null ? {} : { from: oldPhone }),
      from_user_id: previous,
      id: messageId(world),
      timestamp: unixSeconds(world.clock.now()),
      type: "system",
      system,
    }
    this.#post(this.#line(phoneNumberId), { messages: [message] }, "messages")
    world.wire.tell({ changed: "phones" })
  }

  #line(phoneNumberId?: string): Line {
    return lineById(this.services.world, phoneNumberId)
  }

  /** What the message does to an earlier one on the phone itself. */
  #apply(content: PhoneContent): void {
    const { world } = this.services
    if (content.kind === "raw" || !("message" in content)) return
    const target = requireMessage(world, content.message)
    if (content.kind === "choice") target.chosen = content.choice
    if (content.kind === "delete") target.deleted = true
    if (content.kind === "edit") Object.assign(target, { edited: true, words: { ...target.words, text: content.text } })
    if (content.kind !== "reaction") return
    if (content.emoji === "") delete target.reactions.customer
    else target.reactions.customer = content.emoji
  }

  #leave(line: Line, message: SimMessage, body: JsonObject): void {
    const { world, webhooks } = this.services
    const { phone, userId, name } = this.customer
    message.delivery = "sent"
    if (line.blocked.has(this.customer.id)) return
    noteWritten(world, line.phoneNumberId, this.customer.id, message.at)
    const wired = {
      ...(phone === null ? {} : { from: phone }),
      from_user_id: userId,
      id: message.id,
      timestamp: unixSeconds(message.at),
      type: message.type,
      ...body,
    }
    webhooks.post({
      line,
      field: "messages",
      value: { contacts: [contactOf(this.customer)], messages: [wired] },
      subject: { about: "message", type: message.type },
      who: name,
      arrived: () => {
        if (message.delivery === "sent") message.delivery = "delivered"
        this.#changed()
      },
    })
  }

  #post(line: Line, value: JsonObject, field: string): void {
    this.services.webhooks.post({ line, field, value, subject: { about: "other", field }, who: this.customer.name })
  }

  #changed(): void {
    this.services.world.wire.tell({ changed: "phone", customerId: this.customer.id })
  }
}

/** An answer to a message goes to the number that wrote it. */
const lineOfContent = (world: World, content: PhoneContent): string | undefined =>
  content.kind !== "raw" && "message" in content ? requireMessage(world, content.message).phoneNumberId : undefined

function contextOf(line: Line, quoted: string | null, { forwarded, referral }: SayOptions): JsonObject {
  const answer = quoted === null ? {} : { from: digitsOf(line.displayPhoneNumber), id: quoted }
  const context = { ...answer, ...(forwarded ? { forwarded: true } : {}) }
  return { ...(Object.keys(context).length === 0 ? {} : { context }), ...(referral ? { referral } : {}) }
}
