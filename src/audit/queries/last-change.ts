/** Who changed something last: what a form says of a change that came between. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import type { SubjectKind } from "../rules.ts"

/** A form is rarely open for longer; nobody looks further back. */
const LOOKED_BACK = days(2)

const latest = statement((p: { kind: SubjectKind; subject: Id; since: Id }) =>
  query
    .selectFrom("auditEntry")
    .select(["actorName as name", "at"])
    .where("subjectKind", "=", p.kind)
    .where("subject", "=", p.subject)
    .where("id", ">", p.since)
    .orderBy("id", "desc")
    .limit(1),
)

/** By name, and when; null when it was no person, or too long ago. */
export function lastChange(reader: Reader, kind: SubjectKind, subject: Id): { name: string; at: Instant } | null {
  const since = firstIdAt(reader.now - LOOKED_BACK)
  const entry = reader.one(latest, { kind, subject, since })
  return entry?.name ? { name: entry.name, at: entry.at } : null
}
