/** What is kept of a customer leaves the house: on record. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { customerFor } from "../queries.ts"
import { putOnRecord, userActing } from "./entering.ts"

export function noteArchive(tx: Tx, id: Id): void {
  found(customerFor(tx, userActing(tx), id))
  putOnRecord(tx, "export.made", id, {})
}
