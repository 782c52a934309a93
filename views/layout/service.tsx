import type { ChannelHours, Service } from "~/channel/queries/service.ts"
import { Button } from "../parts/button.tsx"
import { Chip, type ChipProps } from "../parts/chip.tsx"
import { Dialog, DialogNotices } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type ServiceProps = {
  screen: Screen
  service: Service
  /** Whether the reader may open and close numbers by hand. */
  maySteerService: boolean
  /** Whether the reader may enter holidays. */
  mayAdminister: boolean
}

/** S16: how many numbers are open, in a word and a colour. */
export function serviceChip(
  { t }: Screen,
  { status, channels }: Pick<Service, "status" | "channels">,
): Pick<ChipProps, "tone" | "icon" | "children"> {
  const count = channels.length
  const open = channels.filter((channel) => channel.open).length
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

/** Each number, its hours today, and when it opens or closes next; supervisors may say otherwise for a while. */
export const ServiceDialog = ({ screen, service, maySteerService, mayAdminister }: ServiceProps) => (
  <Dialog
    id="service-status"
    title={screen.t("service.title")}
    subtitle={`${screen.format.day(screen.now, screen.now)}, ${screen.format.time(screen.now)}`}
    closeLabel={screen.t("dialog.close")}
    footer={
      <p>{screen.t("service.zone", { zone: `${screen.format.zoneName(screen.now)} (${screen.format.timeZone})` })}</p>
    }
  >
    <DialogNotices />
    <p>
      <Chip {...serviceChip(screen, service)} />
    </p>
    <ul class="service-list">
      {service.channels.map((channel) => (
        <li class={channel.open ? "is-open" : "is-closed"} id={`service-${channel.id}`}>
          <Icon name={channel.open ? "circle-check" : "circle-x"} />
          <div>
            <strong>{channel.name}</strong> <span>{channel.displayPhoneNumber}</span>
            <p>{hoursToday(screen, channel)}</p>
            {channel.forced && <p class="service-forced">{whoseWord(screen, channel.forced)}</p>}
            {maySteerService && channel.missingHolidays !== null && (
              <p class="service-forced">
                {screen.t("service.holidays_missing", { year: String(channel.missingHolidays) })}{" "}
                {mayAdminister && (
                  <a href={`/admin/channels/holidays?channel=${channel.id}&year=${channel.missingHolidays}`}>
                    {screen.t("service.holidays_enter")}
                  </a>
                )}
              </p>
            )}
          </div>
          <span class="service-list-state">{stateOf(screen, channel)}</span>
          {maySteerService && <Steering screen={screen} channel={channel} usualUntil={service.usualUntil} />}
        </li>
      ))}
    </ul>
  </Dialog>
)

type SteeringProps = { screen: Screen; channel: ChannelHours; usualUntil: string }

/** Folded: it is there when it is needed, and not in the way of reading. */
const Steering = ({ screen, channel, usualUntil }: SteeringProps) => (
  <details class="service-steering">
    <summary aria-label={screen.t("service.steer_of", { name: channel.name })}>{screen.t("service.steer")}</summary>
    <form class="service-form" {...posting(`/channels/${channel.id}/forced-hours`)}>
      <FormToken csrfToken={screen.csrfToken} />
      <label>
        {screen.t("service.until")}
        <input class="input" type="time" name="until" value={usualUntil} required />
      </label>
      <Button size="small" type="submit" more={{ name: "state", value: "open" }}>
        {screen.t(channel.open ? "service.stay_open" : "service.open_now")}
      </Button>
      <Button size="small" type="submit" more={{ name: "state", value: "closed" }}>
        {screen.t(channel.open ? "service.close_now" : "service.stay_closed")}
      </Button>
    </form>
    {channel.forced && (
      <form class="service-form" {...posting(`/channels/${channel.id}/forced-hours/ending`)}>
        <FormToken csrfToken={screen.csrfToken} />
        <Button size="small" type="submit" icon="rotate-ccw">
          {screen.t("service.back_to_hours")}
        </Button>
      </form>
    )}
  </details>
)

const posting = (action: string) => ({ method: "post", action, "hx-post": action, "hx-swap": "none" })

function hoursToday(screen: Screen, { today, holiday, ownTimezone }: ChannelHours): string {
  const { t } = screen
  if (today === null) return t("service.always")
  const shifts = today.length === 0 ? t("service.closed_today") : t("service.today", { hours: today.join(", ") })
  const hours = ownTimezone === null ? shifts : t("service.own_clocks", { hours: shifts, zone: ownTimezone })
  return holiday === null ? hours : t("service.holiday", { name: holiday, hours })
}

const whoseWord = (screen: Screen, { state, until, byName }: NonNullable<ChannelHours["forced"]>): string =>
  screen.t(`service.forced_${state}`, { name: byName, moment: screen.format.moment(until, screen.now) })

function stateOf({ t, format, now }: Screen, { open, nextChange }: ChannelHours): string {
  const word = t(open ? "service.number_open" : "service.number_closed")
  if (nextChange === null) return word
  const moment = format.moment(nextChange, now)
  return `${word}, ${t(open ? "service.closes_at" : "service.opens_at", { moment })}`
}
