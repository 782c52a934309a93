/** Where something was said: conversations that the actor may see, those where it was said last on top. */
import { type SelectQueryBuilder, sql } from "kysely"
import { supervises } from "~/conversation/rules/policy.ts"
import { customersCalled } from "~/customer/queries/called.ts"
import type { Reader } from "~/database/handles.ts"
import { eachId, idsText } from "~/database/ids.ts"
import { conversationWord, idAt, ownPlaceOf, STRETCH } from "~/database/places.ts"
import type { ReadingRoom } from "~/database/reading-room.ts"
import { query, statement } from "~/database/statement.ts"
import type { Tables } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import { days, type Instant, minutes } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import { excerpt, matchOf, type Piece, readSearch, type Search } from "../rules/words.ts"
import { endingsOf } from "./endings.ts"

/** `message`: the latest of the conversation that says it; a note is one too. */
export type SaidHit = { conversation: Id; customer: Id; message: Id }
export type Said = {
  search: Search
  hits: readonly SaidHit[]
  /** Customers whose name or number is what was typed; null: not asked for, or too many to name. */
  called: readonly Id[] | null
  /** Older ones were not looked at. */
  isCut: boolean
  /** After an upgrade: what was said from here on is not in the index yet. */
  behindFrom: Instant | null
}
/** Finds for a visit, in what is indexed by then; whoever has gone meanwhile gets no answer (Abandoned). */
export type FindSaid = (
  visit: { actor: UserActor; read: Reader; request: { signal: AbortSignal } },
  ask: SaidAsk,
) => Promise<Said>
/** What was found, as a list shows it. */
export type SaidLine = { conversation: Id; message: Id; at: Instant; isNote: boolean; pieces: readonly Piece[] }

export type SaidAsk = {
  search: Search
  /** Said in this time, from the first moment to before the last. */
  from?: Instant | null
  until?: Instant | null
  /** In these conversations alone. */
  conversations?: readonly Id[]
  /** In conversations alone that this agent had to the end, which was not before a moment; the first of them began then. */
  closed?: { owner: Id; since: Instant; openedFrom: Instant }
  /** Who is called so is looked for as well. */
  called?: string
  /** Whether the index of names has everybody. */
  areNamesIndexed?: boolean
}

/** So many of the latest hits are looked at. */
const MOST_HITS = 3_000
/** One more than those, in portions: said once in each, the first lead to more conversations than are listed. */
const FIRST_HITS = 650
const PORTIONS = [FIRST_HITS, MOST_HITS + 1 - FIRST_HITS]
const MOST_CONVERSATIONS = 500
/** What WhatsApp brings late was said before its id was made. */
const LATENESS = days(14)
const SKEW = minutes(1)
const NO_LIMIT = Number.MAX_SAFE_INTEGER

type Hits = { match: string; fromId: Id; untilId: Id; conversations: string; most: number }
type Asked = Hits & {
  user: Id
  seesAll: number
  from: Instant
  until: Instant
  owner: Id
  closedSince: Instant
  places: number
  limit: number
}

/** Of the tenant's stretch of the index what was said between two ids, the latest first. */
const hits = (p: Hits, isPlaced: boolean): SelectQueryBuilder<Tables, "wordIndex", { id: Id }> => {
  const place = sql.ref<Id>("wordIndex.rowid")
  const all = query
    .selectFrom("wordIndex")
    .select(idAt(place).as("id"))
    .where(sql<boolean>`${sql.ref("wordIndex.words")} match ${p.match}`)
    .where(sql<boolean>`${place} > ${ownPlaceOf(p.untilId)} and ${place} <= ${ownPlaceOf(p.fromId)}`)
    .orderBy(place)
  return isPlaced ? all.where(sql<boolean>`${sql.ref("wordIndex.conversation")} match ${p.conversations}`) : all
}

/**
 * What an actor may see is decided here, inside the question: nothing counts what they may not. A conversation is looked
 * at once, however often the words were said in it.
 */
const seen = (isPlaced: boolean, isClosed = false) =>
  statement((p: Asked) =>
    query
      .selectFrom((from) =>
        from
          .selectFrom(hits(p, isPlaced).limit(p.most).as("hit"))
          .crossJoin("wordOrigin as origin")
          .whereRef("origin.id", "=", "hit.id")
          .where("origin.at", ">=", p.from)
          .where("origin.at", "<", p.until)
          .$if(isClosed, (rows) =>
            rows.where("origin.conversation", "in", (all) =>
              all
                .selectFrom("conversation as mine")
                .select("mine.id")
                .where("mine.state", "=", "closed")
                .where("mine.owner", "=", p.owner)
                .where("mine.closedAt", ">=", p.closedSince),
            ),
          )
          .select(({ fn }) => [
            "origin.conversation",
            fn.max("hit.id").as("message"),
            fn.min("hit.id").as("first"),
            fn.countAll<number>().as("times"),
          ])
          .groupBy("origin.conversation")
          .orderBy("message", "desc")
          .limit(p.places)
          .as("said"),
      )
      .crossJoin("conversation as c")
      .whereRef("c.id", "=", "said.conversation")
      .where((row) =>
        row.or([
          row(row.val(p.seesAll), "=", row.lit(1)),
          row("c.owner", "=", p.user),
          row.exists(
            row
              .selectFrom("skillsetMember as member")
              .select("member.user")
              .whereRef("member.skillset", "=", "c.skillset")
              .where("member.user", "=", p.user),
          ),
        ]),
      )
      .select(["c.id as conversation", "c.customer", "said.message", "said.first", "said.times"])
      .orderBy("said.message", "desc")
      .limit(p.limit),
  )
const saidAnywhere = seen(false)
const saidThere = seen(true)
const saidInClosed = seen(false, true)

const beyond = statement((p: Hits) => hits(p, false).limit(1).offset(p.most))
/** What was typed, looked for in what was said; null when there is no word in it. */
export async function saidWith(
  find: FindSaid,
  visit: Parameters<FindSaid>[0],
  typed: string,
  where: Omit<SaidAsk, "search"> = {},
): Promise<Said | null> {
  const search = readSearch(typed)
  return search && (await find(visit, { search, ...where }))
}

/** Reads in the reading room; throws Abandoned when `signal` says that nobody waits any more. */
export async function findSaid(
  room: ReadingRoom,
  actor: UserActor,
  tenant: Id,
  ask: SaidAsk,
  signal?: AbortSignal,
): Promise<Omit<Said, "behindFrom">> {
  const named = { typed: ask.called ?? "", areIndexed: ask.areNamesIndexed ?? false }
  const [called, found] = await Promise.all([
    customersCalled(room, tenant, named, signal),
    hitsOf(room, actor, tenant, ask, signal),
  ])
  return { search: ask.search, called, ...found }
}

async function hitsOf(
  room: ReadingRoom,
  actor: UserActor,
  tenant: Id,
  { search, conversations, from, until, closed }: SaidAsk,
  signal?: AbortSignal,
): Promise<Pick<Said, "hits" | "isCut">> {
  if (conversations?.length === 0) return { hits: [], isCut: false }
  const seesAll = supervises(actor) || !actor.isolated
  const endings = await endingsOf(room, search, signal)
  const said = from ?? closed?.openedFrom
  const asked: Asked = {
    match: matchOf(search, endings),
    conversations: (conversations ?? []).map(conversationWord).join(" OR "),
    fromId: said ? Math.max(0, firstIdAt(said - SKEW)) : 0,
    untilId: until ? Math.max(0, Math.min(firstIdAt(until + LATENESS), STRETCH)) : STRETCH,
    user: actor.id,
    seesAll: seesAll ? 1 : 0,
    from: from ?? 0,
    until: until ?? NO_LIMIT,
    owner: closed?.owner ?? 0,
    closedSince: closed?.since ?? 0,
    // Where it stops would tell somebody who sees a part of it how much there is in all.
    most: seesAll ? MOST_HITS + 1 : NO_LIMIT,
    limit: MOST_CONVERSATIONS + 1,
    places: seesAll ? MOST_CONVERSATIONS + 1 : NO_LIMIT,
  }
  if (seesAll && !conversations && !closed && !from && !until) return latestOf(room, tenant, asked, signal)
  const find = conversations ? saidThere : closed ? saidInClosed : saidAnywhere
  const found = await room.all(tenant, find, asked, signal)
  // Of what is left out of this only the index knows whether there is more.
  const mayBeMore = seesAll && !conversations
  const isMore = async () => (await room.all(tenant, beyond, { ...asked, most: MOST_HITS }, signal)).length > 0
  return {
    hits: found.slice(0, MOST_CONVERSATIONS),
    isCut: found.length > MOST_CONVERSATIONS || (mayBeMore && (await isMore())),
  }
}

/** Where nothing is left out, a portion of the hits after the other, until there are enough conversations. */
async function latestOf(room: ReadingRoom, tenant: Id, asked: Asked, signal?: AbortSignal) {
  const found = new Map<Id, SaidHit>()
  let looked = 0
  let untilId = asked.untilId
  for (const most of PORTIONS) {
    const rows = await room.all(tenant, saidAnywhere, { ...asked, most, untilId }, signal)
    for (const row of rows) if (!found.has(row.conversation)) found.set(row.conversation, row)
    const portion = rows.reduce((sum, { times }) => sum + times, 0)
    looked += portion
    if (found.size > MOST_CONVERSATIONS || portion < most) break
    untilId = Math.min(...rows.map(({ first }) => first))
  }
  const isCut = found.size > MOST_CONVERSATIONS || looked > MOST_HITS
  return { hits: [...found.values()].slice(0, MOST_CONVERSATIONS), isCut }
}

/** From the ids to the rows: the other way round SQLite goes through every message. */
const wordings = statement((p: { ids: string }) =>
  query
    .selectFrom(eachId(p.ids))
    .crossJoin("wording")
    .whereRef("wording.id", "=", "each.value")
    .select(["wording.id", "wording.source", "wording.at", "wording.words"]),
)

/** Hits as they are shown, one of each conversation, by its id; what has gone meanwhile is not among them. */
export function saidLines(reader: Reader, { search }: Said, hits: readonly SaidHit[]): ReadonlyMap<Id, SaidLine> {
  const rows = reader.all(wordings, { ids: idsText(hits.map(({ message }) => message)) })
  const found = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    hits.flatMap(({ conversation, message }) => {
      const row = found.get(message)
      if (!row) return []
      const line = { conversation, message, at: row.at, isNote: row.source === "note" }
      return [[conversation, { ...line, pieces: excerpt(row.words, search) }]]
    }),
  )
}
