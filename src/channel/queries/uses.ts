/** What would be left without its number: why it cannot be deleted. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const open = statement((p: { channel: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("channel", "=", p.channel)
    .where("state", "<>", "closed"),
)
const past = statement((p: { channel: Id; limit: number }) =>
  query.selectFrom("conversation").select("id").where("channel", "=", p.channel).limit(p.limit),
)
const message = statement((p: { channel: Id }) =>
  query.selectFrom("message").select("id").where("channel", "=", p.channel).limit(1),
)
const news = statement((p: { channel: Id }) =>
  query.selectFrom("channelNotice").select("id").where("channel", "=", p.channel).limit(1),
)
const properties = statement((p: { channel: Id }) =>
  query
    .selectFrom("customerPropertyChannel as at")
    .innerJoin("customerProperty as property", "property.id", "at.property")
    .select("property.name")
    .where("at.channel", "=", p.channel)
    .orderBy("property.name"),
)

/** More are not counted: what matters is that there are some. */
export const MOST_COUNTED = 1_000

export type ChannelUses = {
  openConversations: number
  /** Counted up to `MOST_COUNTED`. */
  conversations: number
  /** Meta has told something of it, or a message was kept. */
  hasHistory: boolean
  /** Customer properties that are shown for it. */
  properties: readonly string[]
}

export const channelUses = (reader: Reader, channel: Id): ChannelUses => ({
  openConversations: reader.one(open, { channel })?.count ?? 0,
  conversations: reader.all(past, { channel, limit: MOST_COUNTED }).length,
  hasHistory: reader.one(message, { channel }) !== null || reader.one(news, { channel }) !== null,
  properties: reader.all(properties, { channel }).map(({ name }) => name),
})

export const isUsed = ({ conversations, hasHistory, properties }: ChannelUses): boolean =>
  conversations > 0 || hasHistory || properties.length > 0
