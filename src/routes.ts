/** Everything the intranet listener answers, in one list: what an access matrix walks. */

import type { Passwords } from "~/account/actions/passwords.ts"
import { agentRoutes } from "~/agent/routes.tsx"
import type { Clock } from "~/kernel/clock.ts"
import { messageRoutes } from "~/message/routes.tsx"
import { type AreaParts, createAreas, type Route, routesOf } from "~/web/areas.ts"
import { operationRoutes, storageCheck } from "~/web/health.ts"
import type { Metrics } from "~/web/metrics.ts"
import { type Streams, streamRoutes } from "~/web/stream.ts"

export type IntranetRouteParts = AreaParts & { clock: Clock; streams: Streams; metrics: Metrics; passwords: Passwords }

export function intranetRoutes(parts: IntranetRouteParts): Route[] {
  const { database, clock, streams, metrics, url } = parts
  const areas = createAreas(parts)
  return routesOf([
    operationRoutes(areas, [storageCheck(database, clock)], metrics),
    streamRoutes(areas, streams, url),
    agentRoutes(areas),
    messageRoutes(areas),
  ])
}
