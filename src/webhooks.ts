/** What Meta finds on the public listener. */
import { channelDirectory } from "~/channel/queries.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import type { Metrics } from "~/web/metrics.ts"
import type { PublicRoute } from "~/web/server.ts"
import { ClockWatch } from "~/whatsapp/clock-watch.ts"
import { verificationNoter } from "~/whatsapp/intake/verified.ts"
import { createIntake } from "~/whatsapp/intake.ts"
import { createWebhook } from "~/whatsapp/webhook.ts"

export function webhookRoutes(database: AppDatabase, clock: Clock, log: Log, metrics: Metrics): PublicRoute[] {
  const directory = channelDirectory(database)
  const clockWatch = new ClockWatch()
  metrics.gauge(
    "whatsapp_clock_difference_seconds",
    "How far our clock is ahead of WhatsApp's; 0 while it is right.",
    () => (clockWatch.difference(clock.now()) ?? 0) / 1_000,
  )
  const verified = verificationNoter({ database, directory, log })
  const intake = createIntake({ database, directory, log, clockWatch })
  const webhook = createWebhook({ intake, directory, clock, log, verified })
  return [
    { method: "GET", path: "/webhooks/whatsapp", answer: (request) => webhook.verify(request) },
    { method: "POST", path: "/webhooks/whatsapp", answer: (request) => webhook.receive(request) },
  ]
}
