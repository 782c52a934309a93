/** What arrived on the wire, as it was: signed bodies, what could not be placed, news for the admin. */
import type { ApplianceTx, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, slotRow } from "~/database/statement.ts"
import type { EnvelopeRow, QuarantineRow } from "~/database/tables.ts"
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

/** For the admin's health pages. */
export function noteForAdmin(tx: Tx, channel: Id | null, field: string, item: unknown): void {
  tx.run(notice, { id: tx.newId(), channel, field, item: JSON.stringify(item), at: tx.now })
}
