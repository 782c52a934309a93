import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Notice } from "./rules.ts"

const insert = inserting("notice", ["id", "user", "kind", "data", "at", "seenAt"])
const seen = statement((p: { user: Id; now: Instant }) =>
  query.updateTable("notice").set({ seenAt: p.now }).where("user", "=", p.user).where("seenAt", "is", null),
)
const beyond = statement((p: { user: Id; most: number }) =>
  query.selectFrom("notice").select("id").where("user", "=", p.user).orderBy("id", "desc").limit(1).offset(p.most),
)
const removeUpTo = statement((p: { user: Id; last: Id }) =>
  query.deleteFrom("notice").where("user", "=", p.user).where("id", "<=", p.last),
)
const supervisors = statement(() =>
  query
    .selectFrom("user")
    .select("id")
    .where("enabled", "=", 1)
    .where("level", "in", ["supervisor", "tenant_admin"])
    .orderBy("id"),
)

const administrators = statement(() =>
  query.selectFrom("user").select("id").where("enabled", "=", 1).where("level", "=", "tenant_admin").orderBy("id"),
)

export function insertNotice(tx: Tx, user: Id, { kind, ...data }: Notice): void {
  tx.run(insert, { id: tx.newId(), user, kind, data: JSON.stringify(data), at: tx.now, seenAt: null })
}

/** Answers how many had not been seen. */
export const markSeen = (tx: Tx, user: Id): number => tx.run(seen, { user, now: tx.now })

/** Removes what is older than the latest `most`. */
export function keepLatest(tx: Tx, user: Id, most: number): void {
  const last = tx.one(beyond, { user, most })
  if (last) tx.run(removeUpTo, { user, last: last.id })
}

export const administratorsOf = (reader: Reader): Id[] => reader.all(administrators).map(({ id }) => id)

export const supervisorsOf = (reader: Reader): Id[] => reader.all(supervisors).map(({ id }) => id)
