import type { Tx } from "~/database/handles.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { importDeadlines, isOver } from "../rules/importing.ts"
import { deleteCustomer, takeNames } from "../store/erasing.ts"
import { blankProblem, loadImport, removeProblems, saveImport } from "../store/imports.ts"
import { removeAddress } from "../store/joins.ts"

/** From this moment nobody finds them: their number, should it write again, is somebody new. */
export function loseNames(tx: Tx, customer: Id): void {
  takeNames(tx, customer)
  tx.ring(`customer-${customer}`, { everyone: true, watchersOnly: true })
}

/** Nothing else is left of them. */
export const forgetCustomer = (tx: Tx, customer: Id): void => deleteCustomer(tx, customer)

/** The conversation goes: under whose number it was held is of no use. */
export const forgetAddress = (tx: Tx, conversation: Id): void => removeAddress(tx, conversation)

/**
 * Details that name somebody who is erased. Of a file that is worked off nothing is needed any more: a refused cell rarely
 * says whose it is, so all of them go. One that is still on its way keeps its headings and whoever else was refused.
 */
export function forgetImportDetails(tx: Tx, imports: readonly Id[], problems: readonly Id[]): void {
  for (const id of imports) {
    const kept = loadImport(tx, id)
    if (!kept?.preview) continue
    const next = { ...kept, preview: isOver(kept.state) ? null : { ...kept.preview, samples: [] } }
    saveImport(tx, next)
    saveDeadlines(tx, id, importDeadlines(kept), importDeadlines(next))
    tx.ring(`customer-import-${id}`, { supervisors: true, watchersOnly: true })
  }
  for (const id of problems) blankProblem(tx, id)
}

export const forgetImportProblems = (tx: Tx, id: Id, most: number): void => void removeProblems(tx, id, most)
