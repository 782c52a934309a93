/** The intranet listener, put together: its routes, what they need, and what is measured of it. */
import { BUNDLES } from "views/layout/bundles.ts"
import type { Passwords } from "~/account/actions/passwords.ts"
import type { Adapters } from "~/app.ts"
import { channelDirectory } from "~/channel/queries.ts"
import type { NumberChecks } from "~/channel/rules/findings.ts"
import { surroundingsOf } from "~/command/doctor/surroundings.ts"
import { tenantFile } from "~/command/export/configuration.ts"
import type { Config } from "~/config.ts"
import type { AppDatabase } from "~/database/database.ts"
import { namedOutbound } from "~/doors.ts"
import { createIdentity } from "~/identity/identity.ts"
import { roomOf } from "~/kernel/disk.ts"
import { intranetUrl, publicUrlOf } from "~/listeners.ts"
import { composeLook } from "~/look.tsx"
import type { Mailing } from "~/mail/rules.ts"
import type { Scrub } from "~/media/actions/scrubbing.ts"
import { behindFrom } from "~/message/queries/indexed.ts"
import { createScanner } from "~/outbox/scanner.ts"
import { scanningBy } from "~/outbox/scans.ts"
import type { Counting } from "~/retention/queries/counting.ts"
import { intranetRoutes } from "~/routes.tsx"
import { silenceOf } from "~/tenant/queries/hearing.ts"
import { loadAssets, publicFolder } from "~/web/assets.ts"
import { type Metrics, processMetrics } from "~/web/metrics.ts"
import type { IntranetParts } from "~/web/server.ts"
import type { Signalling } from "~/web/signalling.ts"
import type { Streams } from "~/web/stream.ts"
import { createSetAsideDeeds } from "~/whatsapp/set-aside.ts"
import type { Words } from "~/words.ts"

type Given = {
  metrics: Metrics
  authority: string | null
  scrub: Scrub
  words: Words
  signalling: Signalling
  mailing: Mailing
  counting: Counting
}
type Inside = Omit<Adapters, "passwords"> & Given & { passwords: Passwords; checks: NumberChecks }

export function composeIntranet(
  config: Config,
  inside: Inside,
  database: AppDatabase,
  streams: Streams,
): IntranetParts {
  const { clock, chance, log, passwords, metrics, ...rest } = inside
  const url = intranetUrl(config)
  processMetrics(metrics)
  metrics.gauge("media_files_damaged", "Kept files whose bytes have changed.", () => rest.scrub.damaged)
  metrics.gauge("words_waiting_seconds", "Since when the oldest message waits for the index of words.", () => {
    const from = behindFrom(database.appliance.read)
    return from === null ? 0 : (clock.now() - from) / 1_000
  })
  metrics.gauge("words_in_pieces", "1 while pieces of that index are put together, and a search is slower.", () =>
    inside.words.isInPieces() ? 1 : 0,
  )
  metrics.gauge("service_numbers_silent", "Numbers of which nothing comes although it usually would.", () => {
    return silenceOf(database.appliance.read).numbers.length
  })
  metrics.gauge("event_streams", "Browsers listening.", () => streams.count)
  const requests = metrics.counter("http_requests_total", "Requests answered, by method and class of status.")
  const assets = loadAssets(publicFolder(), BUNDLES)
  const room = roomOf(config.dataFolder, inside.disk)
  metrics.gauge("disk_free_bytes", "Room on the disk that the data are on.", () => room().freeBytes)
  const area = { database, chance, log, look: composeLook({ assets, clock, room }), url }
  const setAside = createSetAsideDeeds({ database, directory: channelDirectory(database) })
  const scanning = scanningBy(inside.scanner ?? createScanner())
  const outbound = inside.outbound ?? namedOutbound(database.appliance.read, clock)
  const own = {
    clock,
    streams,
    metrics,
    passwords,
    setAside,
    outbound,
    tenantFile,
    room,
    scanning,
    ...surroundingsOf(config, room),
  }
  const routes = intranetRoutes({ ...area, ...rest, ...own, ...createIdentity(clock), publicUrl: publicUrlOf(config) })
  return { ...area, routes, assets, trustedProxies: config.trustedProxies, requests }
}
