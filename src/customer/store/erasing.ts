/** A customer who is to be forgotten: nobody finds them from one moment on, and then there is nothing to be found. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { refreshSearch } from "./searched.ts"

const nobody = { phone: null, username: null, profileName: null, name: null, otherPhone: null } as const
/** A row has an id of WhatsApp's or a number; no id of theirs looks like this. */
const unname = statement((p: { id: Id; placeholder: string; now: Instant }) =>
  query
    .updateTable("customer")
    .set({ ...nobody, whatsappUserId: p.placeholder, erasingSince: p.now })
    .where("id", "=", p.id),
)
const since = statement((p: { id: Id }) => query.selectFrom("customer").select("erasingSince").where("id", "=", p.id))
const dropValues = statement((p: { id: Id }) => query.deleteFrom("customerValue").where("customer", "=", p.id))
const dropChanges = statement((p: { id: Id }) => query.deleteFrom("customerChange").where("customer", "=", p.id))
const dropBlock = statement((p: { id: Id }) => query.deleteFrom("customerBlock").where("customer", "=", p.id))
const dropConsent = statement((p: { id: Id }) => query.deleteFrom("consentChange").where("customer", "=", p.id))
const drop = statement((p: { id: Id }) => query.deleteFrom("customer").where("id", "=", p.id))

export const isBeingErased = (reader: Reader, id: Id): boolean =>
  (reader.one(since, { id })?.erasingSince ?? null) !== null

/** Whoever writes under their number from now on is somebody new. */
export function takeNames(tx: Tx, id: Id): void {
  tx.run(unname, { id, placeholder: `erased ${id}`, now: tx.now })
  refreshSearch(tx, id)
  for (const one of [dropValues, dropChanges]) tx.run(one, { id })
}

export function deleteCustomer(tx: Tx, id: Id): void {
  for (const one of [dropValues, dropChanges, dropBlock, dropConsent, drop]) tx.run(one, { id })
}
