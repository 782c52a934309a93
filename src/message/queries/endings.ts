/** The words of the index that begin as somebody has typed. */
import { type Expression, sql } from "kysely"
import type { ReadingRoom } from "~/database/reading-room.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { beginningIn, type Search } from "../rules/words.ts"

/** A beginning that more words have than this is looked for as it is. */
const MOST_ENDINGS = 150
/** The index has lists of the beginnings of so many letters (migrations/0051_beginnings-of-words.sql). */
const LISTED = [3, 4]

/** The words from one on, each found by asking for the next: to count how often there are takes long for common ones. */
const wordsFrom = applianceStatement((p: { from: string; until: string; limit: number }) =>
  applianceQuery
    .withRecursive("ending(term)", (all) => {
      const next = (from: Expression<string> | string) =>
        all.selectFrom("wordUse").select("wordUse.term").where("wordUse.term", ">=", from).limit(1).$asScalar()
      return all
        .selectNoFrom(next(p.from).as("term"))
        .unionAll(
          all
            .selectFrom("ending")
            .select(next(sql<string>`ending.term || char(1)`).as("term"))
            .where("ending.term", "<", p.until),
        )
    })
    .selectFrom("ending")
    .select("ending.term")
    .where("ending.term", "<", p.until)
    .limit(p.limit),
)

/** The words that begin as what was typed last, when they are few: the index finds them the latest first, and stops. */
export async function endingsOf(room: ReadingRoom, search: Search, signal?: AbortSignal): Promise<string[] | null> {
  const beginning = beginningIn(search)
  if (beginning === null || LISTED.includes([...beginning].length)) return null
  const span = { from: beginning, until: `${beginning}\u{10ffff}`, limit: MOST_ENDINGS + 1 }
  const found = await room.allOfAppliance(wordsFrom, span, signal)
  return found.length === 0 || found.length > MOST_ENDINGS ? null : found.flatMap(({ term }) => term ?? [])
}
