/** Which template brings the link after the 24 hours. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { loadCallTemplate, saveCallTemplate } from "../store.ts"

/** Null: none does. Answers whether anything is different now. */
export function setCallTemplate(tx: Tx, name: string | null): boolean {
  const before = loadCallTemplate(tx)
  if (before === name) return false
  saveCallTemplate(tx, name)
  const subject = { kind: "tenant", id: tx.tenant, name: tenantProfile(tx).name } as const
  const changes = changesBetween({ template: before }, { template: name })
  tx.raise({ type: "audit.due", act: "tenant.call_template_changed", subject, changes })
  return true
}
