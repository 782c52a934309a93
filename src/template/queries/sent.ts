/** Template messages sent (S41): what went out and nobody has answered. */
import { titleOf as customerTitle } from "~/conversation/queries/console.ts"
import { conversationFor } from "~/conversation/queries/known.ts"
import { conversationPolicy } from "~/conversation/queries.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import { deadlines } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readContent } from "~/message/rules/content.ts"
import type { MessageStatus } from "~/message/rules.ts"
import { titleOf } from "./picking.ts"

export type SentItem = {
  /** The conversation. */
  id: Id
  title: string
  channelName: string
  /** Who sent it, where the list is of everybody. */
  ownerName: string
  isMine: boolean
  sentAt: Instant
  templateTitle: string
  language: string
  text: string
  status: MessageStatus | null
  failure: string | null
  /** When nobody may write freely to the customer any more, where it was written to somebody who had written. */
  windowEndsAt: Instant | null
  /** It closes by itself then. */
  endsAt: Instant | null
}

const awaiting = statement(() =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .select(["c.id", "c.stateSince", "c.owner", "c.channel", "c.windowEndsAt", "channel.name as channelName"])
    .select(["owner.firstName", "owner.lastName"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .where("c.state", "<>", "closed")
    .where("c.state", "=", "awaiting_reply")
    .orderBy("c.stateSince", "desc")
    .orderBy("c.id", "desc"),
)
const lastOf = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["text", "content", "status", "failureReason", "at"])
    .where("conversation", "=", p.conversation)
    .where("direction", "=", "out")
    .where("kind", "=", "template")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

/** Whether the actor may look at what others have sent. */
export const seesEverybodys = (actor: UserActor): boolean => supervises(actor)

/** Mine; for supervisors `everybody`'s too. The latest first. */
export function templatesSent(reader: Reader, actor: UserActor, everybody: boolean): SentItem[] {
  const isWide = everybody && supervises(actor)
  return reader
    .all(awaiting)
    .filter(({ owner }) => isWide || owner === actor.id)
    .flatMap((row) => {
      const seen = conversationFor(reader, actor, row.id)
      if (!seen) return []
      const last = reader.one(lastOf, { conversation: row.id })
      const template = readContent(last?.content ?? null).template
      const [ending = null] = deadlines(seen.conversation, conversationPolicy(reader, row.channel))
      return {
        id: row.id,
        title: customerTitle(row),
        channelName: row.channelName,
        isMine: row.owner === actor.id,
        ownerName: `${row.firstName ?? ""} ${row.lastName ?? ""}`.trim(),
        sentAt: last?.at ?? row.stateSince,
        windowEndsAt: row.windowEndsAt,
        templateTitle: titleOf(template?.name ?? ""),
        language: template?.language ?? "",
        text: last?.text ?? "",
        status: (last?.status as MessageStatus | undefined) ?? null,
        failure: last?.failureReason ?? null,
        endsAt: ending?.at ?? null,
      }
    })
}

const countSent = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner", "=", p.owner)
    .where("state", "<>", "closed")
    .where("state", "=", "awaiting_reply"),
)

export const ownSentCount = (reader: Reader, owner: Id): number => reader.one(countSent, { owner })?.count ?? 0
