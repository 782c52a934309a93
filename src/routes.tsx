/** Everything the intranet listener answers, in one list: what an access matrix walks. */
import { Login } from "views/account/login.tsx"
import { Setup } from "views/account/setup.tsx"
import { Start } from "views/admin/start.tsx"
import { Popups } from "views/conversation/popup.tsx"
import { HeaderUpdate } from "views/layout/shell.tsx"
import { LANGUAGES } from "views/locales/index.ts"
import { accountLetters } from "views/mail/account-letters.ts"
import { Styleguide } from "views/styleguide.tsx"
import type { Passwords } from "~/account/actions/passwords.ts"
import { userRoutes } from "~/account/routes/users.tsx"
import { type AccountViews, accountRoutes } from "~/account/routes.tsx"
import type { Directories } from "~/account/rules/directory.ts"
import { may } from "~/account/rules/policy.ts"
import type { Providers } from "~/account/rules/provider.ts"
import { agentRoutes } from "~/agent/routes.tsx"
import { assignmentRoutes } from "~/assignment/routes.tsx"
import { auditRoutes } from "~/audit/routes.tsx"
import { callServerRoutes } from "~/call/routes/servers.tsx"
import { callRoutes } from "~/call/routes.tsx"
import { CALL_PATH } from "~/call/rules/template.ts"
import { type SetAsideParts, setAsideRoutes } from "~/channel/routes/set-aside.tsx"
import { channelRoutes } from "~/channel/routes.tsx"
import type { NumberChecks } from "~/channel/rules/findings.ts"
import { startRoutes } from "~/conversation/routes/start.tsx"
import { transferRoutes } from "~/conversation/routes/transfer.tsx"
import { waitQueueRoutes } from "~/conversation/routes/wait-queue.tsx"
import { waitingRoutes } from "~/conversation/routes/waiting.tsx"
import { conversationRoutes } from "~/conversation/routes.tsx"
import { cardRoutes } from "~/customer/routes/cards.tsx"
import type { Clock } from "~/kernel/clock.ts"
import type { DiskRoom } from "~/kernel/disk.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { locationAdminRoutes } from "~/location/routes/admin.tsx"
import { locationRoutes } from "~/location/routes.tsx"
import { mailRoutes } from "~/mail/routes.tsx"
import type { Mailing } from "~/mail/rules.ts"
import { voiceNoteRoutes } from "~/media/routes/speaking.tsx"
import { tableFileRoutes } from "~/media/routes/tables.tsx"
import { fileRoutes } from "~/media/routes/taking.tsx"
import { mediaRoutes } from "~/media/routes.tsx"
import type { Scanning } from "~/media/rules/scanning.ts"
import { menuRoutes } from "~/menu/routes.tsx"
import type { FindSaid } from "~/message/queries/said.ts"
import { messageRoutes } from "~/message/routes.tsx"
import { noticeRoutes } from "~/notice/routes.tsx"
import { predefinedMessageRoutes } from "~/predefined-message/routes.tsx"
import { Combinations } from "~/report/queries/combined.ts"
import { type ReportParts, reportRoutes } from "~/report/routes.tsx"
import { customerErasureRoutes, holdRoutes } from "~/retention/routes/customer.tsx"
import { type RetentionParts, retentionRoutes } from "~/retention/routes.tsx"
import { speechAdminRoutes } from "~/speech/routes/admin.tsx"
import { speechRoutes } from "~/speech/routes.tsx"
import { applianceTenant } from "~/tenant/actions.ts"
import { waitingScans } from "~/tenant/queries/health.ts"
import { startSteps } from "~/tenant/queries/start.ts"
import type { ConfigurationParts } from "~/tenant/routes/configuration.tsx"
import { type HealthParts, healthRoutes } from "~/tenant/routes/health.tsx"
import { scannerRoutes } from "~/tenant/routes/scanner.tsx"
import { signInRoutes } from "~/tenant/routes/sign-in.tsx"
import { type AreaParts, type Areas, createAreas, type Route, routesOf } from "~/web/areas.ts"
import { filesCheck, operationRoutes, roomCheck, storageCheck } from "~/web/health.ts"
import type { Metrics } from "~/web/metrics.ts"
import type { Signalling } from "~/web/signalling.ts"
import { type Streams, streamRoutes } from "~/web/stream.ts"
import { authorityRoutes } from "~/web/tls/routes.ts"
import { administrationRoutes } from "./administration.tsx"
import { besides, templates } from "./beside.tsx"
import { headerOf, popupsOf, screenOf, sectionsOf, stepsLeftFor } from "./look.tsx"

export type IntranetRouteParts = AreaParts & {
  clock: Clock
  streams: Streams
  setAside: SetAsideParts["deeds"]
  metrics: Metrics
  passwords: Passwords
  scrub: { readonly damaged: number }
  /** Finds what was said. */
  words: { find: FindSaid }
  scanning: Scanning
  room: () => DiskRoom
  /** The way out for what people ask of servers of their own network. */
  outbound: Outbound
  mailing: Mailing
  providers: Providers
  directories: Directories
  signalling: Signalling
  /** How customers reach the public listener. */
  publicUrl: string
  checks: NumberChecks
  /** PEM of the appliance's own authority; null where certificates are somebody else's. */
  authority: string | null
  tenantFile: ConfigurationParts["tenantFile"]
  surroundings: HealthParts["surroundings"]
  /** Answers what grows with history. */
  counting: RetentionParts["counting"]
}

/** What is sent, kept and shown as a file. */
const filePages = (areas: Areas, parts: IntranetRouteParts) => [
  mediaRoutes(areas),
  fileRoutes(areas, parts),
  tableFileRoutes(areas),
  voiceNoteRoutes(areas, parts),
]

export function intranetRoutes(parts: IntranetRouteParts): Route[] {
  const { database, clock, streams, metrics, url, authority, outbound, setAside } = parts
  const areas = createAreas(parts)
  const files = { scrub: parts.scrub, waiting: () => waitingScans(database.appliance.read) }
  const checks = [storageCheck(database, clock), filesCheck(files), roomCheck(parts.room)]
  return routesOf([
    ...peopleRoutes(areas, parts),
    ...recordRoutes(areas, parts),
    operationRoutes(areas, checks, metrics),
    ...healthPages(areas, parts, checks),
    authorityRoutes(areas, authority),
    streamRoutes(areas, streams, url),
    aroundPages(areas),
    ...agentRoutes(areas, { screenOf }),
    channelRoutes(areas),
    ...conversationRoutes(areas, { screenOf }),
    ...besides(areas, parts),
    assignmentRoutes(areas, { screenOf }),
    transferRoutes(areas, { screenOf }),
    ...videoCallRoutes(areas, parts),
    ...dictationRoutes(areas, parts),
    waitQueueRoutes(areas, { screenOf }),
    ...waitingRoutes(areas, { screenOf }),
    messageRoutes(areas, { screenOf }),
    cardRoutes(areas),
    ...filePages(areas, parts),
    ...locationRoutes(areas, { screenOf, outbound }),
    locationAdminRoutes(areas, { screenOf }),
    predefinedMessageRoutes(areas, { screenOf }),
    ...templates(areas),
    startRoutes(areas, { screenOf }),
    menuRoutes(areas, { screenOf }),
    noticeRoutes(areas, { screenOf }),
    ...reportRoutes(areas, { ...REPORT_PARTS, combinations: new Combinations(database, clock) }),
    ...setAsideRoutes(areas, { screenOf, appliance: database.appliance.read, deeds: setAside }),
    ...administrationRoutes(areas, parts),
  ])
}

/** How the appliance does, and its virus scanner. */
const healthPages = (areas: Areas, parts: IntranetRouteParts, checks: HealthParts["checks"]) => {
  const { database, scrub, surroundings, scanning } = parts
  return [
    healthRoutes(areas, { screenOf, appliance: database.appliance.read, checks, scrub, surroundings, scanning }),
    scannerRoutes(areas, { screenOf, database, scanning }),
  ]
}

/** The way in, and the people who have one. */
function peopleRoutes(areas: Areas, parts: IntranetRouteParts) {
  const { database, passwords, mailing, chance, log, url, providers, directories } = parts
  const account = {
    providers,
    directories,
    database,
    passwords,
    mailing,
    chance,
    log,
    url,
    languages: LANGUAGES,
    views: ACCOUNT_VIEWS,
    applianceTenant,
    screenOf,
  }
  return [
    ...accountRoutes(areas, account),
    userRoutes(areas, { ...account, letters: accountLetters(url) }),
    ...signInRoutes(areas, { screenOf, database }),
  ]
}

/** What is on record, what is kept of it and for how long, and the mail that leaves. */
const recordRoutes = (areas: Areas, { database, mailing, url, counting }: IntranetRouteParts) => [
  auditRoutes(areas, { screenOf }),
  retentionRoutes(areas, { screenOf, counting }),
  customerErasureRoutes(areas, { screenOf, counting }),
  holdRoutes(areas, { screenOf }),
  ...mailRoutes(areas, { screenOf, mailing, secrets: database.secrets, url }),
]

const videoCallRoutes = (areas: Areas, parts: IntranetRouteParts) => {
  const { database, signalling, chance, url, publicUrl } = parts
  const { secrets } = database
  return [
    callRoutes(areas, { screenOf, signalling, secrets, chance, url, publicUrl }),
    callServerRoutes(areas, {
      screenOf,
      secrets,
      isPublicSecure: publicUrl.startsWith("https:"),
      callsAt: `${publicUrl}${CALL_PATH}`,
    }),
  ]
}

const dictationRoutes = (areas: Areas, { database, outbound, clock, log, url }: IntranetRouteParts) => {
  const parts = { outbound, secrets: database.secrets, clock, log }
  const isSecure = url.protocol === "https:" || /^(localhost|127\..*|\[::1\])$/.test(url.hostname)
  return [speechRoutes(areas, parts), speechAdminRoutes(areas, { ...parts, screenOf, isSecure })]
}

/** The way in, and what stands around every page and changes by itself. */
const aroundPages = ({ signedIn }: Areas) =>
  signedIn()
    .get("/admin", ({ me, read, page, redirect }) => {
      if (!may(me, "administer")) return redirect(sectionsOf(me)[0]?.path ?? "/")
      const screen = screenOf(me, read)
      return page(screen.t("begin.title"), <Start screen={screen} steps={startSteps(read)} />)
    })
    .get("/header", ({ me, read, request, html }) => {
      const at = request.headers.get("hx-current-url")
      const path = at !== null && URL.canParse(at) ? new URL(at).pathname : "/"
      return html(<HeaderUpdate {...headerOf(me, read, path)} />)
    })
    .get("/styleguide", ({ me, read, page }) => {
      const screen = screenOf(me, read)
      return page(screen.t("styleguide.title"), <Styleguide screen={screen} />)
    })
    .get("/popups", ({ me, read, html }) => html(<Popups {...popupsOf(me, read)} />))

/** Whoever looks after the appliance has no conversations of anybody to count. */
const REPORT_PARTS: Omit<ReportParts, "combinations"> = {
  screenOf,
  supervises: (me) => may(me, "supervise"),
  stepsLeftFor,
  elsewhere: (me) => (may(me, "work") ? null : "/admin/tenants"),
}

/** The account's routes speak of phrases by key; its views have typed words. */
const ACCOUNT_VIEWS: AccountViews = {
  Login: (props) => <Login {...props} />,
  Setup: (props) => <Setup {...props} />,
}
