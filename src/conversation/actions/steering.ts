/** What supervisors do with a conversation of anybody: assign it, take it over, return it to the queue, close it. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { takeOver } from "../rules/assigning.ts"
import * as leaving from "../rules/leaving.ts"
import { supervises } from "../rules/policy.ts"
import { byOf, settle, userActing, visible } from "./settling.ts"
import { transfer } from "./transferring.ts"

/** `seenUnread`: how many unread messages the person closing has been shown. */
export type Steering =
  | { deed: "assign"; user: Id }
  | { deed: "take_over" }
  | { deed: "return" }
  | { deed: "close"; seenUnread: number }

/** Refuses as the deed itself does: one conversation, one decision. */
export function steer(tx: Tx, id: Id, steering: Steering): void {
  const me = userActing(tx)
  demand(supervises(me), "access.denied")
  const conversation = visible(tx, id)
  switch (steering.deed) {
    case "assign":
      transfer(tx, id, { to: "user", user: steering.user, mode: "immediate", note: null })
      break
    case "take_over":
      settle(tx, conversation, takeOver(conversation, me.id, tx.now))
      break
    case "return":
      settle(tx, conversation, leaving.returnToQueue(conversation, "returned", tx.now))
      break
    case "close":
      settle(tx, conversation, leaving.close(conversation, byOf(me), steering.seenUnread, tx.now))
      break
  }
}
