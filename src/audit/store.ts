/** How the record is kept: added to at its end, forgotten from its beginning, never changed. */
import { chainHash, NO_HASH } from "~/database/chain.ts"
import type { Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { AuditAnchorRow, AuditEntryRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type NewEntry = Omit<AuditEntryRow, "id" | "at" | "previousHash" | "hash">

const add = inserting("auditEntry", [
  "id",
  "at",
  "actorKind",
  "actor",
  "actorName",
  "address",
  "act",
  "subjectKind",
  "subject",
  "subjectName",
  "changes",
  "previousHash",
  "hash",
])
const newest = statement(() => query.selectFrom("auditEntry").select("hash").orderBy("id", "desc").limit(1))
const anchor = statement(() => query.selectFrom("auditAnchor").select("hash"))
const oldest = statement((p: { limit: number }) =>
  query.selectFrom("auditEntry").select(["id", "at", "hash"]).orderBy("id").limit(p.limit),
)
type AnchorAt = Pick<AuditAnchorRow, "through" | "hash" | "movedAt">
const moveAnchor = statement((_: AnchorAt) =>
  query.updateTable("auditAnchor").set(slotRow(["through", "hash", "movedAt"])),
)
const dropAnchor = inserting("auditAnchor", ["through", "hash", "movedAt"])
const removeThrough = statement((p: { through: Id }) => query.deleteFrom("auditEntry").where("id", "<=", p.through))

/** Adds an entry at the end of the tenant's chain. */
export function addEntry(tx: Tx, entry: NewEntry): void {
  const previousHash = tx.one(newest)?.hash ?? tx.one(anchor)?.hash ?? NO_HASH
  const row = { ...entry, id: tx.newId(), at: tx.now, previousHash }
  tx.run(add, { ...row, hash: chainHash(previousHash, { ...row, tenant: tx.tenant }) })
}

/** Forgets up to `limit` of the oldest that are older than `before`: the anchor first, which is what allows it. */
export function forgetOldest(tx: Tx, before: Instant, limit: number): void {
  const old = tx.all(oldest, { limit }).filter(({ at }) => at < before)
  const last = old.at(-1)
  if (!last) return
  const place = { through: last.id, hash: last.hash, movedAt: tx.now }
  if (tx.run(moveAnchor, place) === 0) tx.run(dropAnchor, place)
  tx.run(removeThrough, { through: last.id })
}
