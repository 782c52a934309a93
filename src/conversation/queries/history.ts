/** A customer's other conversations, by period and by what was said in them. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import { endOfDay, startOfDay } from "~/hours/rules/zone.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type FindSaid, type SaidLine, saidLines, saidWith } from "~/message/queries/said.ts"
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
  /** What was said with the words that were looked for. */
  said: SaidLine | null
}
/** Open at some moment of the period; null: no limit on that side. */
export type HistoryFilter = { from: Instant | null; until: Instant | null; words: string }
export type CustomerHistory = {
  conversations: readonly PastConversation[]
  /** There are more than are looked through. */
  isCut: boolean
  /** What was said from here on cannot be found yet; null: all of it can. */
  behindFrom: Instant | null
}

/** From the first moment of one day to the last of another, in the zone; what is no day is no limit. */
export const periodOf = (zone: string, from: string, until: string): Pick<HistoryFilter, "from" | "until"> => ({
  from: startOfDay(zone, from),
  until: endOfDay(zone, until),
})

export const WHOLE_HISTORY: HistoryFilter = { from: null, until: null, words: "" }

const MOST = 50
/** Words are looked for in so many. */
const MOST_READ = 500

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
type Whose = { customer: Id; except: Id }

/** The latest first; an isolated agent's are those of their own skillsets and their own, and nothing tells of others. */
export function customerHistory(reader: Reader, actor: UserActor, whose: Whose): CustomerHistory {
  const rows = pastOf(reader, actor, whose, WHOLE_HISTORY, MOST + 1)
  return {
    conversations: rows.slice(0, MOST).map((row) => pastConversation(reader, row)),
    isCut: rows.length > MOST,
    behindFrom: null,
  }
}

/** Those of the period in which the words were said, or which were closed with them. */
export async function searchedHistory(
  visit: Parameters<FindSaid>[0],
  find: FindSaid,
  whose: Whose,
  filter: HistoryFilter,
): Promise<CustomerHistory> {
  const { read, actor } = visit
  const rows = pastOf(read, actor, whose, filter, MOST_READ + 1)
  const looked = rows.slice(0, MOST_READ)
  const said = await saidWith(find, visit, filter.words, { conversations: looked.map(({ id }) => id) })
  const hits = new Map(said?.hits.map((hit) => [hit.conversation, hit]))
  const wanted = folded(filter.words.trim())
  const fits = ({ id, reason }: PastConversation) =>
    wanted === "" || hits.has(id) || folded(reason ?? "").includes(wanted)
  const found = looked.map((row) => pastConversation(read, row)).filter(fits)
  const shown = found.slice(0, MOST)
  const lines =
    said &&
    saidLines(
      read,
      said,
      shown.flatMap(({ id }) => hits.get(id) ?? []),
    )
  const conversations = shown.map((one) => ({ ...one, said: lines?.get(one.id) ?? null }))
  const isCut = rows.length > MOST_READ || found.length > MOST
  return { conversations, isCut, behindFrom: said?.behindFrom ?? null }
}

type Period = Pick<HistoryFilter, "from" | "until">

function pastOf(reader: Reader, actor: UserActor, whose: Whose, { from, until }: Period, limit: number) {
  const seesAll = supervises(actor) || !actor.isolated ? 1 : 0
  const period = { from: from ?? 0, until: until ?? Number.MAX_SAFE_INTEGER }
  return reader.all(past, { ...whose, ...period, user: actor.id, seesAll, limit })
}

function pastConversation(reader: Reader, row: ReturnType<typeof pastOf>[number]): PastConversation {
  const { id, openedAt, closedAt, channelName, skillsetName, firstName, lastName } = row
  const reason = closedAt === null ? null : (profilingOf(reader, id)?.path ?? null)
  const ownerName = firstName === null ? null : `${firstName} ${lastName ?? ""}`.trim()
  return { id, openedAt, closedAt, channelName, skillsetName, ownerName, reason, said: null }
}
