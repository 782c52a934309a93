/** Composes the appliance from a config and its adapters; tests compose the same one. */
import { BUNDLES } from "views/layout/bundles.ts"
import { createPasswords, type Passwords } from "~/account/actions/passwords.ts"
import { ensureSetupToken } from "~/account/actions/setup.ts"
import { loseAllLinks, streamClosed, streamOpened } from "~/agent/actions.ts"
import { brokenBy, WATCHED } from "~/assignment/queries/vigil.ts"
import { forgetWindows } from "~/call/actions/guest.ts"
import { guestRoutes } from "~/call/routes/guest.tsx"
import { composeCalls } from "~/calls.ts"
import { channelDirectory } from "~/channel/queries.ts"
import type { NumberChecks } from "~/channel/rules/findings.ts"
import { surroundingsOf } from "~/command/doctor/surroundings.ts"
import { tenantFile } from "~/command/export/configuration.ts"
import { answerOperation } from "~/command/operations.ts"
import { type Config, urlOf } from "~/config.ts"
import { serveControl } from "~/control.ts"
import type { FollowUp } from "~/database/act.ts"
import type { AppDatabase } from "~/database/database.ts"
import { openDataFolder, socketPath } from "~/database/folder.ts"
import { namedOutbound, whatsappOutbound } from "~/doors.ts"
import { SYSTEM } from "~/facts.ts"
import { createIdentity } from "~/identity/identity.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { writeLetters } from "~/letters.tsx"
import { certificatesFor, intranetUrl, openListeners } from "~/listeners.ts"
import { composeLook } from "~/look.tsx"
import { serverOfUrl } from "~/mail/rules/standard.ts"
import type { Mailer, Mailing } from "~/mail/rules.ts"
import { createScrub, type Scrub } from "~/media/actions/scrubbing.ts"
import { createMailer } from "~/outbox/mail/smtp.ts"
import { createOutbox, type Outbox } from "~/outbox/outbox.ts"
import { followUp } from "~/reactions.ts"
import { intranetRoutes } from "~/routes.tsx"
import { silenceOf } from "~/tenant/queries/hearing.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { loadAssets, publicFolder } from "~/web/assets.ts"
import { createMetrics, type Metrics, processMetrics } from "~/web/metrics.ts"
import { type IntranetParts, intranetHandler, type PublicRoute, publicHandler } from "~/web/server.ts"
import type { Signalling } from "~/web/signalling.ts"
import { Streams } from "~/web/stream.ts"
import { webhookRoutes } from "~/webhooks.ts"
import { createWhatsAppClient } from "~/whatsapp/client.ts"
import { createNumberChecks } from "~/whatsapp/number-checks.ts"
import { createSetAsideDeeds } from "~/whatsapp/set-aside.ts"

/** What an appliance takes from its surroundings; tests bring a clock and a chance of their own, and no network. */
export type Adapters = {
  clock: Clock
  chance: Chance
  log: Log
  outbound?: Outbound
  passwords?: Passwords
  mailer?: Mailer
}

/** The appliance without its listeners: everything answers, nothing is heard from outside. */
export type Composed = {
  database: AppDatabase
  outbox: Outbox
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
  const scrub = createScrub({ database, clock, log })
  const own = { ...adapters, passwords, metrics, authority, signalling, scrub, mailing: outbox.mailing, checks }
  const intranet = composeIntranet(config, own, database, streams)
  const guests = guestRoutes({ database, signalling, assets: intranet.assets })
  const publicRoutes = [...webhookRoutes(database, clock, log, metrics), ...guests]
  await forgetLinks(database)
  await database.start()
  await outbox.start()
  const workplace = { database, passwords, clock, chance, keyFile: config.keyFile }
  const stopControl = serveControl(
    socketPath(config.dataFolder),
    (operation, input) => answerOperation(workplace, operation, input),
    log,
  )
  const token = await ensureSetupToken(database, chance)
  return {
    ...{ database, outbox, streams, signalling, intranet, publicRoutes },
    answer: intranetHandler(intranet),
    answerPublic: publicHandler(publicRoutes),
    setupUrl: token && new URL(`/setup/${token}`, intranet.url).href,
    async stop() {
      streams.end()
      scrub.stop()
      signalling.endAll()
      await stopControl()
      await outbox.stop()
      await folder.close()
    },
  }
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
  const { clock, chance, log, outbound, mailer = createMailer() } = adapters
  let outbox: Outbox | null = null
  const folder = await openDataFolder({
    ...{ ...config, clock, chance, log },
    followUp(tx, fact) {
      for (const follow of [followUp, writeLetters, watch]) follow(tx, fact)
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
  outbox = createOutbox({ database: folder.database, client, mailer, mailServer, clock, log, chance })
  return { folder, outbox, checks: createNumberChecks(client, chance) }
}

/** How customers and Meta reach the public listener. */
const publicUrlOf = ({ publicUrl, publicListen }: Config): string => publicUrl ?? urlOf("http", publicListen)

/** Counts what no offer may ever break (assignment/queries/vigil.ts). */
function offerWatch(metrics: Metrics, log: Log): FollowUp {
  const violations = metrics.counter("routing_invariant_violations_total", "Broken rules of distribution; must stay 0.")
  for (const invariant of WATCHED) violations.add({ invariant }, 0)
  return (tx, fact) => {
    if (fact.type !== "conversation.offered" || fact.reason === null) return
    const { conversation, agent, reason } = fact
    for (const invariant of brokenBy(tx, { conversation, agent, reason }))
      tx.afterCommit(() => {
        violations.add({ invariant })
        log.error("an offer breaks the rules of distribution", { invariant, conversation, agent })
      })
  }
}

type Given = { metrics: Metrics; authority: string | null; scrub: Scrub; signalling: Signalling; mailing: Mailing }
type Inside = Omit<Adapters, "passwords"> & Given & { passwords: Passwords; checks: NumberChecks }

function composeIntranet(config: Config, inside: Inside, database: AppDatabase, streams: Streams): IntranetParts {
  const { clock, chance, log, passwords, metrics, ...rest } = inside
  const url = intranetUrl(config)
  processMetrics(metrics)
  metrics.gauge("media_files_damaged", "Kept files whose bytes have changed.", () => rest.scrub.damaged)
  metrics.gauge("service_numbers_silent", "Numbers of which nothing comes although it usually would.", () => {
    return silenceOf(database.appliance.read).numbers.length
  })
  metrics.gauge("event_streams", "Browsers listening.", () => streams.count)
  const requests = metrics.counter("http_requests_total", "Requests answered, by method and class of status.")
  const assets = loadAssets(publicFolder(), BUNDLES)
  const area = { database, chance, log, look: composeLook({ assets, clock }), url }
  const setAside = createSetAsideDeeds({ database, directory: channelDirectory(database) })
  const outbound = inside.outbound ?? namedOutbound(database.appliance.read, clock)
  const own = { clock, streams, metrics, passwords, setAside, outbound, tenantFile, ...surroundingsOf(config) }
  const routes = intranetRoutes({ ...area, ...rest, ...own, ...createIdentity(clock), publicUrl: publicUrlOf(config) })
  return { ...area, routes, assets, trustedProxies: config.trustedProxies, requests }
}

/** A browser's stream is what presence sees of its user. */
function presenceOf(database: AppDatabase, log: Log) {
  const tell = (change: typeof streamOpened) => (user: { id: number; tenant: number }) => {
    database
      .tenant(user.tenant)
      .act(SYSTEM, (tx) => change(tx, user.id))
      .catch((error) => log.error("presence not noted", describeError(error)))
  }
  return { opened: tell(streamOpened), closed: tell(streamClosed) }
}

/** No stream is open at start: whoever was connected has the grace to come back. */
async function forgetLinks(database: AppDatabase): Promise<void> {
  for (const tenant of tenantIds(database.appliance.read)) {
    await database.tenant(tenant).act(SYSTEM, loseAllLinks)
    await forgetWindows(database, tenant)
  }
}
