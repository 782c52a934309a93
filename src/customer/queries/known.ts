/** Whom we know: what a number for known customers asks before it gives a new conversation to anybody. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const saved = statement((p: { id: Id }) =>
  query
    .selectFrom("customer as c")
    .select("c.id")
    .where("c.id", "=", p.id)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb("c.name", "is not", null),
        eb("c.otherPhone", "is not", null),
        exists(selectFrom("customerChange as change").select("change.id").whereRef("change.customer", "=", "c.id")),
        exists(selectFrom("customerValue as v").select("v.property").whereRef("v.customer", "=", "c.id")),
      ]),
    ),
)
const inHand = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("event as e", "e.conversation", "c.id")
    .select("e.id")
    .where("c.customer", "=", p.customer)
    .where("e.kind", "=", "conversation.activated")
    .limit(1),
)

/**
 * Saved: entered or imported with a name, or edited by one of us; or somebody of ours has had a conversation of theirs in
 * hand. Having written is not enough, nor is a tag: it may say «spam».
 */
export const isKnown = (reader: Reader, customer: Id): boolean =>
  reader.one(saved, { id: customer }) !== null || reader.one(inHand, { customer }) !== null
