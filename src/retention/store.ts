/** How it is kept what a tenant chose, and how far a pass over what is old has come. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { RetentionRow, RetentionRunRow } from "~/database/tables.ts"
import { replaceDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { deadlines, RETENTION, type Retention } from "./rules.ts"

const own = statement(() => query.selectFrom("retention").selectAll())
const add = inserting("retention", ["id", "settings", "doneUntil", "webhooksThrough"])
const change = statement((_: Pick<RetentionRow, "settings" | "doneUntil" | "webhooksThrough">) =>
  query.updateTable("retention").set(slotRow(["settings", "doneUntil", "webhooksThrough"])),
)
const RUN = [
  "phase",
  "position",
  "endedAt",
  "conversations",
  "messages",
  "files",
  "bytes",
  "webhooks",
  "logs",
  "presenceChanges",
] as const
const addRun = inserting("retentionRun", ["id", "askedBy", "startedAt", ...RUN])
const saveRunRow = statement((p: Pick<RetentionRunRow, "id" | (typeof RUN)[number]>) =>
  query.updateTable("retentionRun").set(slotRow(RUN)).where("id", "=", p.id),
)
const running = statement(() => query.selectFrom("retentionRun").selectAll().where("endedAt", "is", null))
const last = statement(() =>
  query.selectFrom("retentionRun").selectAll().where("endedAt", "is not", null).orderBy("startedAt", "desc").limit(1),
)
const dropOld = statement((p: { before: number }) =>
  query.deleteFrom("retentionRun").where("endedAt", "is not", null).where("startedAt", "<", p.before),
)

export type KeptRetention = Omit<RetentionRow, "settings"> & { settings: Retention }

export function loadRetention(reader: Reader): KeptRetention | null {
  const row = reader.one(own)
  return row && { ...row, settings: RETENTION.from(row.settings) }
}

/** Its nights follow. */
export function saveRetention(tx: Tx, kept: KeptRetention, zone: string): void {
  const row = { ...kept, settings: RETENTION.text(kept.settings) }
  if (tx.run(change, row) === 0) tx.run(add, row)
  replaceDeadlines(tx, kept.id, deadlines(kept.settings, kept.doneUntil, zone))
}

export const runningRun = (reader: Reader): RetentionRunRow | null => reader.one(running)
export const lastRun = (reader: Reader): RetentionRunRow | null => reader.one(last)

const NOTHING = { conversations: 0, messages: 0, files: 0, bytes: 0, webhooks: 0, logs: 0, presenceChanges: 0 }

export function insertRun(tx: Tx, askedBy: Id | null): void {
  const begun = { phase: "conversations", position: 0, endedAt: null, ...NOTHING } as const
  tx.run(addRun, { id: tx.newId(), askedBy, startedAt: tx.now, ...begun })
}

export const saveRun = (tx: Tx, row: RetentionRunRow): void => void tx.run(saveRunRow, row)

/** What became of earlier nights is on record; the rows are for the page. */
export const dropRunsBefore = (tx: Tx, before: number): void => void tx.run(dropOld, { before })
