/** What becomes of a message the business sent: one tick, two ticks, blue, or failed (wire reference §3). */
import type { Cancel, Milliseconds } from "~/kernel/clock.ts"
import { unixSeconds } from "./envelope.ts"
import { webhookError } from "./graph-errors.ts"
import type { JsonObject } from "./json.ts"
import type { Webhooks } from "./webhooks.ts"
import { type Customer, chatOf, type Delivery, type SimMessage, type World } from "./world.ts"

/** How long after acceptance (sent, delivered) and after delivery (read). */
export type StatusDelays = { sent: Milliseconds; delivered: Milliseconds; read: Milliseconds }
export const USUAL_DELAYS: StatusDelays = { sent: 300, delivered: 900, read: 2_500 }

const RANK: Record<Delivery, number> = { waiting: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 }

export class Statuses {
  #alarms = new Set<Cancel>()
  /** Messages whose statuses never come, by fault. */
  #silent = new Set<string>()

  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly delays: StatusDelays,
  ) {}

  /** Starts the life of an accepted message. */
  begin(message: SimMessage): void {
    this.#after(this.delays.sent, () => this.advance(message, "sent"))
    this.#after(this.delays.delivered, () => this.#reach(message))
  }

  /** No status will ever come for this message, though the phone gets it. */
  silence(message: SimMessage): void {
    this.#silent.add(message.id)
  }

  /** Meta finds out only after acceptance that it cannot deliver. */
  failSoon(message: SimMessage, code: number): void {
    this.#after(this.delays.sent, () => {
      message.errorCode = code
      this.advance(message, "failed")
    })
  }

  /** The phone is back on the net: what waited for it arrives. */
  reconnect(customer: Customer): void {
    for (const message of this.#written(customer)) if (message.delivery === "sent") this.#reach(message)
  }

  /** The customer opens the chat: everything delivered there is read. */
  open(customer: Customer, phoneNumberId: string): void {
    for (const message of chatOf(this.world, phoneNumberId, customer.id))
      if (message.from === "business" && message.delivery === "delivered") this.#read(message, customer)
  }

  /** The customer plays a voice message for the first time. */
  play(message: SimMessage): void {
    if (message.delivery !== "failed") this.advance(message, "played")
  }

  /** Statuses only climb; a status that was overtaken is not sent. */
  advance(message: SimMessage, status: Exclude<Delivery, "waiting">): void {
    if (RANK[status] <= RANK[message.delivery]) return
    const skippedDelivered = status === "read" && message.delivery === "sent"
    message.delivery = status
    this.world.wire.tell({ changed: "phone", customerId: message.customerId })
    if (this.#silent.has(message.id)) return
    const priced = status === "sent" || status === "delivered" || skippedDelivered
    this.#post(message, status, priced)
  }

  stop(): void {
    for (const cancel of this.#alarms) cancel()
    this.#alarms.clear()
  }

  #reach(message: SimMessage): void {
    const customer = this.world.customers.get(message.customerId)
    if (!customer || message.type === "reaction" || message.delivery === "failed") return
    if (customer.airplane || customer.blocked.has(message.phoneNumberId)) return
    this.advance(message, "sent")
    this.advance(message, "delivered")
    if (customer.opens) this.#after(this.delays.read, () => this.#read(message, customer))
  }

  #read(message: SimMessage, customer: Customer): void {
    if (customer.receipts && !customer.airplane && message.delivery === "delivered") this.advance(message, "read")
  }

  #written(customer: Customer): SimMessage[] {
    return [...this.world.lines.keys()].flatMap((phoneNumberId) =>
      chatOf(this.world, phoneNumberId, customer.id).filter((message) => message.from === "business"),
    )
  }

  #after(wait: Milliseconds, work: () => void): void {
    const cancel = this.world.clock.wakeAt(this.world.clock.now() + wait, () => {
      this.#alarms.delete(cancel)
      work()
    })
    this.#alarms.add(cancel)
  }

  #post(message: SimMessage, status: string, priced: boolean): void {
    const line = this.world.lines.get(message.phoneNumberId)
    const customer = this.world.customers.get(message.customerId)
    if (!line || !customer) return
    const body: JsonObject = {
      id: message.id,
      status,
      timestamp: unixSeconds(this.world.clock.now()),
      ...(customer.phone === null ? {} : { recipient_id: customer.phone }),
      recipient_user_id: customer.userId,
      ...(message.callback === null ? {} : { biz_opaque_callback_data: message.callback }),
      ...(priced ? { pricing: pricingOf(message) } : {}),
      ...(status === "failed" ? { errors: [webhookError(message.errorCode ?? 131000)] } : {}),
    }
    this.webhooks.post({
      line,
      field: "messages",
      value: status === "failed" ? { statuses: [body] } : { contacts: [contactOf(customer)], statuses: [body] },
      subject: { about: "status", status },
      who: customer.name,
    })
  }
}

/** `contacts[0]` of a webhook: somebody without a shown number has no `wa_id` (wire reference §10.1). */
export const contactOf = (customer: Customer): JsonObject => ({
  profile: { name: customer.name, ...(customer.username === null ? {} : { username: customer.username }) },
  ...(customer.phone === null ? {} : { wa_id: customer.phone }),
  user_id: customer.userId,
})

const pricingOf = (message: SimMessage): JsonObject => ({
  billable: message.category !== "service",
  pricing_model: "PMP",
  type: message.category === "service" ? "free_customer_service" : "regular",
  category: message.category,
})
