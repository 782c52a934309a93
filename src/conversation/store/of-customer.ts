import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { Conversation } from "../rules.ts"
import { loadConversation } from "../store.ts"

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

const keptBack = statement((p: { channel: Id; limit: number }) =>
  query
    .selectFrom("conversation")
    .select("id")
    .where("state", "<>", "closed")
    .where("state", "=", "menu")
    .where("channel", "=", p.channel)
    .where("skillset", "is not", null)
    .orderBy("id")
    .limit(p.limit),
)

/** What a number keeps back of strangers, who came first on top. */
export const keptBackOn = (reader: Reader, channel: Id, limit: number): Conversation[] =>
  reader.all(keptBack, { channel, limit }).flatMap(({ id }) => loadConversation(reader, id) ?? [])

/** The customer's conversations, open or not, the latest first. */
export const latestOf = (reader: Reader, customer: Id, limit: number): { id: Id; channel: Id }[] =>
  reader.all(latest, { customer, limit })

/** It is another customer's from now on. */
export function giveToCustomer(tx: Tx, id: Id, customer: Id): void {
  tx.run(give, { id, customer })
}
