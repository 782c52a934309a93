import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { filtersOf, insertFilter, removeFilter, saveColumns } from "./store.ts"

/** Null: the usual ones again. */
export const chooseColumns = (tx: Tx, user: Id, list: string, columns: readonly string[] | null): void =>
  saveColumns(tx, user, list, columns)

const MOST_FILTERS = 30

/** Under a name of its own; the same name again means the new one. Refuses `list.too_many_filters {most}`. */
export function saveFilter(tx: Tx, user: Id, list: string, { name, query }: { name: string; query: string }): void {
  const there = filtersOf(tx, user, list)
  const same = there.find((one) => one.name === name)
  if (same) removeFilter(tx, user, same.id)
  demand(same !== undefined || there.length < MOST_FILTERS, "list.too_many_filters", { most: MOST_FILTERS })
  insertFilter(tx, user, list, { id: tx.newId(), name, query })
}

export function forgetFilter(tx: Tx, user: Id, id: Id): void {
  found(removeFilter(tx, user, id) ? id : null)
}
