import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const give = statement((p: { id: Id; customer: Id }) =>
  query.updateTable("conversation").set({ customer: p.customer }).where("id", "=", p.id),
)

/** It is another customer's from now on. */
export function giveToCustomer(tx: Tx, id: Id, customer: Id): void {
  tx.run(give, { id, customer })
}
