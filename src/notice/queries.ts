/** What the bell of the header shows. */
import { titleFor } from "~/conversation/queries/known.ts"
import { nameOf, skillsetNameOf } from "~/conversation/queries/refusal.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import { type Instant, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { MOST_NOTICES, type NoticeData, type NoticeKind } from "./rules.ts"

export type NoticeLine = {
  id: Id
  kind: NoticeKind
  at: Instant
  /** Not looked at before the list was opened this time. */
  isNew: boolean
  /** Where it leads. */
  conversation: Id | null
  /** Empty where it names nobody, or nobody the reader may know of. */
  customer: string
  user: string
  by: string
  skillset: string
  count: number
  words: string
}
export type NoticeArea = { unseen: number; lines: NoticeLine[] }

/** Opening the list marks all as seen; what was new stays marked for as long as one reads. */
const READING = minutes(1)

const latest = statement((p: { user: Id; limit: number }) =>
  query
    .selectFrom("notice")
    .select(["id", "kind", "data", "at", "seenAt"])
    .where("user", "=", p.user)
    .orderBy("id", "desc")
    .limit(p.limit),
)

/** The user's notices, latest first, in names. */
export function noticesOf(reader: Reader, actor: UserActor): NoticeArea {
  const rows = reader.all(latest, { user: actor.id, limit: MOST_NOTICES })
  const lines = rows.map(({ id, kind, data, at, seenAt }): NoticeLine => {
    const { conversation, user, by, skillset, count = 0, words = "" } = JSON.parse(data) as NoticeData
    return {
      id,
      kind: kind as NoticeKind,
      at,
      count,
      words,
      isNew: seenAt === null || reader.now - seenAt < READING,
      ...placeOf(reader, actor, conversation),
      user: user === undefined ? "" : nameOf(reader, user),
      by: by === undefined ? "" : nameOf(reader, by),
      skillset: skillsetNameOf(reader, skillset ?? null),
    }
  })
  return { unseen: rows.filter(({ seenAt }) => seenAt === null).length, lines }
}

/** Rights may have gone since it was told. */
function placeOf(reader: Reader, actor: UserActor, id: Id | undefined): Pick<NoticeLine, "conversation" | "customer"> {
  const customer = id === undefined ? null : titleFor(reader, actor, id)
  return customer === null ? { conversation: null, customer: "" } : { conversation: id ?? null, customer }
}
