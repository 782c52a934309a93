/** What of the appliance's standing is well, what is to be looked at, what is in trouble. */

import { days, type Instant, minutes } from "~/kernel/clock.ts"
import type { DiskRoom } from "~/kernel/disk.ts"

export type Standing = "ok" | "warning" | "trouble"
export type Room = DiskRoom & { databaseBytes: number }

const SCARCE = 0.15
const VERY_SCARCE = 0.05
const SPARE = 1.2

/** A backup and an upgrade need room for another copy of the database. */
export function roomStanding({ freeBytes, totalBytes, databaseBytes }: Room): Standing {
  if (freeBytes < totalBytes * VERY_SCARCE) return "trouble"
  return freeBytes < databaseBytes * SPARE || isScarce({ freeBytes, totalBytes }) ? "warning" : "ok"
}

export const isScarce = ({ freeBytes, totalBytes }: Omit<Room, "databaseBytes">): boolean =>
  freeBytes < totalBytes * SCARCE

/** What has been waiting to leave for so long waits for more than its turn. */
export function waitingStanding(oldestAt: Instant | null, now: Instant): Standing {
  if (oldestAt === null || now - oldestAt < minutes(5)) return "ok"
  return now - oldestAt < minutes(60) ? "warning" : "trouble"
}

export type CertificateEnd = { endsAt: Instant; isOwn: boolean }

/** One of the appliance's own is renewed by itself. */
export function certificateStanding(end: CertificateEnd | null, now: Instant): Standing {
  if (end === null || end.isOwn) return "ok"
  if (end.endsAt <= now) return "trouble"
  return end.endsAt - now < days(30) ? "warning" : "ok"
}

/** While it is silent files are held back, or nobody looks at them; where there is none, nobody expects anything of it. */
export const scannerStanding = (scanner: { version: string } | { trouble: string } | null): Standing =>
  scanner !== null && "trouble" in scanner ? "trouble" : "ok"
