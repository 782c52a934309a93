/** A conversation by name, for whoever may know of it. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { maySee } from "../rules/policy.ts"
import { loadConversation } from "../store.ts"
import { titleOf } from "./console.ts"

const customer = statement((p: { id: Id }) =>
  query.selectFrom("customer").select(["name", "profileName", "phone", "username"]).where("id", "=", p.id),
)

/** The customer's name; null when there is no such conversation, or not for this actor. */
export function titleFor(reader: Reader, actor: UserActor, id: Id): string | null {
  const conversation = loadConversation(reader, id)
  if (!conversation || !maySee(actor, conversation)) return null
  const row = reader.one(customer, { id: conversation.customer })
  return row && titleOf(row)
}
