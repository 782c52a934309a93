/** Everything that was said with a customer, for whoever asks what is kept of them. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const every = statement((p: { customer: Id }) =>
  query.selectFrom("conversation").select("id").where("customer", "=", p.customer).orderBy("id"),
)

/** In the order in which they began. */
export const conversationsOf = (reader: Reader, customer: Id): Id[] =>
  reader.all(every, { customer }).map(({ id }) => id)
