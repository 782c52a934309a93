/** How far a message has got: an icon, its word, and every time behind it (S25). */
import type { Instant } from "~/kernel/clock.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import { Icon, type IconProps } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"
import { Time } from "../parts/time.tsx"

type Status = MessageItem["status"]
type Tick = { icon: IconName; tone?: IconProps["tone"] }

const TICKS: { readonly [S in Status]: Tick | null } = {
  received: null,
  queued: { icon: "clock", tone: "quiet" },
  sending: { icon: "clock", tone: "quiet" },
  sent: { icon: "check", tone: "quiet" },
  delivered: { icon: "check-check", tone: "quiet" },
  read: { icon: "check-check", tone: "read" },
  played: { icon: "check-check", tone: "read" },
  failed: { icon: "circle-alert", tone: "bad" },
  uncertain: { icon: "circle-help", tone: "warn" },
  held: { icon: "hourglass", tone: "warn" },
  discarded: { icon: "ban", tone: "quiet" },
}

export const tickIcon = (status: Status): IconName | null => TICKS[status]?.icon ?? null

/** Time and tick under a bubble; a click shows the legend with all times. */
export function MessageFoot({ screen, item }: { screen: Screen; item: MessageItem }) {
  const { t, format } = screen
  const tick = TICKS[item.status]
  const legend = `times-${item.id}`
  const times = timesOf(screen, item)
  return (
    <footer class="message-foot">
      <button class="message-times" type="button" popovertarget={legend} title={t("ticks.times")}>
        <Time at={item.at}>{format.time(item.at)}</Time>
        {tick && <Icon name={tick.icon} size="small" tone={tick.tone} />}
        <span class="visually-hidden">{t(`ticks.${item.status}`)}</span>
      </button>
      <div class="legend" id={legend} popover="auto">
        <strong>{t(item.direction === "out" ? "legend.ours" : "legend.theirs")}</strong>
        <dl>
          {times.map(({ name, at }) => (
            <>
              <dt>{name}</dt>
              <dd>
                <Time at={at}>{format.preciseTime(at)}</Time>
              </dd>
            </>
          ))}
        </dl>
        <small>{t("legend.zone", { zone: format.zoneName(item.at) })}</small>
      </div>
    </footer>
  )
}

function timesOf({ t }: Screen, { direction, times, authorName }: MessageItem): { name: string; at: Instant }[] {
  const reader = times.readByAgentName ?? ""
  const rows: [string, Instant | null][] =
    direction === "in"
      ? [
          [t("legend.sent_by_customer"), times.sentByCustomer],
          [t("legend.delivered_to_system"), times.deliveredToSystem],
          [t("legend.read_by_system"), times.readBySystem],
          [t("legend.read_by_agent", { name: reader }), times.readByAgent],
        ]
      : [
          [t("legend.sent_by_agent", { name: authorName ?? t("thread.system") }), times.sentByAgent],
          [t("legend.sent_by_system"), times.sentBySystem],
          [t("legend.delivered"), times.delivered],
          [t("legend.read"), times.read],
          [t("legend.played"), times.played],
          [t("legend.failed"), times.failed],
        ]
  return rows.flatMap(([name, at]) => (at === null ? [] : [{ name, at }]))
}
