/** How a tenant does, for its admin: each number with when it was heard last, and what waits or wants looking at. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { Standing as NumberStanding } from "~/channel/rules/health.ts"
import type { TenantStanding } from "~/tenant/queries/standing.ts"
import type { Standing } from "~/tenant/rules/health.ts"
import { channelPath, troubleWords } from "../channel/page.tsx"
import type { PlainKey } from "../locales/index.ts"
import type { Screen } from "../parts/screen.ts"
import { type HealthLine, HealthLines, queueWords } from "./health.tsx"

export const STANDING_PATH = "/admin/standing"

export type TenantStandingProps = {
  screen: Screen
  numbers: readonly ChannelFrame[]
  kept: TenantStanding
  standings: Readonly<Record<"messages" | "mails", Standing>>
}

export const TenantHealth = ({ screen, numbers, kept, standings }: TenantStandingProps) => (
  <div class="page settings-page">
    <h1>{screen.t("health.title")}</h1>
    <p class="panel-intro">{screen.t("health.tenant_intro")}</p>
    <HealthLines
      screen={screen}
      lines={[...numbers.map((frame) => numberLine(screen, frame)), ...restOf(screen, kept, standings)]}
    />
  </div>
)

const WEIGHT: Readonly<Record<NumberStanding, Standing>> = {
  off: "ok",
  well: "ok",
  unheard: "warning",
  silent: "trouble",
  held: "trouble",
}

const numberLine = (screen: Screen, frame: ChannelFrame): HealthLine => ({
  title: frame.name,
  standing: WEIGHT[frame.standing],
  says: numberWords(screen, frame),
  path: channelPath(frame.id, "connection"),
})

function numberWords({ t, format, now }: Screen, { standing, lastHeardAt, holdReason }: ChannelFrame): string {
  const last =
    lastHeardAt === null
      ? t("health.webhook_none")
      : t("health.webhook_last", { time: format.moment(lastHeardAt, now) })
  switch (standing) {
    case "off":
      return `${t("health.number_off")} ${last}`
    case "held":
      return `${t("health.number_held")} ${troubleWords(t, holdReason ?? "unknown")} ${last}`
    case "silent":
      return `${last} ${t("health.number_silent")}`
    case "unheard":
    case "well":
      return last
  }
}

function restOf(screen: Screen, kept: TenantStanding, standings: TenantStandingProps["standings"]): HealthLine[] {
  const { t } = screen
  const counted = (name: string, count: number, path?: string): HealthLine => ({
    title: t(`health.${name}` as PlainKey),
    standing: count > 0 ? "warning" : "ok",
    path,
    says: count === 0 ? t("health.queue_empty") : t(`health.${name as "uncertain"}_says`, { count }),
  })
  return [
    { title: t("health.messages"), standing: standings.messages, says: queueWords(screen, kept.messages) },
    counted("uncertain", kept.uncertainCount),
    counted("kept_back", kept.heldCount),
    { title: t("health.mails"), standing: standings.mails, says: queueWords(screen, kept.mails), path: "/admin/mail" },
    counted("set_aside", kept.setAsideCount, "/admin/set-aside"),
  ]
}
