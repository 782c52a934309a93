/** The list of customers shows who was in contact last. */
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { latestOpening } from "../queries/joining.ts"
import { noteOpened, setLastOpened } from "../store.ts"

export function noteContact(tx: Tx, conversation: Id): void {
  const { customer, openedAt } = found(loadConversation(tx, conversation))
  noteOpened(tx, customer, openedAt)
}

/** Conversations have come or gone: who was in contact last is looked up again. */
export function noteLatest(tx: Tx, ...customers: Id[]): void {
  for (const customer of customers) setLastOpened(tx, customer, latestOpening(tx, customer))
}
