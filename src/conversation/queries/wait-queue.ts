/** An agent's own wait queue (S42). */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type LastLine, lastLine, titleOf } from "./console.ts"

export type ParkedConversation = {
  id: Id
  title: string
  lastLine: LastLine | null
  channelName: string
  skillsetName: string | null
  since: Instant
  windowEndsAt: Instant | null
}

const parkedOf = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .select(["c.id", "c.stateSince", "c.windowEndsAt", "channel.name as channelName", "skillset.name as skillsetName"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .where("c.owner", "=", p.owner)
    .where("c.state", "<>", "closed")
    .where("c.state", "=", "parked")
    .orderBy("c.stateSince")
    .orderBy("c.id"),
)

/** What waits for the customer and comes back to this agent only; the longest wait first. */
export const ownWaitQueue = (reader: Reader, owner: Id): ParkedConversation[] =>
  reader.all(parkedOf, { owner }).map((row) => {
    const { id, channelName, skillsetName, stateSince, windowEndsAt } = row
    return {
      id,
      channelName,
      skillsetName,
      windowEndsAt,
      title: titleOf(row),
      lastLine: lastLine(reader, id),
      since: stateSince,
    }
  })

const countParked = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner", "=", p.owner)
    .where("state", "<>", "closed")
    .where("state", "=", "parked"),
)

export const ownWaitQueueCount = (reader: Reader, owner: Id): number => reader.one(countParked, { owner })?.count ?? 0
