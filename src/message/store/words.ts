/**
 * The index of words: filled in the order of ids, a batch at a time. What becomes of a text that is in it already, the
 * triggers of its table see to (migrations/0039_words.sql).
 */
import { sql } from "kysely"
import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { WordIndexingRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

export type Source = WordIndexingRow["source"]
export const SOURCES: readonly Source[] = ["message", "note"]

const position = applianceStatement((p: { source: Source }) =>
  applianceQuery.selectFrom("wordIndexing").select("indexedTo").where("source", "=", p.source),
)
const endOfBatch = {
  message: endIn("message"),
  note: endIn("note"),
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
const take = applianceStatement((p: { source: Source; after: Id; last: Id }) =>
  applianceQuery
    .insertInto("wordIndex")
    .columns(["rowid", "tenant", "conversation", "words"])
    .expression(
      applianceQuery
        .selectFrom("wording")
        .select(["id", "tenant", "conversation", "words"])
        .where("source", "=", p.source)
        .where("id", ">", p.after)
        .where("id", "<=", p.last)
        .orderBy("id"),
    ),
)
const move = applianceStatement((p: { source: Source; last: Id }) =>
  applianceQuery.updateTable("wordIndexing").set({ indexedTo: p.last }).where("source", "=", p.source),
)
const merge = applianceStatement((p: { pages: number }) =>
  applianceQuery.insertInto("wordIndex").values({ wordIndex: sql.lit("merge"), rank: p.pages } as never),
)
const empty = applianceStatement(() =>
  applianceQuery.insertInto("wordIndex").values({ wordIndex: sql.lit("delete-all") } as never),
)

const indexedTo = (reader: ApplianceReader, source: Source): Id => reader.one(position, { source })?.indexedTo ?? 0

/** The first that waits for the index; null: nothing does. */
export function firstWaiting(reader: ApplianceReader): Id | null {
  const waiting = SOURCES.flatMap((source) => nextBatch(reader, source, 1).last ?? [])
  return waiting.length === 0 ? null : Math.min(...waiting)
}

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
    tx.run(take, { source, after, last })
    tx.run(move, { source, last })
    looked += count
  }
  return looked
}

/** Puts pieces of the index together, by writing about so many of its pages. */
export function mergeWords(tx: ApplianceTx, pages: number): void {
  tx.run(merge, { pages })
}

/** Everything is indexed anew from here on. */
export function forgetWords(tx: ApplianceTx): void {
  tx.run(empty)
  for (const source of SOURCES) tx.run(move, { source, last: 0 })
}
