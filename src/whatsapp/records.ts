/** What arrived on the wire, as it was: signed bodies, what could not be placed, news for the admin. */
import type { ApplianceTx, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { EnvelopeRow, QuarantineRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const keep = applianceStatement((_: EnvelopeRow) =>
  applianceQuery
    .insertInto("envelope")
    .values(slotRow(["id", "digest", "receivedAt", "body"] as const))
    .onConflict((conflict) => conflict.column("digest").doNothing()),
)
const setAside = applianceStatement((_: QuarantineRow & { tenant: Id | null }) =>
  applianceQuery
    .insertInto("quarantine")
    .values(slotRow(["id", "tenant", "envelope", "phoneNumberId", "reason", "item", "at"] as const)),
)
const latest = statement(() => query.selectFrom("quarantine").select("at").orderBy("id", "desc").limit(1))
const asideById = statement((p: { id: Id }) => query.selectFrom("quarantine").selectAll().where("id", "=", p.id))
const remove = statement((p: { id: Id }) => query.deleteFrom("quarantine").where("id", "=", p.id))
const notice = inserting("channelNotice", ["id", "channel", "field", "item", "at"])

/** Keeps a body; null when the very same has been kept before. */
export function keepEnvelope(tx: ApplianceTx, digest: Uint8Array, body: Uint8Array): Id | null {
  const id = tx.newId()
  return tx.run(keep, { id, digest, receivedAt: tx.now, body }) === 0 ? null : id
}

export function quarantine(
  tx: ApplianceTx,
  given: { tenant: Id | null; envelope: Id; phoneNumberId: string | null; reason: string; item: string },
): void {
  tx.run(setAside, { id: tx.newId(), ...given, at: tx.now })
}

/** When something of the tenant was last set aside; 0: never. */
export const lastSetAside = (reader: Reader): Instant => reader.one(latest)?.at ?? 0

export const setAsideById = (reader: Reader, id: Id): QuarantineRow | null => reader.one(asideById, { id })

export const removeSetAside = (tx: Tx, id: Id): void => void tx.run(remove, { id })

/** For the admin's health pages. Bad news of the account or of a number's quality is told as well. */
export function noteForAdmin(tx: Tx, channel: Id | null, field: string, item: unknown): void {
  tx.run(notice, { id: tx.newId(), channel, field, item: JSON.stringify(item), at: tx.now })
  if (TOLD.has(field))
    tx.raise({ type: "notice.due", to: { administrators: true }, notice: { kind: "account_news", words: field } })
}

/** A ban, a restriction, a number whose messages people block: somebody has to act. */
const TOLD: ReadonlySet<string> = new Set([
  "account_update",
  "account_alerts",
  "phone_number_quality_update",
  "security",
])
