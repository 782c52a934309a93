/** The record as an administrator reads it: newest first, by whoever did what to whom. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { AuditEntryRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { Changes } from "../rules.ts"

export type AuditLine = Omit<AuditEntryRow, "changes" | "previousHash" | "hash"> & { changes: Changes }

const COLUMNS = [
  "id",
  "at",
  "actorKind",
  "actor",
  "actorName",
  "address",
  "act",
  "subjectKind",
  "subject",
  "subjectName",
  "changes",
] as const
const entry = (column: string) => sql.ref<string>(`auditEntry.${column}`)

/** The list (audit/rules/list.ts). Its order is that of the ids, which are made in order. */
export const auditEntries = listing({
  rows: (plan) =>
    query
      .selectFrom("auditEntry")
      .select(COLUMNS)
      .where((row) =>
        row.and([
          ...plan.words(entry("actorName"), entry("subjectName"), entry("changes"), entry("address")),
          ...plan.filter("since", ([since]) => row("auditEntry.at", ">=", since ?? (0 as never))),
          ...plan.filter("who", (values) => row("auditEntry.actor", "in", values)),
          ...plan.filter("by", (values) => row("auditEntry.actorKind", "in", values)),
          ...plan.filter("act", (values) => row("auditEntry.act", "in", values)),
          ...plan.filter("kind", (values) => row("auditEntry.subjectKind", "in", values)),
        ]),
      ),
  line: (raw): AuditLine => ({ ...raw, changes: JSON.parse(raw.changes) as Changes }),
  id: "auditEntry.id",
  order: { at: sql.ref<number>("auditEntry.at") },
})

const byId = statement((p: { id: Id }) => query.selectFrom("auditEntry").selectAll().where("id", "=", p.id))

/** One entry with its place in the chain. */
export function auditEntry(reader: Reader, id: Id): (AuditLine & { hash: string }) | null {
  const row = reader.one(byId, { id })
  if (!row) return null
  const { previousHash: _, hash, changes, ...line } = row
  return { ...line, changes: JSON.parse(changes) as Changes, hash: Buffer.from(hash).toString("hex") }
}

const everybody = statement(() =>
  query.selectFrom("user").select(["id", "firstName", "lastName"]).orderBy("lastName").orderBy("firstName"),
)
/** Whom the list can be narrowed down to. */
export const auditActors = (reader: Reader): { id: Id; name: string }[] =>
  reader.all(everybody).map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}`.trim() }))
