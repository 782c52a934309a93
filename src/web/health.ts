/** Is the appliance well? One check per organ; the parts that know bring theirs. */
import type { AppDatabase } from "~/database/database.ts"
import { writeSetting } from "~/database/settings.ts"
import { type Clock, type Instant, seconds } from "~/kernel/clock.ts"
import { type DiskRoom, scarcityOf } from "~/kernel/disk.ts"
import type { Areas } from "./areas.ts"
import type { Metrics } from "./metrics.ts"

/** `ok: false` makes the whole answer a 503. Details are counts, times and words, never content. */
export type HealthReport = { ok: boolean; detail?: Readonly<Record<string, string | number | null>> }
export type HealthCheck = { name: string; check(): HealthReport | Promise<HealthReport> }

const STORAGE_TRIED_EVERY = seconds(10)

/** Writes a row and waits for the disk; whoever asks more often hears the last answer again. */
export function storageCheck(database: AppDatabase, clock: Clock): HealthCheck {
  let last: { at: Instant; report: Promise<HealthReport> } | null = null
  const attempt = async (): Promise<HealthReport> => {
    try {
      await database.appliance.act((tx) => writeSetting(tx, "heartbeat", String(tx.now)))
      return { ok: true }
    } catch {
      return { ok: false, detail: { reason: "the database cannot be written" } }
    }
  }
  return {
    name: "storage",
    check() {
      if (!last || clock.now() - last.at >= STORAGE_TRIED_EVERY) last = { at: clock.now(), report: attempt() }
      return last.report
    },
  }
}

/** What the background look at kept files has found: to be acted upon, but no reason to take the appliance out of service. */
export const filesCheck = (files: { scrub: { readonly damaged: number }; waiting: () => number }): HealthCheck => ({
  name: "files",
  check: () => ({ ok: true, detail: { damaged: files.scrub.damaged, waitingForScanner: files.waiting() } }),
})

/** How far the disk is filled; the appliance itself keeps back what is large, so that it stays in service. */
export const roomCheck = (room: () => DiskRoom): HealthCheck => ({
  name: "room",
  check() {
    const { freeBytes, totalBytes } = room()
    return { ok: true, detail: { freeBytes, totalBytes, keptBack: scarcityOf({ freeBytes, totalBytes }) } }
  },
})

/** `GET /health` and `GET /metrics`: open to whoever reaches the intranet listener, and nothing of anybody in them. */
export const operationRoutes = ({ open }: Areas, checks: readonly HealthCheck[], metrics: Metrics) =>
  open()
    .get("/health", async ({ json }) => {
      const reports = await Promise.all(checks.map(async ({ name, check }) => [name, await attempted(check)] as const))
      const ok = reports.every(([, report]) => report.ok)
      return json({ status: ok ? "ok" : "failing", checks: Object.fromEntries(reports) }, ok ? 200 : 503)
    })
    .get("/metrics", () => new Response(metrics.text(), { headers: { "content-type": METRICS_TYPE } }))

const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

async function attempted(check: HealthCheck["check"]): Promise<HealthReport> {
  try {
    return await check()
  } catch {
    return { ok: false, detail: { reason: "the check itself failed" } }
  }
}
