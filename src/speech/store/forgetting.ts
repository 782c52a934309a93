import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const remove = statement((p: { customer: Id }) =>
  query.deleteFrom("dictationLanguage").where("customer", "=", p.customer),
)
export const deleteLanguagesFor = (tx: Tx, customer: Id): void => void tx.run(remove, { customer })
