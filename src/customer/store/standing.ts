/** Who is blocked, and who wants to hear from us. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, remembered, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Consent } from "../rules/consent.ts"

export type Block = { at: Instant; actor: Id; reason: string }

const blockOf = statement((p: { customer: Id }) =>
  query.selectFrom("customerBlock").select(["at", "actor", "reason"]).where("customer", "=", p.customer),
)
const anyBlock = remembered(statement(() => query.selectFrom("customerBlock").select("customer").limit(1)))
const addBlock = inserting("customerBlock", ["customer", "at", "actor", "reason"])
const dropBlock = statement((p: { customer: Id }) =>
  query.deleteFrom("customerBlock").where("customer", "=", p.customer),
)
const lastConsent = statement((p: { customer: Id }) =>
  query
    .selectFrom("consentChange")
    .select(["choice", "how", "words", "at", "actor"])
    .where("customer", "=", p.customer)
    .orderBy("id", "desc")
    .limit(1),
)
const addConsent = inserting("consentChange", ["id", "customer", "choice", "how", "words", "at", "actor"])

/** Asked with every message; most companies have blocked nobody. */
export const loadBlock = (reader: Reader, customer: Id): Block | null =>
  reader.one(anyBlock) === null ? null : reader.one(blockOf, { customer })

export function insertBlock(tx: Tx, customer: Id, block: Block): void {
  tx.run(addBlock, { customer, ...block })
}

/** Answers whether there was one. */
export const removeBlock = (tx: Tx, customer: Id): boolean => tx.run(dropBlock, { customer }) > 0

export const loadConsent = (reader: Reader, customer: Id): Consent | null => reader.one(lastConsent, { customer })

export function insertConsent(tx: Tx, customer: Id, consent: Consent): void {
  tx.run(addConsent, { id: tx.newId(), customer, ...consent })
}
