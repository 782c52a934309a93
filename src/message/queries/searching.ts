/** Looking for words in one conversation: the latest first, a stretch of the thread at a time. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { notesSaying } from "~/note/queries.ts"
import { AMENDING } from "../rules/amending.ts"
import { folded } from "../rules/searching.ts"
import type { ThreadCursor } from "./thread.ts"

/** `next`: where looking goes on; null when all of the thread has been looked at. */
export type Hits = { hits: ThreadCursor[]; next: ThreadCursor | null }

/** So many messages are looked at in one request, whatever the length of the thread. */
const STRETCH = 2_500

const stretch = statement((p: ThreadCursor & { conversation: Id; limit: number }) =>
  query
    .selectFrom("message")
    .select(["id", "at", "text"])
    .where("conversation", "=", p.conversation)
    .where("kind", "not in", AMENDING)
    .where("at", "<=", p.at)
    .where((row) => row.or([row("at", "<", p.at), row("id", "<", p.id)]))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(p.limit),
)

const isLater = (one: ThreadCursor, other: ThreadCursor): boolean =>
  one.at > other.at || (one.at === other.at && one.id > other.id)

const END: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** The messages before `before` that say `words` somewhere, as one piece. */
export function hitsIn(reader: Reader, conversation: Id, words: string, before: ThreadCursor | null): Hits {
  const wanted = folded(words.trim())
  const rows = wanted === "" ? [] : reader.all(stretch, { conversation, ...(before ?? END), limit: STRETCH })
  const last = rows.length === STRETCH ? rows.at(-1) : undefined
  const said = rows.filter(({ text }) => folded(text).includes(wanted)).map(({ at, id }) => ({ at, id }))
  const range = { conversation, ...(before ?? END), fromAt: last?.at ?? 0 }
  const noted = wanted === "" ? [] : notesSaying(reader, range, wanted).filter((one) => !last || isLater(one, last))
  return {
    hits: [...said, ...noted].sort((a, b) => b.at - a.at || b.id - a.id),
    next: last ? { at: last.at, id: last.id } : null,
  }
}
