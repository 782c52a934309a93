/** The virus scanner of the appliance, as its operator has named it. */
import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { ApplianceReader } from "~/database/handles.ts"
import type { WhenScannerDown } from "~/media/rules/scanning.ts"
import { TENANT_SETTINGS } from "../rules.ts"
import { tenantBySlug } from "../store.ts"

/** `address` is empty where there is none. */
export function scannerSettings(reader: ApplianceReader): { address: string; whenDown: WhenScannerDown } {
  const { virusScanner, whenScannerDown } = tenantBySlug(reader, APPLIANCE_SLUG)?.settings ?? TENANT_SETTINGS.standard
  return { address: virusScanner, whenDown: whenScannerDown }
}
