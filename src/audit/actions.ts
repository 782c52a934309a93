/** What happens to the record: it is written, and what is old enough is forgotten. */
import { userById } from "~/account/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { AuditFact } from "~/facts.ts"
import { days } from "~/kernel/clock.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { signatureOf } from "./rules.ts"
import { addEntry, forgetOldest } from "./store.ts"

/** Every entry makes room for more than itself, so that the record shrinks to what is kept without a command of its own. */
const FORGOTTEN_AT_ONCE = 20

/** Puts on record what whoever acts has done. */
export function record(tx: Tx, { act, subject, changes }: AuditFact): void {
  const { kind: subjectKind, id, name: subjectName } = subject
  addEntry(tx, {
    ...signatureOf(tx.actor),
    actorName: actorName(tx),
    act,
    subjectKind,
    subject: id,
    subjectName,
    changes: JSON.stringify(changes),
  })
  const { auditKeptDays } = tenantSettings(tx)
  if (auditKeptDays > 0) forgetOldest(tx, tx.now - days(auditKeptDays), FORGOTTEN_AT_ONCE)
}

/** As it was at that moment: people are renamed. Whoever runs the appliance is not in the tenant's list. */
function actorName(tx: Tx): string | null {
  if (tx.actor.kind !== "user") return null
  const user = userById(tx, tx.actor.id)
  return user ? `${user.firstName} ${user.lastName}`.trim() : (tx.actor.visit?.name ?? null)
}
