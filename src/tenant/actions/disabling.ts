/** A tenant is switched off and on again; nothing of it is lost. */
import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { ApplianceTx } from "~/database/handles.ts"
import type { Actor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { setTenantDisabled, tenantById } from "../store.ts"

/** «Not found» for the tenant of those who run the appliance. */
export function enableTenant(tx: ApplianceTx, actor: Actor, id: Id, enabled: boolean): void {
  const tenant = found(tenantById(tx, id))
  found(tenant.slug === APPLIANCE_SLUG ? null : tenant)
  if (!setTenantDisabled(tx, id, enabled ? null : tx.now)) return
  tx.within(id, actor, (inside) => {
    const act = enabled ? "tenant.enabled" : "tenant.disabled"
    const subject = { kind: "tenant", id, name: tenant.name } as const
    inside.raise({ type: act }, { type: "audit.due", act, subject, changes: {} })
  })
}
