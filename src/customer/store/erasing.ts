/** A customer who is to be forgotten: nobody finds them from one moment on, and then there is nothing to be found. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Fields } from "../rules/editing.ts"
import { refreshSearch } from "./searched.ts"

const nobody = {
  ...({ phone: null, username: null, profileName: null, name: null, otherPhone: null } as const),
  ...({ email: null, language: null } as const),
} as const
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
const dropImported = statement((p: { id: Id }) => query.deleteFrom("importedCustomer").where("customer", "=", p.id))
const joins = statement((p: { id: Id }) =>
  query
    .selectFrom("customerJoin")
    .select(["id", "kept", "joined", "after", "endedAt"])
    .where((row) => row.or([row("kept", "=", p.id), row("joined", "=", p.id)])),
)
const dropJoin = statement((p: { id: Id }) => query.deleteFrom("customerJoin").where("id", "=", p.id))
const blankJoin = statement((p: { id: Id }) =>
  query.updateTable("customerJoin").set({ before: "{}", after: "{}" }).where("id", "=", p.id),
)
const dropBrought = statement((p: { customer: Id; field: string; value: string }) =>
  query
    .deleteFrom("customerChange")
    .where("customer", "=", p.customer)
    .where("field", "=", p.field)
    .where((row) => row.or([row("was", "=", p.value), row("became", "=", p.value)])),
)
const dropAddresses = statement((p: { id: Id }) => query.deleteFrom("joinedConversation").where("address", "=", p.id))
const drop = statement((p: { id: Id }) => query.deleteFrom("customer").where("id", "=", p.id))

export const isBeingErased = (reader: Reader, id: Id): boolean =>
  (reader.one(since, { id })?.erasingSince ?? null) !== null

/**
 * Whoever writes under their number from now on is somebody new. A joining that stands says until the end whose rows these
 * are, without what the fields held; no conversation of anybody is answered to a number that is gone.
 */
export function takeNames(tx: Tx, id: Id): void {
  tx.run(unname, { id, placeholder: `erased ${id}`, now: tx.now })
  refreshSearch(tx, id)
  for (const one of [dropValues, dropChanges]) tx.run(one, { id })
  tx.run(dropAddresses, { id })
  for (const { id: join, kept, joined, after, endedAt } of tx.all(joins, { id })) {
    if (endedAt !== null && joined === id) forgetBrought(tx, kept, JSON.parse(after) as Fields)
    if (endedAt === null) tx.run(blankJoin, { id: join })
    else tx.run(dropJoin, { id: join })
  }
}

/** What they brought to somebody with whom they are joined no longer is told by that one's changes, too. */
function forgetBrought(tx: Tx, customer: Id, brought: Fields): void {
  for (const [field, value] of Object.entries(brought)) tx.run(dropBrought, { customer, field, value })
}

export function deleteCustomer(tx: Tx, id: Id): void {
  for (const { id: join } of tx.all(joins, { id })) tx.run(dropJoin, { id: join })
  for (const one of [dropValues, dropChanges, dropBlock, dropConsent, dropImported, dropAddresses, drop])
    tx.run(one, { id })
}
