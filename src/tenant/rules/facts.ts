/** What can happen to a tenant. */
import type { NewAdmin } from "~/account/rules.ts"

export type TenantFact =
  /** The clocks of the tenant's opening hours are others now. */
  | { type: "tenant.timezone_changed" }
  | { type: "tenant.settings_changed" }
  /** Nobody of it signs in, and its numbers send nothing. */
  | { type: "tenant.disabled" }
  | { type: "tenant.enabled" }
  | { type: "tenant.admin_wanted"; admin: NewAdmin }
