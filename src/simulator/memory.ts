/** Chats that were had with an earlier run, or before there was a phone: nothing is sent, everybody remembers them. */
import type { Instant } from "~/kernel/clock.ts"
import { plainWords } from "./content.ts"
import type { NewCustomer } from "./customers.ts"
import type { Phones } from "./phones.ts"
import { chatOf, customerByPhone, type Delivery, keepMessage, noteWritten, type World } from "./world.ts"

export type RememberedChat = {
  customer: NewCustomer
  phoneNumberId: string
  lines: readonly RememberedLine[]
}
export type RememberedLine = {
  id: string
  from: "customer" | "business"
  text: string
  at: Instant
  delivery: Delivery
}

/** Puts the chat on its customer's phone, which is made if there is none; what is on it already stays. */
export function rememberChat(world: World, phones: Phones, { customer, phoneNumberId, lines }: RememberedChat): void {
  const known = customer.phone === null ? undefined : customerByPhone(world, customer.phone)
  const { id: customerId } = known ?? phones.create(customer).customer
  const there = new Set(chatOf(world, phoneNumberId, customerId).map(({ id }) => id))
  for (const { id, from, text, at, delivery } of lines) {
    if (there.has(id)) continue
    keepMessage(world, {
      id,
      phoneNumberId,
      customerId,
      from,
      at,
      delivery,
      type: "text",
      content: { body: text },
      words: plainWords(text),
      quoted: null,
      callback: null,
      category: "service",
      errorCode: null,
      reactions: {},
      edited: false,
      deleted: false,
      chosen: null,
    })
    if (from === "customer") noteWritten(world, phoneNumberId, customerId, at)
  }
  world.wire.tell({ changed: "phones" })
}
