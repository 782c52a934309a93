/** A customer asks to be forgotten: from one moment on nobody finds them, and everything of theirs goes step by step. */
import { titleOf } from "~/conversation/queries/console.ts"
import { openOf } from "~/conversation/store.ts"
import { customerFor, knownSince, personOf, rowsOfPerson } from "~/customer/queries.ts"
import { isBeingErased } from "~/customer/store/erasing.ts"
import { loadCustomer } from "~/customer/store.ts"
import type { Tx } from "~/database/handles.ts"
import { days } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { knownBy, messagesInAll, whoAsks } from "../queries/customer.ts"
import { asWritten, confirms, type ErasureNames, refuseErasure } from "../rules/erasing.ts"
import { insertErasure } from "../store/erasures.ts"
import { isHeld } from "../store/holds.ts"
import { administrator } from "./holds.ts"

/** Clocks differ, and WhatsApp's words arrive before the customer is made of them. */
const SLACK = days(1)

/**
 * For the tenant's admin, who typed the customer's name or number. Refuses as `refuseErasure`, and
 * `erasure.not_confirmed`.
 */
export function eraseCustomer(tx: Tx, id: Id, typed: string): Id {
  const me = administrator(tx)
  const customer = found(customerFor(tx, me, id))
  const refusal = refuseErasure({ open: openOf(tx, id).length, isHeld: isHeld(tx, id) })
  if (refusal) throw new Refused(refusal)
  demand(confirms(typed, titleOf(customer), customer.phone), "erasure.not_confirmed")
  return begin(tx, id, me.id)
}

/**
 * For a database that came back from a copy older than the erasure. `waits`: a conversation is open, or there is a hold.
 * In place of an administrator who is not in it, another one has asked.
 */
export function eraseAgain(tx: Tx, row: Id, askedBy: Id): "gone" | "begun" | "waits" {
  if (loadCustomer(tx, row) === null) return "gone"
  const id = personOf(tx, row)
  if (isBeingErased(tx, id)) return "gone"
  const administrator = whoAsks(tx, askedBy)
  if (administrator === null || refuseErasure({ open: openOf(tx, id).length, isHeld: isHeld(tx, id) })) return "waits"
  begin(tx, id, administrator)
  return "begun"
}

function begin(tx: Tx, id: Id, askedBy: Id): Id {
  const rows = rowsOfPerson(tx, id)
  const { ids, ...files } = knownBy(tx, id)
  const names: ErasureNames = { wire: asWritten(ids), files }
  const erasure = insertErasure(tx, {
    customer: id,
    askedBy,
    names: JSON.stringify(names),
    since: Math.min(...rows.map((row) => knownSince(tx, row))) - SLACK,
    messagesInAll: messagesInAll(tx, id),
  })
  for (const row of rows) tx.raise({ type: "removal.names_due", customer: row })
  tx.raise(
    { type: "audit.due", act: "customer.erasure_begun", subject: { kind: "customer", id, name: "" }, changes: {} },
    { type: "retention.erasure_begun", erasure, customers: rows, askedBy },
    { type: "retention.work_begun" },
  )
  tx.ring("retention", { everyone: true, watchersOnly: true })
  return erasure
}
