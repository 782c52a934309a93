/** A number is let go that nobody has ever talked through; any other is switched off, so that its history stays. */
import type { Tx } from "~/database/handles.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { channelSubject } from "../actions.ts"
import { channelUses, isUsed } from "../queries/uses.ts"
import { deadlines } from "../rules.ts"
import { dropHealth } from "../store/health.ts"
import { deleteChannelRow, loadChannel } from "../store.ts"

/** Refuses `channel.in_use`. */
export function removeChannel(tx: Tx, id: Id): void {
  const channel = found(loadChannel(tx, id))
  demand(!isUsed(channelUses(tx, id)), "channel.in_use")
  tx.raise({ type: "channel.removed", channel: id })
  tx.raise({ type: "audit.due", act: "channel.deleted", subject: channelSubject(channel), changes: {} })
}

/** The last reaction: what others kept for it is gone by now. */
export function dropChannel(tx: Tx, id: Id): void {
  const channel = found(loadChannel(tx, id))
  saveDeadlines(tx, id, deadlines(channel, tenantProfile(tx).timezone, tx.now), [])
  dropHealth(tx, id)
  deleteChannelRow(tx, id)
  tx.ring("status", { everyone: true })
}
