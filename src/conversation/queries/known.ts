/** A conversation by name, for whoever may know of it. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { maySee } from "../rules/policy.ts"
import type { Conversation } from "../rules.ts"
import { loadConversation } from "../store.ts"
import { titleOf } from "./console.ts"

const customer = statement((p: { id: Id }) =>
  query.selectFrom("customer").select(["name", "profileName", "phone", "username"]).where("id", "=", p.id),
)

/** Whatever it is, whoever asks: for deciding who else may know of it. */
export const conversationById = (reader: Reader, id: Id): Conversation => found(loadConversation(reader, id))

/** The customer's name; null when there is no such conversation, or not for this actor. */
export const titleFor = (reader: Reader, actor: UserActor, id: Id): string | null =>
  conversationFor(reader, actor, id)?.title ?? null

/** The conversation, with its customer's name; null when there is none, or not for this actor. */
export function conversationFor(reader: Reader, actor: UserActor, id: Id) {
  const conversation = loadConversation(reader, id)
  if (!conversation || !maySee(actor, conversation)) return null
  const row = reader.one(customer, { id: conversation.customer })
  return row && { conversation, title: titleOf(row) }
}
