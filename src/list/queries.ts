/** What a person wants to see of a list. */
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { columnsOf, filtersOf, type SavedFilter } from "./store.ts"

/** The columns they chose; null: the usual ones. Names that the list no longer has are left out by `readAsk`. */
export const chosenColumns = (reader: Reader, user: Id, list: string): readonly string[] | null =>
  columnsOf(reader, user, list)

export const savedFilters = (reader: Reader, user: Id, list: string): SavedFilter[] => filtersOf(reader, user, list)
