/** What the details pane shows beside a thread. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { profilingOf } from "~/profiling/queries.ts"

export type PastConversation = {
  id: Id
  openedAt: Instant
  closedAt: Instant | null
  channelName: string
  ownerName: string | null
  skillsetName: string | null
  /** The reason it was closed with: «Service › Booking › Moved». */
  reason: string | null
}
export type MessageCounts = { received: number; sent: number; firstReplyAfter: number | null }

const past = statement((p: { customer: Id; except: Id; limit: number }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .select(["c.id", "c.openedAt", "c.closedAt", "c.skillset", "channel.name as channelName"])
    .select(["skillset.name as skillsetName", "owner.firstName", "owner.lastName"])
    .where("c.customer", "=", p.customer)
    .where("c.id", "<>", p.except)
    .orderBy("c.id", "desc")
    .limit(p.limit),
)

/** The customer's other conversations, latest first; an isolated agent sees those of own skillsets only. */
export function pastConversations(reader: Reader, actor: UserActor, customer: Id, except: Id): PastConversation[] {
  return reader
    .all(past, { customer, except, limit: 50 })
    .filter((row) => !actor.isolated || (row.skillset !== null && actor.skillsets.includes(row.skillset)))
    .map(({ id, openedAt, closedAt, channelName, skillsetName, firstName, lastName }) => ({
      ...{ id, openedAt, closedAt, channelName, skillsetName },
      ownerName: firstName === null ? null : `${firstName} ${lastName ?? ""}`.trim(),
      reason: closedAt === null ? null : (profilingOf(reader, id)?.path ?? null),
    }))
}

const counts = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(({ fn, or, eb }) => [
      "direction",
      fn.countAll<number>().as("count"),
      fn
        .min<number | null>("at")
        .filterWhere(or([eb("author", "is not", null), eb("queuedAt", "is", null)]))
        .as("first"),
    ])
    .where("conversation", "=", p.conversation)
    .groupBy("direction"),
)

/**
 * How many messages went each way, and how long the first answer took (milliseconds). What was queued without an author
 * is the appliance's own, and no answer.
 */
export function messageCounts(reader: Reader, conversation: Id): MessageCounts {
  const rows = reader.all(counts, { conversation })
  const received = rows.find(({ direction }) => direction === "in")
  const sent = rows.find(({ direction }) => direction === "out")
  const answered = received?.first && sent?.first && sent.first > received.first
  return {
    received: received?.count ?? 0,
    sent: sent?.count ?? 0,
    firstReplyAfter: answered ? sent.first! - received.first! : null,
  }
}
