/** What the timeline knows of transfers: who sent a conversation where it is, and how often it went back and forth. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { TransferMode } from "../rules.ts"

export type StandingTransfer = {
  sender: Id | null
  at: Instant
  mode: TransferMode
  note: string | null
  toUser: Id | null
  toSkillset: Id | null
}

const turns = statement((p: { conversation: Id }) =>
  query
    .selectFrom("event")
    .select(["kind", "actor", "at", "data"])
    .where("conversation", "=", p.conversation)
    .where("kind", "in", [
      "conversation.transferred",
      "conversation.activated",
      "conversation.parked",
      "conversation.closed",
      "conversation.awaiting_reply",
    ])
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)
const transfers = statement((p: { conversation: Id }) =>
  query
    .selectFrom("event")
    .select(["actor", "data"])
    .where("conversation", "=", p.conversation)
    .where("kind", "=", "conversation.transferred"),
)

/** The transfer by which it waits or is offered now; null once somebody has opened it. */
export function standingTransfer(reader: Reader, conversation: Id): StandingTransfer | null {
  const last = reader.one(turns, { conversation })
  if (last?.kind !== "conversation.transferred") return null
  const data = JSON.parse(last.data) as Omit<StandingTransfer, "sender" | "at">
  const { mode, note, toUser, toSkillset } = data
  return { sender: last.actor, at: last.at, mode, note, toUser, toSkillset }
}

/** How often the two have sent this conversation to each other already. */
export const sentBetween = (reader: Reader, conversation: Id, one: Id, other: Id): number =>
  reader.all(transfers, { conversation }).filter(({ actor, data }) => {
    const { toUser } = JSON.parse(data) as { toUser: Id | null }
    return (actor === one && toUser === other) || (actor === other && toUser === one)
  }).length
