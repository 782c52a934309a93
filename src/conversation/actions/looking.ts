/** Reading what a colleague wrote is on record. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { ownerOf } from "../rules.ts"
import { userActing, visible } from "./settling.ts"

/** Says that somebody opened a conversation that is another's; one's own, and what is nobody's, is no matter of record. */
export function noteLook(tx: Tx, id: Id): void {
  const me = userActing(tx)
  const owner = ownerOf(visible(tx, id))
  if (owner === null || owner === me.id) return
  const subject = { kind: "conversation", id, name: "" } as const
  tx.raise({ type: "audit.due", act: "conversation.looked_at", subject, changes: {} })
}
