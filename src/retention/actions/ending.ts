/** What has been removed is on record, in figures. */
import type { Changes } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { ErasureRow, RetentionRunRow } from "~/database/tables.ts"
import { subjectOf } from "../actions.ts"
import { saveErasure } from "../store/erasures.ts"
import { saveRun } from "../store.ts"

export function endErasure(tx: Tx, erasure: ErasureRow): void {
  const over = { ...erasure, phase: "over", endedAt: tx.now, names: "[]" } as const
  saveErasure(tx, over)
  const { conversations, messages, files, bytes, webhooks } = over
  const subject = { kind: "customer", id: erasure.customer, name: "" } as const
  const changes = figures({ conversations, messages, files, bytes, webhooks })
  tx.raise({ type: "audit.due", act: "customer.erased", subject, changes })
}

/** Of a night that found nothing nobody needs to read. */
export function endRun(tx: Tx, run: RetentionRunRow): void {
  const over = { ...run, phase: "over", position: 0, endedAt: tx.now } as const
  saveRun(tx, over)
  const { conversations, messages, files, bytes, webhooks, logs, presenceChanges } = over
  const changes = figures({ conversations, messages, files, bytes, webhooks, logs, presenceChanges })
  if (Object.keys(changes).length === 0 && run.askedBy === null) return
  tx.raise({ type: "audit.due", act: "retention.removed", subject: subjectOf(tx), changes })
}

const figures = (counts: Readonly<Record<string, number>>): Changes =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, after]) => [name, { before: null, after }]),
  )
