/** How customers are kept: found by WhatsApp user id first, then by phone; a phone may have had several owners. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Customer } from "./rules.ts"
import { refreshSearch } from "./store/searched.ts"

const DETAILS = ["whatsappUserId", "phone", "username", "profileName", "name"] as const

const byUserId = statement((p: { userId: string }) =>
  query
    .selectFrom("customer")
    .select(["id", ...DETAILS])
    .where("whatsappUserId", "=", p.userId),
)
const byPhone = statement((p: { phone: string }) =>
  query
    .selectFrom("customer")
    .select(["id", ...DETAILS])
    .where("phone", "=", p.phone)
    .orderBy("id", "desc"),
)
const byId = statement((p: { id: Id }) =>
  query
    .selectFrom("customer")
    .select(["id", ...DETAILS])
    .where("id", "=", p.id),
)
const insert = inserting("customer", ["id", "createdAt", "version", ...DETAILS])
const update = statement((p: Customer) =>
  query
    .updateTable("customer")
    .set(slotRow(DETAILS))
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)

const opened = statement((p: { id: Id; at: Instant }) =>
  query.updateTable("customer").set({ lastOpenedAt: p.at }).where("id", "=", p.id).where("lastOpenedAt", "<", p.at),
)

const openedLast = statement((p: { id: Id; at: Instant }) =>
  query.updateTable("customer").set({ lastOpenedAt: p.at }).where("id", "=", p.id),
)

export const loadCustomer = (reader: Reader, id: Id): Customer | null => reader.one(byId, { id })

export const customerByUserId = (reader: Reader, userId: string): Customer | null => reader.one(byUserId, { userId })

/** Everybody who has or had the number, the latest first. */
export const customersByPhone = (reader: Reader, phone: string): Customer[] => reader.all(byPhone, { phone })

export function insertCustomer(tx: Tx, customer: Customer): void {
  tx.run(insert, { ...customer, createdAt: tx.now, version: 1 })
  refreshSearch(tx, customer.id)
}

export function updateCustomer(tx: Tx, customer: Customer): void {
  tx.run(update, customer)
  refreshSearch(tx, customer.id)
}

/** A conversation with them began. */
export function noteOpened(tx: Tx, customer: Id, at: Instant): void {
  tx.run(opened, { id: customer, at })
}

/** Their conversations are others than before. */
export function setLastOpened(tx: Tx, customer: Id, at: Instant): void {
  tx.run(openedLast, { id: customer, at })
}
