import { LANGUAGES } from "views/locales/index.ts"
import type { Passwords } from "~/account/actions/passwords.ts"
import { LEAST_PASSWORD_CHARACTERS, refusePassword } from "~/account/rules/passwords.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import { automaticMessageRoutes } from "~/automatic-message/routes.tsx"
import { connectionRoutes } from "~/channel/routes/connection.tsx"
import { channelHoursRoutes } from "~/channel/routes/hours.tsx"
import { numberRoutes } from "~/channel/routes/numbers.tsx"
import { channelServingRoutes } from "~/channel/routes/serving.tsx"
import { propertyAdminRoutes } from "~/customer-property/routes/admin.tsx"
import { Refused } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { listRoutes } from "~/list/routes.tsx"
import { menuEditingRoutes } from "~/menu/routes/editing.tsx"
import { predefinedMessageAdminRoutes } from "~/predefined-message/routes/admin.tsx"
import { profilingAdminRoutes } from "~/profiling/routes/admin.tsx"
import { profilingOfChannelRoutes } from "~/profiling/routes/of-channel.tsx"
import { skillsetRoutes } from "~/skillset/routes.tsx"
import { tagAdminRoutes } from "~/tag/routes/admin.tsx"
import { configurationRoutes } from "~/tenant/routes/configuration.tsx"
import { settingsRoutes } from "~/tenant/routes/settings.tsx"
import { type FirstPassword, tenantRoutes } from "~/tenant/routes.tsx"
import type { Areas } from "~/web/areas.ts"
import { screenOf } from "./look.tsx"

import type { IntranetRouteParts } from "./routes.tsx"

/** Every page by which a tenant, or the appliance, is set up. */
export const administrationRoutes = (areas: Areas, parts: IntranetRouteParts) => [
  ...contentRoutes(areas),
  ...ownPages(areas, parts),
  ...numberPages(areas, parts),
]

/** What whoever administers a tenant, or runs the appliance, decides in the browser. */
const ownPages = (areas: Areas, { database, passwords, tenantFile }: IntranetRouteParts) => [
  configurationRoutes(areas, { screenOf, tenantFile }),
  listRoutes(areas),
  settingsRoutes(areas, { screenOf, database, languages: LANGUAGES }),
  skillsetRoutes(areas, { screenOf }),
  tenantRoutes(areas, { screenOf, database, languages: LANGUAGES, hashFirst: firstPassword(passwords) }),
]

/** A3: service numbers, page by page; each section is the noun's whose it is. */
function numberPages(areas: Areas, { database, checks, chance, publicUrl }: IntranetRouteParts) {
  const { secrets, appliance } = database
  const parts = { screenOf, secrets, appliance: appliance.read, checks, chance, publicUrl }
  return [
    numberRoutes(areas, parts),
    connectionRoutes(areas, parts),
    channelHoursRoutes(areas, parts),
    channelServingRoutes(areas, parts),
    automaticMessageRoutes(areas, parts),
    menuEditingRoutes(areas, parts),
    profilingOfChannelRoutes(areas, parts),
  ]
}

/** What a tenant keeps for its agents. */
const contentRoutes = (areas: Areas) => {
  const parts = { screenOf, columnsOf: chosenColumns, lastChange }
  return [
    ...[predefinedMessageAdminRoutes(areas, parts), profilingAdminRoutes(areas, parts)],
    ...[propertyAdminRoutes(areas, parts), tagAdminRoutes(areas, parts)],
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
