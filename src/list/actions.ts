import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { saveColumns } from "./store.ts"

/** Null: the usual ones again. */
export const chooseColumns = (tx: Tx, user: Id, list: string, columns: readonly string[] | null): void =>
  saveColumns(tx, user, list, columns)
