/**
 * The index of words and that of names: filled in the order of ids, a batch at a time. What becomes of a text that is in
 * one already, the triggers of its table see to (migrations/0047_words-latest-first.sql).
 */
import { sql } from "kysely"
import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { placeOf, wordOfConversation } from "~/database/places.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { WordIndexingRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

export type WordSource = WordIndexingRow["source"]
/** What people said … */
export const SAID: readonly WordSource[] = ["message", "note"]
/** … and what they are called. */
export const CALLED: readonly WordSource[] = ["customer"]
const SOURCES: readonly WordSource[] = [...SAID, ...CALLED]

const position = applianceStatement((p: { source: WordSource }) =>
  applianceQuery.selectFrom("wordIndexing").select("indexedTo").where("source", "=", p.source),
)
const waits = { message: waitingIn("message"), note: waitingIn("note"), customer: waitingIn("customer") }
function waitingIn(table: WordSource) {
  return applianceStatement((p: { source: WordSource; limit: number }) =>
    applianceQuery
      .selectFrom((from) =>
        from
          .selectFrom(table)
          .select("id")
          .where("id", ">", (indexed) =>
            indexed.selectFrom("wordIndexing").select("indexedTo").where("source", "=", p.source),
          )
          .orderBy("id")
          .limit(p.limit)
          .as("waiting"),
      )
      .select(({ fn }) => [fn.min<Id | null>("id").as("first"), fn.countAll<number>().as("count")]),
  )
}
const endOfBatch = {
  message: endIn("message"),
  note: endIn("note"),
  customer: endIn("customer"),
}
function endIn(table: WordSource) {
  return applianceStatement((p: { after: Id; limit: number }) =>
    applianceQuery
      .selectFrom((from) =>
        from.selectFrom(table).select("id").where("id", ">", p.after).orderBy("id").limit(p.limit).as("batch"),
      )
      .select(({ fn }) => [fn.max<Id | null>("id").as("last"), fn.countAll<number>().as("count")]),
  )
}
type Batch = { after: Id; last: Id }
/** In the order of places, as the index likes it best. */
const takeSaid = applianceStatement((p: Batch & { source: Exclude<WordSource, "customer"> }) =>
  applianceQuery
    .insertInto("wordIndex")
    .columns(["rowid", "conversation", "words"])
    .expression((from) =>
      from
        .selectFrom("wording")
        .select((row) => placeOf(row.ref("tenant"), row.ref("id")).as("place"))
        .select((row) => [wordOfConversation(row.ref("wording.conversation")).as("conversation"), "words"])
        .where("source", "=", p.source)
        .where("id", ">", p.after)
        .where("id", "<=", p.last)
        .orderBy("place"),
    ),
)
const takeOrigins = applianceStatement((p: Batch & { source: Exclude<WordSource, "customer"> }) =>
  applianceQuery
    .insertInto("wordOrigin")
    .columns(["id", "tenant", "conversation", "at"])
    .expression((from) =>
      from
        .selectFrom("wording")
        .select(["id", "tenant", "conversation", "at"])
        .where("source", "=", p.source)
        .where("id", ">", p.after)
        .where("id", "<=", p.last)
        .orderBy("id"),
    ),
)
const takeNames = applianceStatement((p: Batch) =>
  applianceQuery
    .insertInto("nameIndex")
    .columns(["rowid", "searched"])
    .expression((from) =>
      from
        .selectFrom("customer")
        .select((row) => [placeOf(row.ref("tenant"), row.ref("id")).as("place"), "searched"])
        .where("id", ">", p.after)
        .where("id", "<=", p.last)
        .orderBy("place"),
    ),
)
const move = applianceStatement((p: { source: WordSource; last: Id }) =>
  applianceQuery.updateTable("wordIndexing").set({ indexedTo: p.last }).where("source", "=", p.source),
)
const command = (index: "wordIndex" | "nameIndex", words: string, rank: number | null = null) =>
  applianceQuery.insertInto(index).values({ [index]: sql.lit(words), ...(rank === null ? {} : { rank }) } as never)
const mergeSaid = applianceStatement((p: { pages: number }) => command("wordIndex", "merge", p.pages))
const mergeNames = applianceStatement((p: { pages: number }) => command("nameIndex", "merge", p.pages))
const emptyOrigins = applianceStatement(() => applianceQuery.deleteFrom("wordOrigin"))
const emptySaid = applianceStatement(() => command("wordIndex", "delete-all"))
const emptyNames = applianceStatement(() => command("nameIndex", "delete-all"))

const indexedTo = (reader: ApplianceReader, source: WordSource): Id => reader.one(position, { source })?.indexedTo ?? 0

/** What waits for its index: the first of it, null when nothing does, and how much, of each source up to `most`. */
export function waiting(reader: ApplianceReader, sources: readonly WordSource[], most: number) {
  const rows = sources.map((source) => reader.one(waits[source], { source, limit: most }))
  const firsts = rows.flatMap((row) => row?.first ?? [])
  const count = rows.reduce((sum, row) => sum + (row?.count ?? 0), 0)
  return { first: firsts.length === 0 ? null : Math.min(...firsts), count }
}

const nextBatch = (reader: ApplianceReader, source: WordSource, limit: number) => {
  const after = indexedTo(reader, source)
  return { after, ...(reader.one(endOfBatch[source], { after, limit }) ?? { last: null, count: 0 }) }
}

/** Puts the next texts into the index, at most `limit` of each source; answers how many rows it looked at. */
export function indexWords(tx: ApplianceTx, limit: number): number {
  let looked = 0
  for (const source of SOURCES) {
    const { after, last, count } = nextBatch(tx, source, limit)
    if (last === null) continue
    if (source === "customer") tx.run(takeNames, { after, last })
    else {
      tx.run(takeSaid, { source, after, last })
      tx.run(takeOrigins, { source, after, last })
    }
    tx.run(move, { source, last })
    looked += count
  }
  return looked
}

/** Puts pieces of each index together, by writing about so many of its pages; answers whether there were any. */
export function mergeWords(tx: ApplianceTx, pages: number): boolean {
  const before = tx.one(written)?.rows ?? 0
  tx.run(mergeSaid, { pages })
  tx.run(mergeNames, { pages })
  return (tx.one(written)?.rows ?? 0) - before > COMMANDS
}

/** A command counts for a row; what it does beyond that was work. */
const COMMANDS = 2
const written = applianceStatement(() => applianceQuery.selectNoFrom(sql<number>`total_changes()`.as("rows")))

/** Everything is indexed anew from here on. */
export function forgetWords(tx: ApplianceTx): void {
  tx.run(emptySaid)
  tx.run(emptyOrigins)
  tx.run(emptyNames)
  for (const source of SOURCES) tx.run(move, { source, last: 0 })
}
