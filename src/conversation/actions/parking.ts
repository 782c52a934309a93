/** Into the wait queue and out of it, by hand. Time does the rest (keeping.ts). */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { ownerStanding } from "../queries.ts"
import * as leaving from "../rules/leaving.ts"
import { mayServe } from "../rules/policy.ts"
import { leaveOpen } from "./keeping.ts"
import { byOf, settle, userActing, visible } from "./settling.ts"

/** Waits for the customer; the slot is free at once. */
export function park(tx: Tx, id: Id, parking: leaving.Parking): void {
  const conversation = visible(tx, id)
  settle(tx, conversation, leaving.park(conversation, byOf(userActing(tx)), parking, tx.now))
}

/** Back to whoever parked it, or to whoever takes it from everybody's. Refuses with whose it is. */
export function unpark(tx: Tx, id: Id): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  const isPersonal = conversation.state === "parked" && conversation.parkedAs === "personal"
  demand(isPersonal || mayServe(me, conversation), "conversation.not_your_skillset")
  settle(tx, conversation, leaving.unpark(conversation, byOf(me), tx.now))
  if (isPersonal && !ownerStanding(tx, conversation.owner)?.present) leaveOpen(tx, conversation.owner)
}
