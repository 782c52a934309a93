import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteVisit, visitOf } from "../store.ts"

export function deleteVisitOf(tx: Tx, conversation: Id): void {
  const visit = visitOf(tx, conversation)
  if (visit) deleteVisit(tx, visit)
}
