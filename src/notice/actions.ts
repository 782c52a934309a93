/** Telling people. Whoever has something to say raises `notice.due`; nobody calls. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { MOST_NOTICES, type Notice, type NoticeTo } from "./rules.ts"
import { administratorsOf, insertNotice, keepLatest, markSeen, supervisorsOf } from "./store.ts"

/** Each of them once, and nobody of what they did themselves. */
export function tell(tx: Tx, { users = [], supervisors, administrators }: NoticeTo, notice: Notice): void {
  const all = new Set([
    ...users,
    ...(supervisors ? supervisorsOf(tx) : []),
    ...(administrators ? administratorsOf(tx) : []),
  ])
  const told = [...all].filter((user) => user !== null && !(tx.actor.kind === "user" && tx.actor.id === user))
  for (const user of told as Id[]) {
    insertNotice(tx, user, notice)
    keepLatest(tx, user, MOST_NOTICES)
  }
  if (told.length > 0) tx.ring("notices", { users: told })
}

/** The user has opened the list. */
export function see(tx: Tx, user: Id): void {
  if (markSeen(tx, user) > 0) tx.ring("notices", { users: [user] })
}
