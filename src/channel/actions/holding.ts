/** Whether a number may send: WhatsApp says so when it is asked to. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { dropHold, saveHold } from "../store/holding.ts"
import { loadChannel } from "../store.ts"

/** The number may not send until somebody acts; `reason` is a failure key. */
export function holdChannel(tx: Tx, channel: Id, reason: string): void {
  if (!saveHold(tx, channel, reason)) return
  tx.raise({ type: "channel.held", channel, reason })
  tell(tx, channel, "number_held")
  tx.ring("status", { everyone: true })
}

/** The number may send again. */
export function releaseChannel(tx: Tx, channel: Id): void {
  if (!dropHold(tx, channel)) return
  tx.raise({ type: "channel.released", channel })
  tell(tx, channel, "number_released")
  tx.ring("status", { everyone: true })
}

/** Whoever can act, or has to answer for it, wherever they are. */
function tell(tx: Tx, channel: Id, kind: "number_held" | "number_released"): void {
  const { name } = found(loadChannel(tx, channel))
  tx.raise({ type: "notice.due", to: { supervisors: true }, notice: { kind, words: name } })
}
