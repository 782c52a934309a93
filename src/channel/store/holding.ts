import type { Tx } from "~/database/handles.ts"
import { query, slotRow, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const hold = statement((p: { channel: Id; holdReason: string; heldSince: Instant }) =>
  query
    .updateTable("channel")
    .set(slotRow(["holdReason", "heldSince"] as const))
    .where("id", "=", p.channel)
    .where("holdReason", "is", null),
)
const release = statement((p: { channel: Id }) =>
  query
    .updateTable("channel")
    .set({ holdReason: null, heldSince: null })
    .where("id", "=", p.channel)
    .where("holdReason", "is not", null),
)

/** Answers whether it was free before; the first reason stands. */
export const saveHold = (tx: Tx, channel: Id, reason: string): boolean =>
  tx.run(hold, { channel, holdReason: reason, heldSince: tx.now }) > 0

/** Answers whether it was held. */
export const dropHold = (tx: Tx, channel: Id): boolean => tx.run(release, { channel }) > 0
