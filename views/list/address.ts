/** The address of a list as it stands: what `readAsk` (src/kernel/list.ts) reads again. */
import type { ListAsk, ListCursor } from "~/kernel/list.ts"

/** `path` with everything that is asked for; `cursor`: which page, null for the first. */
export function listAddress(path: string, ask: ListAsk, cursor: ListCursor | null = null): string {
  const asked = new URLSearchParams(listQuery(ask))
  if (cursor) asked.set(cursor.side, `${cursor.id}~${typeof cursor.key === "number" ? "#" : ""}${cursor.key}`)
  return asked.size === 0 ? path : `${path}?${asked}`
}

/** The same as fields of a form: names and values. */
export function listQuery({ words, filters, sort }: ListAsk): [string, string][] {
  const fields: [string, string][] = words === "" ? [] : [["q", words]]
  for (const [name, values] of Object.entries(filters))
    for (const value of values ?? []) fields.push([name, String(value)])
  if (!sort.isUsual) fields.push(["sort", `${sort.descending ? "-" : ""}${sort.by}`])
  return fields
}
