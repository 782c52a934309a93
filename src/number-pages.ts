/** A3: service numbers, page by page; each section is the noun's whose it is. */
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { automaticMessageRoutes } from "~/automatic-message/routes.tsx"
import { connectionRoutes } from "~/channel/routes/connection.tsx"
import { holidayRoutes } from "~/channel/routes/holidays.tsx"
import { channelHoursRoutes } from "~/channel/routes/hours.tsx"
import { numberRoutes } from "~/channel/routes/numbers.tsx"
import { channelServingRoutes } from "~/channel/routes/serving.tsx"
import type { NumberChecks } from "~/channel/rules/findings.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import type { Chance } from "~/kernel/chance.ts"
import { menuEditingRoutes } from "~/menu/routes/editing.tsx"
import { profilingOfChannelRoutes } from "~/profiling/routes/of-channel.tsx"
import type { Areas } from "~/web/areas.ts"

type Parts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  database: AppDatabase
  checks: NumberChecks
  chance: Chance
  publicUrl: string
}

export function numberPages(areas: Areas, { screenOf, database, checks, chance, publicUrl }: Parts) {
  const { secrets, appliance } = database
  const parts = { screenOf, secrets, appliance: appliance.read, checks, chance, publicUrl }
  return [
    numberRoutes(areas, parts),
    connectionRoutes(areas, parts),
    channelHoursRoutes(areas, parts),
    holidayRoutes(areas, parts),
    channelServingRoutes(areas, parts),
    automaticMessageRoutes(areas, parts),
    menuEditingRoutes(areas, parts),
    profilingOfChannelRoutes(areas, parts),
  ]
}
