/** Which settings the page of settings shows, in which groups; the others have pages of their own. */
import type { TenantSettings } from "../rules.ts"

export const SETTING_GROUPS = {
  offers: ["offerTimeoutSeconds", "repeatOfferPauseSeconds", "missedOffersUntilBreak", "mayDecline"],
  queue: ["priorityStepSeconds", "unservedAfterSeconds", "returnToLastAgent", "returnToLastAgentDays"],
  kept: [
    "parkedAlertAfterHours",
    "parkedReleaseAfterHours",
    "personalAlertAfterMinutes",
    "personalBecomesPublicAfterMinutes",
    "ownerAbsentReturnMinutes",
  ],
  closing: ["reopenWithinMinutes", "thanksAfterClosingMinutes", "thanksWords"],
  sending: ["linkPreviews"],
  templates: ["unansweredTemplateDays", "templatesPerSilentCustomerPerDay"],
  consent: ["optOutWords", "optInWords"],
  mail: ["conversationsMailedBy"],
  maps: ["geocoderUrl"],
  calls: ["callThroughRelayOnly"],
  record: ["auditKeptDays"],
} as const satisfies Record<string, readonly (keyof TenantSettings)[]>

export type SettingGroup = keyof typeof SETTING_GROUPS
export type ShownSetting = (typeof SETTING_GROUPS)[SettingGroup][number]

type Writable = { name: string; timezone: string; language: string; settings: TenantSettings }

/** A tenant as the form of the page writes it, field by field. */
export function writtenTenant({ name, timezone, language, settings }: Writable): Record<string, string[]> {
  const shown = Object.values(SETTING_GROUPS).flat()
  const write = (value: number | string | boolean): string[] =>
    typeof value === "boolean" ? (value ? ["on"] : []) : [String(value)]
  return {
    name: [name],
    timezone: [timezone],
    language: [language],
    ...Object.fromEntries(shown.map((key) => [key, write(settings[key])])),
  }
}
