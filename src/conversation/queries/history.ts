/** A customer's other conversations, by period and by what was said in them. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import { endOfDay, startOfDay } from "~/hours/rules/zone.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { folded } from "~/message/rules/searching.ts"
import { profilingOf } from "~/profiling/queries.ts"
import { supervises } from "../rules/policy.ts"

export type PastConversation = {
  id: Id
  openedAt: Instant
  closedAt: Instant | null
  channelName: string
  ownerName: string | null
  skillsetName: string | null
  /** The reason it was closed with: «Service › Booking › Moved». */
  reason: string | null
  /** What was said with the words that were looked for, cut around them. */
  excerpt: string | null
}
/** Open at some moment of the period; null: no limit on that side. */
export type HistoryFilter = { from: Instant | null; until: Instant | null; words: string }
export type CustomerHistory = {
  conversations: readonly PastConversation[]
  /** There are more than are looked through. */
  isCut: boolean
}

/** From the first moment of one day to the last of another, in the zone; what is no day is no limit. */
export const periodOf = (zone: string, from: string, until: string): Pick<HistoryFilter, "from" | "until"> => ({
  from: startOfDay(zone, from),
  until: endOfDay(zone, until),
})

export const WHOLE_HISTORY: HistoryFilter = { from: null, until: null, words: "" }

const MOST = 50
/** Looking for words reads so many conversations, and so much of each. */
const MOST_READ = 200
const MOST_MESSAGES = 500

type Asked = { customer: Id; except: Id; user: Id; seesAll: number; from: Instant; until: Instant; limit: number }

const past = statement((p: Asked) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("skillsetMember as member", (join) =>
      join.onRef("member.skillset", "=", "c.skillset").on("member.user", "=", p.user),
    )
    .leftJoin("user as owner", "owner.id", "c.owner")
    .select(["c.id", "c.openedAt", "c.closedAt", "channel.name as channelName"])
    .select(["skillset.name as skillsetName", "owner.firstName", "owner.lastName"])
    .where("c.customer", "=", p.customer)
    .where("c.id", "<>", p.except)
    .where("c.openedAt", "<", p.until)
    .where((row) => row.or([row("c.closedAt", "is", null), row("c.closedAt", ">=", p.from)]))
    .where((row) =>
      row.or([
        row(row.val(p.seesAll), "=", row.lit(1)),
        row("member.user", "is not", null),
        row("c.owner", "=", p.user),
      ]),
    )
    .orderBy("c.id", "desc")
    .limit(p.limit),
)
const said = statement((p: { conversation: Id; limit: number }) =>
  query
    .selectFrom("message")
    .select("text")
    .where("conversation", "=", p.conversation)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(p.limit),
)

/** The latest first; an isolated agent's are those of their own skillsets and their own, and nothing tells of others. */
export function customerHistory(
  reader: Reader,
  actor: UserActor,
  whose: { customer: Id; except: Id },
  { from, until, words }: HistoryFilter = WHOLE_HISTORY,
): CustomerHistory {
  const wanted = folded(words.trim())
  const seesAll = supervises(actor) || !actor.isolated ? 1 : 0
  const limit = (wanted === "" ? MOST : MOST_READ) + 1
  const period = { from: from ?? 0, until: until ?? Number.MAX_SAFE_INTEGER }
  const rows = reader.all(past, { ...whose, ...period, user: actor.id, seesAll, limit })
  const looked = rows.slice(0, limit - 1)
  const conversations = looked.flatMap((row): PastConversation[] => {
    const { id, openedAt, closedAt, channelName, skillsetName, firstName, lastName } = row
    const reason = closedAt === null ? null : (profilingOf(reader, id)?.path ?? null)
    const excerpt = wanted === "" ? null : excerptOf(reader, id, wanted)
    if (wanted !== "" && excerpt === null && !folded(reason ?? "").includes(wanted)) return []
    const ownerName = firstName === null ? null : `${firstName} ${lastName ?? ""}`.trim()
    return [{ id, openedAt, closedAt, channelName, skillsetName, ownerName, reason, excerpt }]
  })
  return { conversations: conversations.slice(0, MOST), isCut: rows.length === limit || conversations.length > MOST }
}

const AROUND = 50

/** The latest message with the words, cut around them. */
function excerptOf(reader: Reader, conversation: Id, wanted: string): string | null {
  for (const { text } of reader.all(said, { conversation, limit: MOST_MESSAGES })) {
    const at = folded(text).indexOf(wanted)
    if (at < 0) continue
    const [start, end] = [Math.max(0, at - AROUND), Math.min(text.length, at + wanted.length + AROUND)]
    const piece = text.slice(start, end).replace(/\s+/g, " ").toWellFormed()
    return `${start > 0 ? "…" : ""}${piece}${end < text.length ? "…" : ""}`
  }
  return null
}
