/** A14: how the appliance does, line by line; nothing in it is anybody's but counts, moments and names of numbers. */

import type { Scarcity } from "~/kernel/disk.ts"
import type { ScannerStanding } from "~/media/rules/scanning.ts"
import type { ApplianceHealth } from "~/tenant/queries/health.ts"
import type { Silence } from "~/tenant/queries/hearing.ts"
import type { CertificateEnd, Room, Standing } from "~/tenant/rules/health.ts"
import type { Child } from "../jsx-runtime.ts"
import type { PlainKey, Translate } from "../locales/index.ts"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { SCANNER_PATH } from "./scanner.tsx"

export const HEALTH_PATH = "/admin/health"

export type HealthProps = {
  screen: Screen
  kept: ApplianceHealth
  silence: Silence
  version: string
  room: Room
  certificate: CertificateEnd | null
  damagedCount: number
  scanner: ScannerStanding
  unscannedCount: number
  scarcity: Scarcity
  standings: Readonly<Record<"storage" | "room" | "messages" | "mails" | "certificate" | "scanner", Standing>>
}

/** `path`: where more is said of it. */
export type HealthLine = { title: string; standing: Standing; says: Child; path?: string | undefined }

export const Health = (props: HealthProps) => (
  <div class="page settings-page">
    <header class="list-head">
      <h1>{props.screen.t("health.title")}</h1>
      <span class="chip">{props.screen.t("health.version", { version: props.version })}</span>
    </header>
    <p class="panel-intro">{props.screen.t("health.intro")}</p>
    <HealthLines screen={props.screen} lines={linesOf(props)} />
  </div>
)

export const HealthLines = ({ screen, lines }: { screen: Screen; lines: readonly HealthLine[] }) => (
  <ul class="start-steps">
    {lines.map(({ title, standing, says, path }) => (
      <li class={standing === "ok" ? "card is-done" : "card"}>
        <Icon name={standing === "ok" ? "circle-check" : "circle-alert"} />
        <div>
          <strong>{path ? <a href={path}>{title}</a> : title}</strong>
          <p>{says}</p>
        </div>
        <Chip tone={TONES[standing]}>{screen.t(`health.standing_${standing}`)}</Chip>
      </li>
    ))}
  </ul>
)

/** Where more is said of it. */
const PATHS: Readonly<Record<string, string>> = {
  set_aside: "/admin/unplaced",
  mails: "/admin/appliance/mail",
  scanner: SCANNER_PATH,
}

const TONES = { ok: "ok", warning: "warn", trouble: "bad" } as const

function linesOf(props: HealthProps): HealthLine[] {
  const { screen, kept, silence, damagedCount, standings } = props
  const { t } = screen
  const { setAsideCount, uncertainCount, held } = kept
  const line = (name: string, standing: Standing, says: Child): HealthLine => ({
    title: t(`health.${name}` as PlainKey),
    standing,
    says,
    path: PATHS[name],
  })
  return [
    line("storage", standings.storage, t(standings.storage === "ok" ? "health.storage_ok" : "health.storage_bad")),
    line("room", standings.room, roomWords(props)),
    line("messages", standings.messages, queueWords(screen, kept.messages)),
    line("uncertain", uncertainCount > 0 ? "warning" : "ok", countWords(t, "uncertain", uncertainCount)),
    line("mails", standings.mails, queueWords(screen, kept.mails)),
    line("webhook", silence.isSilent || silence.numbers.length > 0 ? "trouble" : "ok", webhookWords(props)),
    line("set_aside", setAsideCount > 0 ? "warning" : "ok", countWords(t, "set_aside", setAsideCount)),
    line("numbers", held.length > 0 ? "trouble" : "ok", held.length > 0 ? namesOf(props) : t("health.numbers_ok")),
    line("files", damagedCount > 0 ? "trouble" : "ok", countWords(t, "files", damagedCount)),
    line("scanner", standings.scanner, scannerWords(props)),
    line("certificate", standings.certificate, certificateWords(props)),
  ]
}

const countWords = (t: Translate, what: "uncertain" | "set_aside" | "files", count: number): string =>
  count === 0 ? t("health.queue_empty") : t(`health.${what}_says`, { count })

/** When one came last; and of which numbers none comes although it usually would. */
function webhookWords({ screen: { t, format, now }, kept: { lastWebhookAt }, silence }: HealthProps): Child {
  if (lastWebhookAt === null) return t("health.webhook_none")
  const last = t("health.webhook_last", { time: format.moment(lastWebhookAt, now) })
  if (silence.numbers.length === 0) return silence.isSilent ? `${last} ${t("health.webhook_silent")}` : last
  const names = silence.numbers.map(({ tenantName, name, lastAt }) =>
    t("health.webhook_number", { name: `${tenantName}: ${name}`, time: format.moment(lastAt, now) }),
  )
  return `${last} ${t("health.webhook_silent")} ${names.join(", ")}.`
}

const namesOf = ({ kept }: HealthProps): string =>
  kept.held.map(({ tenantName, name }) => `${tenantName}: ${name}`).join(", ")

export function queueWords({ t, format, now }: Screen, { count, oldestAt }: ApplianceHealth["messages"]): string {
  if (oldestAt === null) return t("health.queue_empty")
  return t("health.queue_says", { count, span: format.span(Math.max(0, now - oldestAt)) })
}

function roomWords({ screen: { t, format }, room, scarcity }: HealthProps): string {
  const { freeBytes, databaseBytes } = room
  const says = t("health.room_says", { free: format.size(freeBytes), database: format.size(databaseBytes) })
  return scarcity === "none" || scarcity === "early" ? says : `${says} ${t(`disk.${scarcity}`)}`
}

function scannerWords({ screen: { t }, scanner, unscannedCount }: HealthProps): string {
  if (scanner === null) return t("scanner.none")
  const says = "version" in scanner ? scanner.version : t(`scanner.trouble_${scanner.trouble}`)
  return unscannedCount === 0 ? says : `${says} ${t("scanner.waiting", { count: unscannedCount })}`
}

function certificateWords({ screen: { t, format }, certificate }: HealthProps): string {
  if (certificate === null) return t("health.certificate_none")
  const day = format.date(certificate.endsAt)
  return t(certificate.isOwn ? "health.certificate_own" : "health.certificate_until", { day })
}
