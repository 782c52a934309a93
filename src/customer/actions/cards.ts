/** A card that a customer sent becomes a customer: with its name, under its number. */
import { conversationFor } from "~/conversation/queries/known.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { cardPhone } from "~/message/rules/cards.ts"
import { readContent } from "~/message/rules/content.ts"
import { loadMessage } from "~/message/store.ts"
import { findCustomer } from "../actions.ts"
import { insertCustomer, updateCustomer } from "../store.ts"
import { mayEdit, userActing } from "./entering.ts"

export type KeepingCard = { conversation: Id; message: Id; card: number }

/**
 * Whoever wrote to us before gets the card's name where they had none. Refuses `customer.may_not_edit`,
 * `card.no_number` and `card.known {name}`: what an agent called somebody is not changed by a card.
 */
export function keepCard(tx: Tx, { conversation, message: id, card: place }: KeepingCard): Id {
  found(conversationFor(tx, userActing(tx), conversation))
  demand(mayEdit(tx), "customer.may_not_edit")
  const message = found(loadMessage(tx, id))
  const { body } = readContent(found(message.conversation === conversation ? message : null).content)
  const card = body?.kind === "contacts" ? body.cards[place] : undefined
  const phone = card ? cardPhone(card) : null
  demand(card && phone !== null, "card.no_number")
  const known = findCustomer(tx, { userId: null, phone })
  if (known) {
    demand(known.name === null && card.name !== null, "card.known", { name: known.name ?? known.profileName ?? phone })
    updateCustomer(tx, { ...known, name: card.name })
    return known.id
  }
  const customer = tx.newId()
  insertCustomer(tx, { id: customer, whatsappUserId: null, phone, username: null, profileName: null, name: card.name })
  return customer
}
