/** A14: how the appliance does, for whoever runs it. */
import type { Screen } from "views/parts/screen.ts"
import { HEALTH_PATH, Health } from "views/tenant/health.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { scarcityOf } from "~/kernel/disk.ts"
import type { Scanning } from "~/media/rules/scanning.ts"
import type { Areas } from "~/web/areas.ts"
import type { HealthCheck } from "~/web/health.ts"
import { applianceHealth, waitingScans } from "../queries/health.ts"
import { scannerSettings } from "../queries/scanner.ts"
import {
  type CertificateEnd,
  certificateStanding,
  type Room,
  roomStanding,
  scannerStanding,
  waitingStanding,
} from "../rules/health.ts"

/** What the database does not know. */
export type Surroundings = { version: string; room: Room; certificate: CertificateEnd | null }
export type HealthParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  appliance: ApplianceReader
  /** The same that `GET /health` asks. */
  checks: readonly HealthCheck[]
  scrub: { readonly damaged: number }
  surroundings: () => Surroundings
  scanning: Scanning
}

export const healthRoutes = ({ platform }: Areas, parts: HealthParts) =>
  platform().get(HEALTH_PATH, async ({ me, read, page, t, now }) => {
    const reports = await Promise.all(parts.checks.map(({ check }) => check()))
    const kept = applianceHealth(parts.appliance)
    const scanner = await parts.scanning.standing(scannerSettings(parts.appliance).address)
    const { version, room, certificate } = parts.surroundings()
    const props = {
      ...{ kept, version, room, certificate, damagedCount: parts.scrub.damaged, scanner },
      ...{ scarcity: scarcityOf(room), unscannedCount: waitingScans(parts.appliance) },
      standings: {
        storage: reports.every(({ ok }) => ok) ? ("ok" as const) : ("trouble" as const),
        room: roomStanding(room),
        scanner: scannerStanding(scanner),
        messages: waitingStanding(kept.messages.oldestAt, now),
        mails: waitingStanding(kept.mails.oldestAt, now),
        certificate: certificateStanding(certificate, now),
      },
    }
    return page(t("health.title"), <Health screen={parts.screenOf(me, read)} {...props} />)
  })
