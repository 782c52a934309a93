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

/** Null: the usual ones. */
export function columnsOf(reader: Reader, user: Id, list: string): readonly string[] | null {
  const row = reader.one(chosen, { user, list })
  return row && (JSON.parse(row.columns) as string[])
}

export function saveColumns(tx: Tx, user: Id, list: string, columns: readonly string[] | null): void {
  tx.run(forget, { user, list })
  if (columns !== null) tx.run(choose, { user, list, columns: JSON.stringify(columns) })
}
