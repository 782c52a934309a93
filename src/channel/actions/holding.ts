/** Whether a number may send: WhatsApp says so when it is asked to. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { dropHold, saveHold } from "../store/holding.ts"

/** The number may not send until somebody acts; `reason` is a failure key. */
export function holdChannel(tx: Tx, channel: Id, reason: string): void {
  if (!saveHold(tx, channel, reason)) return
  tx.raise({ type: "channel.held", channel, reason })
  tx.ring("status", { everyone: true })
}

/** The number may send again. */
export function releaseChannel(tx: Tx, channel: Id): void {
  if (!dropHold(tx, channel)) return
  tx.raise({ type: "channel.released", channel })
  tx.ring("status", { everyone: true })
}
