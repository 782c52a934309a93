import { LANGUAGES } from "views/locales/index.ts"
import { accountLetters } from "views/mail/account-letters.ts"
import { invite } from "~/account/actions/inviting.ts"
import type { Passwords } from "~/account/actions/passwords.ts"
import { LEAST_PASSWORD_CHARACTERS, refusePassword } from "~/account/rules/passwords.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import { brandFileRoutes, brandRoutes } from "~/brand/routes.tsx"
import { propertyAdminRoutes } from "~/customer-property/routes/admin.tsx"
import { Refused } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { listRoutes } from "~/list/routes.tsx"
import { predefinedMessageAdminRoutes } from "~/predefined-message/routes/admin.tsx"
import { profilingAdminRoutes } from "~/profiling/routes/admin.tsx"
import { skillsetRoutes } from "~/skillset/routes.tsx"
import { tagAdminRoutes } from "~/tag/routes/admin.tsx"
import { configurationRoutes } from "~/tenant/routes/configuration.tsx"
import { standingRoutes } from "~/tenant/routes/health.tsx"
import { settingsRoutes } from "~/tenant/routes/settings.tsx"
import { type FirstPassword, tenantRoutes } from "~/tenant/routes.tsx"
import type { Areas } from "~/web/areas.ts"
import { screenOf } from "./look.tsx"

import { numberPages } from "./number-pages.ts"
import type { IntranetRouteParts } from "./routes.tsx"

/** Every page by which a tenant, or the appliance, is set up. */
export const administrationRoutes = (areas: Areas, parts: IntranetRouteParts) => [
  ...contentRoutes(areas),
  ...ownPages(areas, parts),
  ...numberPages(areas, { ...parts, screenOf }),
]

/** What whoever administers a tenant, or runs the appliance, decides in the browser. */
const ownPages = (areas: Areas, { database, tenantFile, url, ...parts }: IntranetRouteParts) => [
  configurationRoutes(areas, { screenOf, tenantFile }),
  brandRoutes(areas, { screenOf, appliance: database.appliance.read, url }),
  brandFileRoutes(areas, { appliance: database.appliance.read }),
  listRoutes(areas),
  settingsRoutes(areas, { screenOf, database, languages: LANGUAGES }),
  skillsetRoutes(areas, { screenOf }),
  standingRoutes(areas, { screenOf }),
  tenantRoutes(areas, {
    screenOf,
    database,
    languages: LANGUAGES,
    url,
    hashFirst: firstPassword(parts.passwords),
    inviteFirst: (tenant, actor, admin) =>
      invite({ ...parts, database, url, letters: accountLetters(url) }, tenant, actor, admin),
  }),
]

/** What a tenant keeps for its agents. */
const contentRoutes = (areas: Areas) => {
  const parts = { screenOf, columnsOf: chosenColumns, lastChange }
  return [
    predefinedMessageAdminRoutes(areas, parts),
    profilingAdminRoutes(areas, parts),
    propertyAdminRoutes(areas, parts),
    tagAdminRoutes(areas, parts),
  ]
}

/** Weighs a password as the account does, and hashes it. */
const firstPassword =
  (passwords: Passwords): FirstPassword =>
  async (password, username) => {
    const refusal = refusePassword(password, { least: LEAST_PASSWORD_CHARACTERS, known: [username] })
    if (refusal) throw new Refused(refusal)
    return passwords.hash(password)
  }
