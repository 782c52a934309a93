/** What the platform admin sees: the tenants, and nothing of what is in them. */
import type { Screen } from "views/parts/screen.ts"
import { Tenants } from "views/tenant/tenants.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { tenantList } from "./queries.ts"

export type TenantParts = { screenOf: (me: SessionUser, read: Reader) => Screen; appliance: ApplianceReader }

export const tenantRoutes = ({ platform }: Areas, { screenOf, appliance }: TenantParts) =>
  platform().get("/admin/tenants", ({ me, read, page }) => {
    const screen = screenOf(me, read)
    return page(screen.t("tenants.title"), <Tenants screen={screen} tenants={tenantList(appliance)} />)
  })
