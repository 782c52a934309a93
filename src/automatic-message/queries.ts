/** What automatic messages need to know of the rest of the house: who waits, and what their placeholders stand for. */
import { conversationPolicy } from "~/conversation/queries.ts"
import { type Conversation, rankOf } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { idsIn, idsText } from "~/database/ids.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const firstName = statement((p: { id: Id }) => query.selectFrom("user").select("firstName").where("id", "=", p.id))

export const firstNameOf = (reader: Reader, user: Id | null): string | null =>
  user === null ? null : (reader.one(firstName, { id: user })?.firstName ?? null)

type Place = { id: Id; skillset: Id; rank: number; channels: string }

const ahead = statement((p: Place) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "=", "queued")
    .where("skillset", "=", p.skillset)
    .where("rank", "<=", p.rank)
    .where((row) => row.or([row("rank", "<", p.rank), row("id", "<", p.id)]))
    .where((row) => row.or([row("targetUser", "is", null), row("exclusive", "=", 0)]))
    .where("channel", "in", idsIn(p.channels)),
)

/** Which one it is in its skillset's queue, counted from 1, on the numbers that are open; null where it waits in none. */
export function positionOf(reader: Reader, conversation: Conversation, openChannels: ReadonlySet<Id>): number | null {
  const { id, skillset, channel } = conversation
  if (conversation.state !== "queued" || skillset === null) return null
  const rank = rankOf(conversation, conversationPolicy(reader, channel).priorityStep)
  const channels = idsText(openChannels)
  return 1 + (reader.one(ahead, { id, skillset, rank, channels })?.count ?? 0)
}

const waiting = statement((p: { channel: Id; limit: number }) =>
  query
    .selectFrom("conversation")
    .select("id")
    .where("state", "=", "queued")
    .where("state", "<>", "closed")
    .where("channel", "=", p.channel)
    .orderBy("id")
    .limit(p.limit),
)

/** What waits for an agent on a number, the oldest first. */
export const waitingOn = (reader: Reader, channel: Id, limit: number): Id[] =>
  reader.all(waiting, { channel, limit }).map(({ id }) => id)
