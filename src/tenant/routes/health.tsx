/** How the appliance does, for whoever runs it (A14), and how a tenant does, for its admin (A11). */
import type { Screen } from "views/parts/screen.ts"
import { HEALTH_PATH, Health } from "views/tenant/health.tsx"
import { STANDING_PATH, TenantHealth } from "views/tenant/standing.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { channelFrames } from "~/channel/queries/administering.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { scarcityOf } from "~/kernel/disk.ts"
import type { Scanning } from "~/media/rules/scanning.ts"
import type { Areas } from "~/web/areas.ts"
import type { HealthCheck } from "~/web/health.ts"
import { applianceHealth, waitingScans } from "../queries/health.ts"
import { silenceOf } from "../queries/hearing.ts"
import { scannerSettings } from "../queries/scanner.ts"
import { tenantStanding } from "../queries/standing.ts"
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
      kept,
      silence: silenceOf(parts.appliance),
      version,
      room,
      certificate,
      damagedCount: parts.scrub.damaged,
      scanner,
      scarcity: scarcityOf(room),
      unscannedCount: waitingScans(parts.appliance),
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

export const standingRoutes = ({ administration }: Areas, { screenOf }: Pick<HealthParts, "screenOf">) =>
  administration().get(STANDING_PATH, ({ me, read, page, t, now }) => {
    const kept = tenantStanding(read)
    const props = {
      kept,
      numbers: [...channelFrames(read).values()],
      standings: {
        messages: waitingStanding(kept.messages.oldestAt, now),
        mails: waitingStanding(kept.mails.oldestAt, now),
      },
    }
    return page(t("health.title"), <TenantHealth screen={screenOf(me, read)} {...props} />)
  })
