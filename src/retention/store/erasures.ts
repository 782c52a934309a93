import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ErasureRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

const MOVING = [
  "phase",
  "position",
  "endedAt",
  "names",
  "conversations",
  "messages",
  "files",
  "bytes",
  "webhooks",
] as const
const add = inserting("erasure", ["id", "customer", "askedBy", "askedAt", "since", "messagesInAll", ...MOVING])
const save = statement((p: Pick<ErasureRow, "id" | (typeof MOVING)[number]>) =>
  query.updateTable("erasure").set(slotRow(MOVING)).where("id", "=", p.id),
)
const running = statement(() =>
  query.selectFrom("erasure").selectAll().where("endedAt", "is", null).orderBy("id").limit(1),
)
const byId = statement((p: { id: Id }) => query.selectFrom("erasure").selectAll().where("id", "=", p.id))
const latest = statement((p: { limit: number }) =>
  query.selectFrom("erasure").selectAll().orderBy("askedAt", "desc").limit(p.limit),
)
const all = statement(() => query.selectFrom("erasure").select(["id", "customer", "askedBy"]).orderBy("id"))

export const allErasures = (reader: Reader) => reader.all(all)
/** The one that is under way; others wait for it. */
export const runningErasure = (reader: Reader): ErasureRow | null => reader.one(running)
export const loadErasure = (reader: Reader, id: Id): ErasureRow | null => reader.one(byId, { id })
export const latestErasures = (reader: Reader, limit: number): ErasureRow[] => reader.all(latest, { limit })

type NewErasure = Pick<ErasureRow, "customer" | "askedBy" | "names" | "since" | "messagesInAll">

export function insertErasure(tx: Tx, given: NewErasure): Id {
  const id = tx.newId()
  const nothing = { conversations: 0, messages: 0, files: 0, bytes: 0, webhooks: 0 }
  const begun = { phase: "conversations", position: 0, endedAt: null, ...nothing } as const
  tx.run(add, { id, askedAt: tx.now, ...given, ...begun })
  return id
}

export const saveErasure = (tx: Tx, row: ErasureRow): void => void tx.run(save, row)
