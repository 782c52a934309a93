/** What the details pane shows beside a thread. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

export type MessageCounts = { received: number; sent: number; firstReplyAfter: number | null }

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
