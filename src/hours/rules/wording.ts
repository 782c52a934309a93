import { days, type Instant } from "~/kernel/clock.ts"

/**
 * A moment to come as one would say it on the clocks of `zone`: `09:00` today, `Monday 09:00` within the week, else with
 * the date. `language` as BCP 47.
 */
export function moment(at: Instant, now: Instant, zone: string, language: string): string {
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  const day = at - now < days(6) ? WEEKDAY : DATE
  const shown = dayText(at, zone) === dayText(now, zone) ? time : { ...day, ...time }
  return new Intl.DateTimeFormat(language, { ...shown, timeZone: zone }).format(at)
}

const WEEKDAY: Intl.DateTimeFormatOptions = { weekday: "long" }
const DATE: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" }

const dayText = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at)
