/** What deciding about messages needs to know of the rest of the house. The thread on screen: queries/thread.ts. */
import { conversationFor } from "~/conversation/queries/known.ts"
import { named } from "~/conversation/queries/refusal.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import { type Carrier, mayAttach, tidied } from "./rules.ts"
import { messageByClientId } from "./store.ts"

const carrier = statement((p: { channel: Id }) =>
  query.selectFrom("channel").select(["enabled", "holdReason"]).where("id", "=", p.channel),
)
const latest = statement((p: { customer: Id; channel: Id }) =>
  query
    .selectFrom("conversation")
    .select("id")
    .where("customer", "=", p.customer)
    .where("channel", "=", p.channel)
    .orderBy("id", "desc")
    .limit(1),
)
const answersAfter = statement((p: { conversation: Id; after: Id; me: Id }) =>
  query
    .selectFrom("message")
    .select("author")
    .where("conversation", "=", p.conversation)
    .where("id", ">", p.after)
    .where("direction", "=", "out")
    .where("author", "is not", null)
    .where("author", "<>", p.me)
    .orderBy("id", "desc")
    .limit(1),
)
const idByWamid = statement((p: { wamid: string }) =>
  query.selectFrom("message").select("id").where("wamid", "=", p.wamid),
)
const lastLine = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["direction", "kind", "text", "status", "at"])
    .where("conversation", "=", p.conversation)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

/** Whether Meta's message is stored already: webhooks come twice, seconds or days apart. */
export const alreadyKnown = (reader: Reader, wamid: string): boolean => reader.one(idByWamid, { wamid }) !== null

/** Who else answered the customer after that message; null: nobody. */
export const answeredSince = (reader: Reader, conversation: Id, after: Id, me: Id): Id | null =>
  reader.one(answersAfter, { conversation, after, me })?.author ?? null

/** Whether the number of a channel may send. */
export function carrierOf(reader: Reader, channel: Id): Carrier {
  const { enabled, holdReason } = found(reader.one(carrier, { channel }))
  return { enabled: enabled === 1, holdReason }
}

/** The customer's open conversation on a channel, else the last one that was. */
export const latestConversation = (reader: Reader, customer: Id, channel: Id): Id | null =>
  reader.one(latest, { customer, channel })?.id ?? null

/** Why a file with these words may not be sent now; null when it may. «Not found» where the actor sees nothing. */
export function refusalToAttach(reader: Reader, actor: UserActor, conversation: Id, caption: string): Refusal | null {
  const { conversation: place } = found(conversationFor(reader, actor, conversation))
  const refusal = mayAttach(place, actor, carrierOf(reader, place.channel), tidied(caption), reader.now)
  return refusal && named(reader, refusal)
}

/** Whether what was sent under this id by a page is here already. */
export const sentBefore = (reader: Reader, conversation: Id, clientId: string): boolean =>
  messageByClientId(reader, conversation, clientId) !== null

export type LastLine = Pick<MessageRow, "direction" | "kind" | "text" | "status" | "at">

/** The last line of each conversation that has one. */
export function lastLines(reader: Reader, conversations: readonly Id[]): Map<Id, LastLine> {
  const lines = new Map<Id, LastLine>()
  for (const conversation of conversations) {
    const line = reader.one(lastLine, { conversation })
    if (line) lines.set(conversation, line)
  }
  return lines
}
