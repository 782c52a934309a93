/** What was recorded of a conversation and of an agent, from which everything can be counted again. */
import type { ConversationFact } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Change } from "../rules/presence.ts"
import type { Happened } from "../rules/tally.ts"

export type RecordedEvent = { id: Id; at: Instant; event: Happened }

const events = statement((p: { conversation: Id; after: Id }) =>
  query
    .selectFrom("event")
    .select(["id", "at", "kind", "data"])
    .where("conversation", "=", p.conversation)
    .where("id", ">", p.after)
    .orderBy("id"),
)

/** The events of a conversation after one of them, in the order in which they happened. */
export function eventsAfter(reader: Reader, conversation: Id, after: Id): RecordedEvent[] {
  return reader.all(events, { conversation, after }).map((row) => recordedEvent(row, conversation))
}

type EventRow = { id: Id; at: Instant; kind: string; data: string }

export function recordedEvent({ id, at, kind, data }: EventRow, conversation: Id): RecordedEvent {
  const type = kind as ConversationFact["type"]
  return { id, at, event: { ...(JSON.parse(data) as object), type, conversation } as Happened }
}

/** A reaction or a change of an earlier message is no message, and what WhatsApp says of a customer is none of theirs. */
const NO_WORDS = ["reaction", "edit", "revoke", "system"]
const owed = statement((p: { conversation: Id; after: Instant }) =>
  query
    .selectFrom("message")
    .select(({ fn }) => fn.min<Instant | null>("at").as("since"))
    .where("conversation", "=", p.conversation)
    .where("at", ">", p.after)
    .where("direction", "=", "in")
    .where("kind", "not in", NO_WORDS),
)

/** The customer's first message after `after`. */
export const owedSince = (reader: Reader, conversation: Id, after: Instant): Instant | null =>
  reader.one(owed, { conversation, after })?.since ?? null

export const isWords = (kind: string): boolean => !NO_WORDS.includes(kind)

const messages = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["id", "direction", "kind", "at", "author", "queuedAt", "receivedAt", "channel"])
    .where("conversation", "=", p.conversation)
    .orderBy("id"),
)
export const messagesOf = (reader: Reader, conversation: Id) => reader.all(messages, { conversation })

const some = statement((p: { after: Id; limit: number }) =>
  query
    .selectFrom("conversation")
    .select(["id", "channel", "openedAt"])
    .where("id", ">", p.after)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom("conversationRemoval as r")
            .select("r.conversation")
            .whereRef("r.conversation", "=", "conversation.id"),
        ),
      ),
    )
    .orderBy("id")
    .limit(p.limit),
)
/** Those that are not on their way out: what is removed has been settled. */
export const conversationsAfter = (reader: Reader, after: Id, limit: number) => reader.all(some, { after, limit })

const placed = statement((p: { id: Id }) =>
  query.selectFrom("conversation").select(["channel", "openedAt"]).where("id", "=", p.id),
)
export const placeOf = (reader: Reader, id: Id) => reader.one(placed, { id })

const changes = statement((p: { user: Id; after: Id }) =>
  query
    .selectFrom("presenceChange")
    .select(["id", "at", "part", "became"])
    .where("user", "=", p.user)
    .where("id", ">", p.after)
    .orderBy("id"),
)
export const changesAfter = (reader: Reader, user: Id, after: Id): (Change & { id: Id })[] =>
  reader.all(changes, { user, after })

const people = statement(() => query.selectFrom("presenceChange").select("user").distinct().orderBy("user"))
export const peopleWithChanges = (reader: Reader): Id[] => reader.all(people).map(({ user }) => user)
