/** Blocking a customer and letting them in again; whether they want to hear from us. */

import { supervises } from "~/conversation/rules/policy.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { madeOnce } from "~/kernel/made-once.ts"
import { demand, found } from "~/kernel/step.ts"
import { loadMessage } from "~/message/store.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { TenantSettings } from "~/tenant/rules.ts"
import { customerFor } from "../queries.ts"
import { type ConsentChoice, type ConsentHow, consentIn, consentWords } from "../rules/consent.ts"
import { insertBlock, insertConsent, loadBlock, loadConsent, removeBlock } from "../store/standing.ts"
import { mayEdit, putOnRecord, userActing } from "./entering.ts"

/** What they write is kept and goes to nobody; what is open with them is closed. For supervisors, with a reason. */
export function blockCustomer(tx: Tx, id: Id, reason: string): void {
  const me = userActing(tx)
  found(customerFor(tx, me, id))
  demand(supervises(me), "customer.may_not_block")
  demand(loadBlock(tx, id) === null, "customer.blocked_already")
  insertBlock(tx, id, { at: tx.now, actor: me.id, reason })
  tx.raise({ type: "customer.blocked", customer: id, reason }, { type: "customer.changed", customer: id })
  putOnRecord(tx, "customer.blocked", id, {})
}

export function unblockCustomer(tx: Tx, id: Id): void {
  const me = userActing(tx)
  found(customerFor(tx, me, id))
  demand(supervises(me), "customer.may_not_block")
  demand(removeBlock(tx, id), "customer.not_blocked")
  tx.raise({ type: "customer.unblocked", customer: id }, { type: "customer.changed", customer: id })
  putOnRecord(tx, "customer.unblocked", id, {})
}

/** Somebody was told by another way what the customer wants. */
export function changeConsentByHand(tx: Tx, id: Id, choice: ConsentChoice, reason: string): void {
  found(customerFor(tx, userActing(tx), id))
  demand(mayEdit(tx), "customer.may_not_edit")
  const before = loadConsent(tx, id)?.choice ?? "in"
  keepConsent(tx, id, choice, "by_hand", reason)
  putOnRecord(tx, "customer.consent_changed", id, { choice: { before, after: choice } })
}

/** WhatsApp says what the customer chose there; honoured whatever we think. */
export const hearPreference = (tx: Tx, customer: Id, choice: ConsentChoice, detail: string): void =>
  keepConsent(tx, customer, choice, "whatsapp", detail)

/** A message that is nothing but one of the tenant's words means it. */
export function hearConsentWord(tx: Tx, conversation: Id, words: string | null): void {
  const choice = words === null ? null : consentIn(words, wordsOf(tenantSettings(tx)))
  if (words === null || choice === null) return
  const { customer } = found(loadConversation(tx, conversation))
  keepConsent(tx, customer, choice, "word", words.slice(0, 100))
}

/** Every message is looked at. */
const wordsOf = madeOnce(({ optOutWords, optInWords }: TenantSettings) => consentWords(optOutWords, optInWords))

/** WhatsApp refused a message because the customer has stopped marketing: that is their word, whoever brings it. */
export function hearMarketingStop(tx: Tx, message: Id): void {
  const { conversation, status, failureReason, failureCode } = found(loadMessage(tx, message))
  if (status !== "failed" || failureReason !== "marketing_stopped") return
  const { customer } = found(loadConversation(tx, conversation))
  keepConsent(tx, customer, "out", "whatsapp", `WhatsApp ${failureCode ?? ""}`.trim())
}

/** What a file says of it, where nobody has said otherwise since; `words` says which file. */
export function bringConsent(tx: Tx, customer: Id, choice: ConsentChoice, words: string): void {
  insertConsent(tx, customer, { choice, how: "by_hand", words, at: tx.now, actor: null })
  tx.raise({ type: "customer.consent_changed", customer, choice, how: "by_hand", words })
}

function keepConsent(tx: Tx, customer: Id, choice: ConsentChoice, how: ConsentHow, words: string): void {
  const before = loadConsent(tx, customer)?.choice ?? "in"
  if (before === choice) return
  const actor = tx.actor.kind === "user" ? tx.actor.id : null
  insertConsent(tx, customer, { choice, how, words, at: tx.now, actor })
  tx.raise({ type: "customer.consent_changed", customer, choice, how, words }, { type: "customer.changed", customer })
}
