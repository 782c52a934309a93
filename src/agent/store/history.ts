import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { PresenceChange } from "../rules/history.ts"

const insert = inserting("presenceChange", ["id", "user", "at", "part", "was", "became", "setBy", "reason"])
const lastLink = statement((p: { user: Id }) =>
  query
    .selectFrom("presenceChange")
    .select(["at", "became", "reason"])
    .where("user", "=", p.user)
    .where("part", "=", "link")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

export const addChange = (tx: Tx, change: PresenceChange): void => void tx.run(insert, { ...change, id: tx.newId() })

/** Since when their connection has been given up as lost; null: it is there, or they signed out, or never came. */
export function lostSince(reader: Reader, user: Id): Instant | null {
  const last = reader.one(lastLink, { user })
  return last?.became === "gone" && last.reason === "lost" ? last.at : null
}
