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

type Source = WordIndexingRow["source"]
const SAID: readonly Source[] = ["message", "note"]
const SOURCES: readonly Source[] = [...SAID, "customer"]

const position = applianceStatement((p: { source: Source }) =>
  applianceQuery.selectFrom("wordIndexing").select("indexedTo").where("source", "=", p.source),
)
const endOfBatch = {
  message: endIn("message"),
  note: endIn("note"),
  customer: endIn("customer"),
}
function endIn(table: Source) {
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
const takeSaid = applianceStatement((p: Batch & { source: Exclude<Source, "customer"> }) =>
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
const takeOrigins = applianceStatement((p: Batch & { source: Exclude<Source, "customer"> }) =>
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
const move = applianceStatement((p: { source: Source; last: Id }) =>
  applianceQuery.updateTable("wordIndexing").set({ indexedTo: p.last }).where("source", "=", p.source),
)
const command = (index: "wordIndex" | "nameIndex", words: string, rank: number | null = null) =>
  applianceQuery.insertInto(index).values({ [index]: sql.lit(words), ...(rank === null ? {} : { rank }) } as never)
const mergeSaid = applianceStatement((p: { pages: number }) => command("wordIndex", "merge", p.pages))
const mergeNames = applianceStatement((p: { pages: number }) => command("nameIndex", "merge", p.pages))
const emptyOrigins = applianceStatement(() => applianceQuery.deleteFrom("wordOrigin"))
const emptySaid = applianceStatement(() => command("wordIndex", "delete-all"))
const emptyNames = applianceStatement(() => command("nameIndex", "delete-all"))

const indexedTo = (reader: ApplianceReader, source: Source): Id => reader.one(position, { source })?.indexedTo ?? 0

/** The first that was said and waits for the index; null: nothing does. */
export function firstWaiting(reader: ApplianceReader): Id | null {
  const waiting = SAID.flatMap((source) => nextBatch(reader, source, 1).last ?? [])
  return waiting.length === 0 ? null : Math.min(...waiting)
}

/** Whether somebody is not in the index of names yet. */
export const namesWait = (reader: ApplianceReader): boolean => nextBatch(reader, "customer", 1).last !== null

const nextBatch = (reader: ApplianceReader, source: Source, limit: number) => {
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
