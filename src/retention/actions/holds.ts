/** Legal holds: what is under one stays, whatever its age and whoever asks. */
import { may } from "~/account/rules/policy.ts"
import { loadConversation } from "~/conversation/store.ts"
import { customerFor } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { HoldRow } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { deleteHold, type HoldPlace, holdOn, insertHold, loadHold } from "../store/holds.ts"
import { isGoing } from "../store/removals.ts"

/** Refuses `hold.set_already`, and `hold.too_late` where something has gone already. The reason stays with the hold. */
export function setHold(tx: Tx, place: HoldPlace, reason: string): Id {
  const me = administrator(tx)
  if (place.on === "customer") found(customerFor(tx, me, place.id))
  else {
    const conversation = found(loadConversation(tx, place.id))
    demand(!isGoing(tx, place.id) && customerFor(tx, me, conversation.customer) !== null, "hold.too_late")
  }
  demand(holdOn(tx, place) === null, "hold.set_already")
  const hold = insertHold(tx, place, reason, me.id)
  record(tx, "hold.set", place)
  return hold
}

export function liftHold(tx: Tx, id: Id): HoldRow {
  administrator(tx)
  const hold = found(loadHold(tx, id))
  deleteHold(tx, id)
  record(tx, "hold.lifted", placeOf(hold))
  return hold
}

export const placeOf = ({ customer, conversation }: HoldRow): HoldPlace =>
  customer === null ? { on: "conversation", id: found(conversation) } : { on: "customer", id: customer }

/** No reason is put on record: what is said of somebody must be able to go with them. */
function record(tx: Tx, act: "hold.set" | "hold.lifted", { on, id }: HoldPlace): void {
  tx.raise({ type: "audit.due", act, subject: { kind: on, id, name: "" }, changes: {} })
  tx.ring(`${on}-${id}`, { everyone: true, watchersOnly: true })
  tx.ring("retention", { everyone: true, watchersOnly: true })
}

export function administrator(tx: Tx): UserActor {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  found(may(tx.actor, "administer") ? tx.actor : null)
  return tx.actor
}
