import { createPasswords, type Passwords } from "~/account/actions/passwords.ts"
import { ensureSetupToken } from "~/account/actions/setup.ts"
import { guestRoutes } from "~/call/routes/guest.tsx"
import { composeCalls } from "~/calls.ts"
import { answerOperation } from "~/command/operations.ts"
import type { Config } from "~/config.ts"
import { forgetLinks, presenceOf } from "~/connected.ts"
import { serveControl } from "~/control.ts"
import type { Imports } from "~/customer/actions/import-running.ts"
import type { FollowUp } from "~/database/act.ts"
import type { AppDatabase } from "~/database/database.ts"
import { erasuresPath, openDataFolder, socketPath } from "~/database/folder.ts"
import { whatsappOutbound } from "~/doors.ts"
import { composeIntranet } from "~/intranet.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { type Disk, roomOf } from "~/kernel/disk.ts"
import type { Log } from "~/kernel/log.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { writeLetters } from "~/letters.tsx"
import { certificatesFor, intranetUrl, openListeners, publicUrlOf } from "~/listeners.ts"
import { serverOfUrl } from "~/mail/rules/standard.ts"
import type { Mailer } from "~/mail/rules.ts"
import { createMailer } from "~/outbox/mail/smtp.ts"
import { createOutbox, type Outbox } from "~/outbox/outbox.ts"
import { createScanner, type Scanner } from "~/outbox/scanner.ts"
import { followUp } from "~/reactions.ts"
import type { OwedReports } from "~/report/actions/owing.ts"
import type { Sweep } from "~/retention/actions/sweeping.ts"
import { composeUpkeep } from "~/upkeep.ts"
import { offerWatch } from "~/vigil.ts"
import { createMetrics } from "~/web/metrics.ts"
import { type IntranetParts, intranetHandler, type PublicRoute, publicHandler } from "~/web/server.ts"
import type { Signalling } from "~/web/signalling.ts"
import { Streams } from "~/web/stream.ts"
import { webhookRoutes } from "~/webhooks.ts"
import { createWhatsAppClient } from "~/whatsapp/client.ts"
import { createNumberChecks } from "~/whatsapp/number-checks.ts"

/** What an appliance takes from its surroundings; tests bring a clock and a chance of their own, and no network. */
export type Adapters = {
  clock: Clock
  chance: Chance
  log: Log
  outbound?: Outbound
  passwords?: Passwords
  mailer?: Mailer
  scanner?: Scanner
  /** How much room there is where the data are. */
  disk?: Disk
}

/** The appliance without its listeners: everything answers, nothing is heard from outside. */
export type Composed = {
  database: AppDatabase
  outbox: Outbox
  sweep: Sweep
  imports: Imports
  reports: OwedReports
  streams: Streams
  signalling: Signalling
  intranet: IntranetParts
  publicRoutes: readonly PublicRoute[]
  /** What the intranet listener answers to a request, and the public one. */
  answer(request: Request, peer?: string): Promise<Response>
  answerPublic(request: Request): Promise<Response>
  /** Where the first admin is made; null when there are users already. */
  setupUrl: string | null
  stop(): Promise<void>
}

export type Appliance = Composed & {
  /** Where browsers find the intranet listener, and Meta the public one. */
  url: string
  publicUrl: string
  /** The certificate (PEM) of the appliance's own authority, where it is its own. */
  authority: string | null
}

/** Throws what openDataFolder throws. Timers and sends of the last run go on from here. */
export async function composeAppliance(
  config: Config,
  adapters: Adapters,
  authority: string | null = null,
): Promise<Composed> {
  const { clock, chance, log, passwords = createPasswords() } = adapters
  const metrics = createMetrics()
  const calls = composeCalls(clock, log)
  const { signalling } = calls
  const watches = [offerWatch(metrics, log), calls.watch]
  const { folder, outbox, checks } = await openWithOutbox(config, adapters, (tx, fact) => {
    for (const watch of watches) watch(tx, fact)
  })
  const { database } = folder
  calls.attend(database)
  const streams = new Streams({ database, clock, chance, presence: presenceOf(database, log) })
  const upkeep = composeUpkeep(database, erasuresPath(config.dataFolder), clock, log)
  const { scrub, counting, sweep, imports, words, reports } = upkeep
  watches.push(upkeep.follow)
  const inside = { passwords, metrics, authority, signalling, scrub, counting, words, mailing: outbox.mailing, checks }
  const intranet = composeIntranet(config, { ...adapters, ...inside }, database, streams)
  const guests = guestRoutes({ database, signalling, assets: intranet.assets })
  const publicRoutes = [...webhookRoutes(database, clock, log, metrics), ...guests]
  await goOn(database, outbox, upkeep)
  const stopControl = openControl(config, adapters, { database, passwords })
  const token = await ensureSetupToken(database, chance)
  return {
    database,
    outbox,
    sweep,
    imports,
    reports,
    streams,
    signalling,
    intranet,
    publicRoutes,
    answer: intranetHandler(intranet),
    answerPublic: publicHandler(publicRoutes),
    setupUrl: token && new URL(`/setup/${token}`, intranet.url).href,
    async stop() {
      streams.end()
      await upkeep.stop()
      signalling.endAll()
      await stopControl()
      await outbox.stop()
      await folder.close()
    },
  }
}

/** What the last run left goes on: nobody is connected yet, timers and sends are where they were. */
async function goOn(database: AppDatabase, outbox: Outbox, upkeep: ReturnType<typeof composeUpkeep>): Promise<void> {
  await forgetLinks(database)
  await database.start()
  await outbox.start()
  await upkeep.start()
}

/** Where the operator's commands come in. */
function openControl(
  { dataFolder, keyFile }: Config,
  { clock, chance, log }: Adapters,
  inside: { database: AppDatabase; passwords: Passwords },
) {
  const workplace = { ...inside, clock, chance, keyFile }
  return serveControl(socketPath(dataFolder), (...asked) => answerOperation(workplace, ...asked), log)
}

/** The composed appliance behind its listeners. Throws also when TLS files or ports cannot be had. */
export async function startAppliance(config: Config, adapters: Adapters): Promise<Appliance> {
  const certificates = await certificatesFor(config, adapters)
  const composed = await composeAppliance(config, adapters, certificates?.authority ?? null)
  try {
    const close = openListeners(config, composed, certificates, adapters)
    return {
      ...composed,
      url: intranetUrl(config).origin,
      publicUrl: publicUrlOf(config),
      authority: certificates?.authority ?? null,
      async stop() {
        await Promise.all([close(), composed.outbox.stop()])
        await composed.stop()
      },
    }
  } catch (error) {
    await composed.stop()
    throw error
  }
}

/** The folder's database, and the outbox that is woken by its commits. */
async function openWithOutbox(config: Config, adapters: Adapters, watch: FollowUp) {
  const { clock, chance, log, outbound, mailer = createMailer(), scanner = createScanner() } = adapters
  const room = roomOf(config.dataFolder, adapters.disk)
  let outbox: Outbox | null = null
  const follows = [followUp, writeLetters(intranetUrl(config)), watch]
  const folder = await openDataFolder({
    ...config,
    clock,
    chance,
    log,
    followUp(tx, fact) {
      for (const follow of follows) follow(tx, fact)
      outbox?.follow(tx, fact)
    },
  })
  const { graphUrl, graphVersion } = config
  const client = createWhatsAppClient({
    outbound: outbound ?? whatsappOutbound(config.graphUrl, clock),
    graphUrl,
    graphVersion,
  })
  const mailServer = serverOfUrl(config.smtpUrl, config.mailFrom, intranetUrl(config))
  outbox = createOutbox({ database: folder.database, client, mailer, scanner, room, mailServer, clock, log, chance })
  return { folder, outbox, checks: createNumberChecks(client, chance) }
}
