/** How a person's choice of columns is kept. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

type Key = { user: Id; list: string }

const chosen = statement((p: Key) =>
  query.selectFrom("listColumns").select("columns").where("user", "=", p.user).where("list", "=", p.list),
)
const choose = inserting("listColumns", ["user", "list", "columns"])
const forget = statement((p: Key) =>
  query.deleteFrom("listColumns").where("user", "=", p.user).where("list", "=", p.list),
)

const saved = statement((p: Key) =>
  query
    .selectFrom("savedFilter")
    .select(["id", "name", "query"])
    .where("user", "=", p.user)
    .where("list", "=", p.list)
    .orderBy("name"),
)
const keep = inserting("savedFilter", ["id", "user", "list", "name", "query"])
const drop = statement((p: { user: Id; id: Id }) =>
  query.deleteFrom("savedFilter").where("user", "=", p.user).where("id", "=", p.id),
)

export type SavedFilter = { id: Id; name: string; query: string }

export const filtersOf = (reader: Reader, user: Id, list: string): SavedFilter[] => reader.all(saved, { user, list })

export function insertFilter(tx: Tx, user: Id, list: string, filter: SavedFilter): void {
  tx.run(keep, { user, list, ...filter })
}

/** Answers whether it was theirs. */
export const removeFilter = (tx: Tx, user: Id, id: Id): boolean => tx.run(drop, { user, id }) > 0

/** Null: the usual ones. */
export function columnsOf(reader: Reader, user: Id, list: string): readonly string[] | null {
  const row = reader.one(chosen, { user, list })
  return row && (JSON.parse(row.columns) as string[])
}

export function saveColumns(tx: Tx, user: Id, list: string, columns: readonly string[] | null): void {
  tx.run(forget, { user, list })
  if (columns !== null) tx.run(choose, { user, list, columns: JSON.stringify(columns) })
}
