/** What the three panes of Conversations show. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import { readContent } from "~/message/rules/content.ts"
import { asksProfiling } from "~/profiling/queries.ts"
import { type Dictation, dictationOf } from "~/speech/queries.ts"
import { type Tag, tagsOfConversation } from "~/tag/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { maySee, supervises } from "../rules/policy.ts"
import { type ConversationState, ownerOf } from "../rules.ts"
import { loadConversation } from "../store.ts"
import { type ComposerState, composerState } from "./composer-state.ts"
import { nameOf } from "./refusal.ts"
import { standingTransfer } from "./transfers.ts"

export type LastLine = Pick<MessageRow, "direction" | "kind" | "text" | "status">

/** One row of the agent's list. */
export type ConversationLabel = {
  id: Id
  /** Name, else the WhatsApp name, else the number. */
  title: string
  channelName: string
  skillsetName: string | null
  state: "offered" | "active"
  offeredUntil: Instant | null
  lastLine: LastLine | null
  unreadCount: number
  /** Time of the oldest unread customer message. */
  waitingSince: Instant | null
  windowEndsAt: Instant | null
  lastAt: Instant
  /** Who sent it, as long as it is not opened. */
  transfer: LabelTransfer | null
  tags: readonly Tag[]
}
export type LabelTransfer = { senderName: string; isExclusive: boolean; note: string | null }

const mine = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .select([
      "c.id",
      "c.state",
      "c.offeredUntil",
      "c.unreadCount",
      "c.unreadSince",
      "c.windowEndsAt",
      "c.stateSince",
      "c.exclusive",
    ])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .select(["channel.name as channelName", "skillset.name as skillsetName"])
    .where("c.owner", "=", p.owner)
    .where("c.state", "<>", "closed")
    .where("c.state", "in", ["offered", "active"]),
)
const lastLineOf = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["direction", "kind", "text", "status", "at", "content"])
    .where("conversation", "=", p.conversation)
    .where("kind", "not in", ["edit", "revoke"])
    .where((row) => row.or([row("author", "is not", null), row("queuedAt", "is", null)]))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

/** What a person said last in a conversation, and when; what the appliance says by itself tells an agent nothing. */
export function lastLine(reader: Reader, conversation: Id): (LastLine & { at: Instant }) | null {
  const row = reader.one(lastLineOf, { conversation })
  if (!row) return null
  const { direction, kind, text, status, at, content } = row
  return { direction, kind: readContent(content).removed ? "revoke" : kind, text, status, at }
}

/** The agent's conversations: what wants opening first, then the latest. */
export function myConversations(reader: Reader, agent: Id): ConversationLabel[] {
  const labels = reader.all(mine, { owner: agent }).map((row): ConversationLabel => {
    const { id, channelName, skillsetName, offeredUntil, unreadCount, windowEndsAt, stateSince } = row
    const line = lastLine(reader, id)
    return {
      id,
      title: titleOf(row),
      channelName,
      skillsetName,
      offeredUntil,
      unreadCount,
      windowEndsAt,
      state: row.state === "offered" ? "offered" : "active",
      lastLine: line,
      waitingSince: row.unreadSince,
      lastAt: line?.at ?? stateSince,
      transfer: row.state === "offered" ? labelTransfer(reader, id, row.exclusive === 1) : null,
      tags: tagsOfConversation(reader, id),
    }
  })
  return labels.sort(
    (a, b) => Number(b.state === "offered") - Number(a.state === "offered") || b.lastAt - a.lastAt || b.id - a.id,
  )
}

function labelTransfer(reader: Reader, id: Id, isExclusive: boolean): LabelTransfer | null {
  const transfer = standingTransfer(reader, id)
  if (!transfer) return null
  const { sender, note } = transfer
  return { senderName: sender === null ? "" : nameOf(reader, sender), isExclusive, note }
}

type Named = { name: string | null; profileName: string | null; phone: string | null; username: string | null }

/** How a customer is called: the name we gave, the WhatsApp name, the number, the WhatsApp user name. */
export const titleOf = ({ name, profileName, phone, username }: Named): string =>
  name ??
  profileName ??
  (phone === null ? null : readablePhone(phone)) ??
  (username === null ? "WhatsApp" : `@${username}`)

export type { ComposerState } from "./composer-state.ts"

export type ConversationHead = {
  id: Id
  title: string
  /** As people write it; so is the service number's. */
  phone: string | null
  customer: Id
  channel: Id
  customerName: string | null
  profileName: string | null
  username: string | null
  channelName: string
  channelPhone: string
  skillsetName: string | null
  state: ConversationState
  stateSince: Instant
  openedAt: Instant
  closedAt: Instant | null
  ownerName: string | null
  isMine: boolean
  mayClose: boolean
  /** Closing asks for a reason of contact or notes. */
  asksProfiling: boolean
  /** The customer wrote, and nobody has answered. */
  isUnanswered: boolean
  mayTransfer: boolean
  mayDecline: boolean
  /** Waits for an agent, and the viewer may ask why. */
  isExplained: boolean
  offeredUntil: Instant | null
  unreadCount: number
  windowEndsAt: Instant | null
  composer: ComposerState
  /** How the message field is spoken into; null where nothing understands speech. */
  dictation: Dictation | null
}

const surroundings = statement((p: { id: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .leftJoin("joinedConversation as held", "held.conversation", "c.id")
    .leftJoin("customer as address", "address.id", "held.address")
    .select(["customer.name", "customer.profileName", "customer.username"])
    .select(({ fn }) => fn.coalesce("address.phone", "customer.phone").as("phone"))
    .select(["channel.name as channelName", "channel.displayPhoneNumber as channelPhone", "channel.holdReason"])
    .select(["skillset.name as skillsetName", "owner.firstName", "owner.lastName"])
    .where("c.id", "=", p.id),
)

/** The conversation as its screen needs it; "not found" for whoever may not see it. */
export function conversationHead(reader: Reader, actor: UserActor, id: Id): ConversationHead {
  const conversation = found(loadConversation(reader, id))
  found(maySee(actor, conversation) ? conversation : null)
  const around = found(reader.one(surroundings, { id }))
  const { channelName, skillsetName, firstName, lastName, holdReason } = around
  const { name: customerName, profileName, username } = around
  const ownerName = firstName === null ? null : `${firstName} ${lastName ?? ""}`.trim()
  const { customer, channel, state, stateSince, openedAt, unreadCount, windowEndsAt } = conversation
  const isMine = ownerOf(conversation) === actor.id && state !== "closed"
  return {
    id,
    title: titleOf(around),
    customer,
    channel,
    channelName,
    skillsetName,
    ownerName,
    isMine,
    state,
    stateSince,
    openedAt,
    unreadCount,
    windowEndsAt,
    customerName,
    profileName,
    username,
    phone: around.phone === null ? null : readablePhone(around.phone),
    channelPhone: readablePhone(around.channelPhone),
    closedAt: state === "closed" ? conversation.closedAt : null,
    offeredUntil: state === "offered" ? conversation.offeredUntil : null,
    isExplained: state === "queued" && supervises(actor),
    mayClose: state !== "closed" && (isMine || supervises(actor)),
    asksProfiling: state !== "closed" && asksProfiling(reader, channel),
    isUnanswered: conversation.lastInboundAt !== null && conversation.lastOutboundAt === null,
    mayTransfer: state !== "closed" && (isMine || supervises(actor)),
    mayDecline: state === "offered" && isMine && tenantSettings(reader).mayDecline,
    dictation: dictationOf(reader, actor.id, { id: customer, phone: around.phone }),
    composer: composerState(reader, conversation, actor, { ownerName: ownerName ?? "", holdReason }),
  }
}
