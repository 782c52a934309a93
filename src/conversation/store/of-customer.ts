import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const latest = statement((p: { customer: Id; limit: number }) =>
  query
    .selectFrom("conversation")
    .select(["id", "channel"])
    .where("customer", "=", p.customer)
    .orderBy("id", "desc")
    .limit(p.limit),
)
const give = statement((p: { id: Id; customer: Id }) =>
  query.updateTable("conversation").set({ customer: p.customer }).where("id", "=", p.id),
)

/** The customer's conversations, open or not, the latest first. */
export const latestOf = (reader: Reader, customer: Id, limit: number): { id: Id; channel: Id }[] =>
  reader.all(latest, { customer, limit })

/** It is another customer's from now on. */
export function giveToCustomer(tx: Tx, id: Id, customer: Id): void {
  tx.run(give, { id, customer })
}
