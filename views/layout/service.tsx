import type { ChannelHours } from "~/channel/queries.ts"
import type { ServiceStatus } from "~/channel/rules.ts"
import { Chip, type ChipProps } from "../parts/chip.tsx"
import { Dialog } from "../parts/dialog.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type Service = { status: ServiceStatus; channels: readonly ChannelHours[] }
export type ServiceProps = { screen: Screen; service: Service }

/** S16: how many numbers are open, in a word and a colour. */
export function serviceChip(
  { t }: Screen,
  { status, channels }: Service,
): Pick<ChipProps, "tone" | "icon" | "children"> {
  const [count, open] = [channels.length, channels.filter((channel) => channel.open).length]
  if (count === 0) return { tone: "plain", icon: "info", children: t("service.none") }
  switch (status) {
    case "open":
      return { tone: "ok", icon: "shield-check", children: t("service.open", { count }) }
    case "mixed":
      return { tone: "warn", icon: "triangle-alert", children: t("service.mixed", { open, count }) }
    case "closed":
      return { tone: "bad", icon: "circle-x", children: t("service.closed") }
  }
}

/** Each number, its hours today, and when it opens or closes next. */
export const ServiceDialog = ({ screen, service }: ServiceProps) => (
  <Dialog
    id="service-status"
    title={screen.t("service.title")}
    subtitle={`${screen.format.day(screen.now, screen.now)}, ${screen.format.time(screen.now)}`}
    closeLabel={screen.t("dialog.close")}
    footer={
      <p>{screen.t("service.zone", { zone: `${screen.format.zoneName(screen.now)} (${screen.format.timeZone})` })}</p>
    }
  >
    <p>
      <Chip {...serviceChip(screen, service)} />
    </p>
    <ul class="service-list">
      {service.channels.map((channel) => (
        <li class={channel.open ? "is-open" : "is-closed"}>
          <Icon name={channel.open ? "circle-check" : "circle-x"} />
          <div>
            <strong>{channel.name}</strong> <span>{channel.displayPhoneNumber}</span>
            <p>{hoursToday(screen, channel)}</p>
          </div>
          <span class="service-list-state">{stateOf(screen, channel)}</span>
        </li>
      ))}
    </ul>
  </Dialog>
)

function hoursToday({ t }: Screen, { today }: ChannelHours): string {
  if (today === null) return t("service.always")
  return today.length === 0 ? t("service.closed_today") : t("service.today", { hours: today.join(", ") })
}

function stateOf({ t, format, now }: Screen, { open, nextChange }: ChannelHours): string {
  const word = t(open ? "service.number_open" : "service.number_closed")
  if (nextChange === null) return word
  const moment = format.moment(nextChange, now)
  return `${word}, ${t(open ? "service.closes_at" : "service.opens_at", { moment })}`
}
