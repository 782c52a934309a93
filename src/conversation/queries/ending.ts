/** The customers to whom nobody may write freely before long: who has them, and who owes whom an answer. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { hours, type Instant, type Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type ConversationState, owedByCustomer } from "../rules.ts"
import { type LastLine, lastLine, titleOf } from "./console.ts"

export type EndingConversation = {
  id: Id
  title: string
  lastLine: LastLine | null
  state: ConversationState
  /** Who has it, or whom it waits for. */
  userName: string | null
  endsAt: Instant
  /** Nobody has answered the customer. */
  owesAnswer: boolean
  skillsetName: string | null
  channelName: string
}

/** From then on it is worth a look. */
export const ENDING_WITHIN: Milliseconds = hours(4)
/** As many as people look at. */
const MOST = 200

type Span = { from: Instant; until: Instant }
const inSpan = (p: Span) =>
  query
    .selectFrom("conversation as c")
    .where("c.state", "<>", "closed")
    .where("c.windowEndsAt", ">", p.from)
    .where("c.windowEndsAt", "<=", p.until)

const counted = statement((p: Span) => inSpan(p).select(({ fn }) => fn.countAll<number>().as("count")))
const listed = statement((p: Span & { limit: number }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .leftJoin("user as target", "target.id", "c.targetUser")
    .select(["c.id", "c.state", "c.windowEndsAt", "c.lastInboundAt", "c.lastOutboundAt"])
    .select(["channel.name as channelName", "skillset.name as skillsetName"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .select(["owner.firstName as ownerFirst", "owner.lastName as ownerLast"])
    .select(["target.firstName as targetFirst", "target.lastName as targetLast"])
    .where("c.id", "in", inSpan(p).select("c.id").orderBy("c.windowEndsAt").orderBy("c.id").limit(p.limit)),
)

const spanOf = ({ now }: Reader): Span => ({ from: now, until: now + ENDING_WITHIN })

export const endingCount = (reader: Reader): number => reader.one(counted, spanOf(reader))?.count ?? 0

/** The soonest first. */
export function endingConversations(reader: Reader): EndingConversation[] {
  const rows = reader.all(listed, { ...spanOf(reader), limit: MOST })
  const soonest = rows.sort((a, b) => (a.windowEndsAt ?? 0) - (b.windowEndsAt ?? 0) || a.id - b.id)
  return soonest.map((row) => ({
    id: row.id,
    title: titleOf(row),
    lastLine: lastLine(reader, row.id),
    state: row.state,
    userName: fullName(row.ownerFirst, row.ownerLast) ?? fullName(row.targetFirst, row.targetLast),
    endsAt: row.windowEndsAt ?? 0,
    skillsetName: row.skillsetName,
    channelName: row.channelName,
    owesAnswer: !owedByCustomer(row),
  }))
}

const fullName = (first: string | null, last: string | null): string | null =>
  first === null ? null : `${first} ${last ?? ""}`.trim()
