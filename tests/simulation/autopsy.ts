/** What a failed run shows of the conversations that its complaint names. */
import { type Row, rowsOf } from "../support/records.ts"

const MOST = 3

export function autopsy(path: string, complaint: string): string {
  const ids = [...new Set(complaint.match(/\d{14,}/g) ?? [])].map(Number).slice(0, MOST)
  const shown = ids.flatMap((id) => [
    ...rowsOf(path, "SELECT * FROM conversation WHERE id = ?", id),
    ...rowsOf(path, "SELECT * FROM timer WHERE subject = ?", id),
    ...rowsOf(path, "SELECT at, kind, actor, data FROM event WHERE conversation = ? ORDER BY id", id),
  ])
  return shown.map((row: Row) => JSON.stringify(row)).join("\n")
}
