/** Moments and spans as the reader writes them: their language, the tenant's clock. */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"

export type Formatters = {
  language: string
  timeZone: string
  /** 16:02 */
  time(at: Instant): string
  /** 16:02:31 */
  preciseTime(at: Instant): string
  /** 22 Nov 2026, 09:02 */
  dateTime(at: Instant): string
  date(at: Instant): string
  /** A day that belongs to no zone, `2026-11-22`, as a date is written. */
  calendarDay(day: string): string
  /** Today, 22 November; Yesterday, …; else with the weekday, and the year when it is another. */
  day(at: Instant, now: Instant): string
  /** The day in the tenant's zone, to tell days apart: 2026-11-22. */
  dayKey(at: Instant): string
  /** Today the time alone, else with the date. */
  moment(at: Instant, now: Instant): string
  /** 23h 51m; 4m; below a minute in seconds; two days and more in days. */
  span(length: Milliseconds): string
  /** 2:14, as a stopwatch shows it; from an hour on like `span`. */
  stopwatch(length: Milliseconds): string
  number(value: number): string
  /** Of files and disks: 340 kB; 5.1 MB; 412 GB; 1.8 TB. */
  size(bytes: number): string
  /** 0.42 as 42 %. */
  percent(value: number): string
  /** 29 Nov 2026 and November 2026, of a day that is counted as if it were UTC. */
  utcDay(utc: number): string
  utcMonth(utc: number): string
  /** A country by its two letters, in the reader's words. */
  country(code: string): string
  /** A language by its code, in the reader's words. */
  languageName(code: string): string
  /** What somebody wrote as a number may name something: nothing is grouped or rounded. */
  plainNumber(value: number): string
  /** A price; in a currency that Intl does not know, with its name behind it. */
  money(value: number, currency: string | null): string
  /** A coordinate, to the metre. */
  degrees(value: number): string
  /** The zone as it is called there. */
  zoneName(at: Instant): string
}

const made = new Map<string, Formatters>()

/** The same object for the same language and zone: making Intl formats is dear. */
export function formatters(language: string, timeZone: string): Formatters {
  const key = `${language} ${timeZone}`
  let known = made.get(key)
  if (!known) {
    known = make(language, timeZone)
    made.set(key, known)
  }
  return known
}

function make(language: string, timeZone: string): Formatters {
  const locale = language === "en" ? "en-GB" : language
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const time = format({ hour: "2-digit", minute: "2-digit" })
  const precise = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" })
  const date = format({ day: "numeric", month: "short", year: "numeric" })
  const dateTime = format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })
  const day = format({ day: "numeric", month: "long" })
  const weekday = format({ weekday: "long", day: "numeric", month: "long" })
  const fullDay = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" })
  const key = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
  const zone = format({ timeZoneName: "long" })
  const numbers = new Intl.NumberFormat(locale)
  const languages = new Intl.DisplayNames(locale, { type: "language" })
  const countries = new Intl.DisplayNames(locale, { type: "region" })
  const today = lastOne((now) => key.format(now))
  const isToday = (at: Instant, now: Instant) => Math.abs(at - now) < LONGEST_DAY && key.format(at) === today(now)
  return {
    language,
    timeZone,
    ...spans(locale),
    ...plain(locale),
    ...figures(locale),
    ...sizes(locale),
    country: (code) => countries.of(code) ?? code,
    languageName: (code) => capital(languages.of(code) ?? code, locale),
    time: (at) => time.format(at),
    preciseTime: (at) => precise.format(at),
    date: (at) => date.format(at),
    dateTime: (at) => dateTime.format(at),
    dayKey: (at) => key.format(at),
    moment: (at, now) => (isToday(at, now) ? time.format(at) : dateTime.format(at)),
    day(at, now) {
      const ago = daysBetween(key.format(at), today(now))
      if (ago === 0 || ago === 1) return `${relativeDay(locale, -ago)}, ${day.format(at)}`
      return capital(ago < 300 ? weekday.format(at) : fullDay.format(at), locale)
    },
    number: (value) => numbers.format(value),
    money(value, currency) {
      if (!/^[A-Z]{3}$/.test(currency ?? "")) return `${numbers.format(value)} ${currency ?? ""}`.trim()
      return new Intl.NumberFormat(locale, { style: "currency", currency: currency ?? "" }).format(value)
    },
    degrees: (value) => value.toLocaleString(locale, { maximumFractionDigits: 5 }),
    zoneName: (at) => zone.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? timeZone,
  }
}

/** Remembers its last answer: a page asks hundreds of times what day it is now. */
function lastOne(of: (at: Instant) => string): (at: Instant) => string {
  let [asked, answer]: [Instant, string] = [Number.NaN, ""]
  return (at) => {
    if (at !== asked) [asked, answer] = [at, of(at)]
    return answer
  }
}

/** What belongs to no zone and is no amount. */
function plain(locale: string): Pick<Formatters, "calendarDay" | "plainNumber"> {
  const day = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" })
  const number = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 10 })
  return {
    calendarDay: (text) => day.format(Date.parse(`${text}T00:00:00Z`)),
    plainNumber: (value) => number.format(value),
  }
}

const MINUTE: Milliseconds = 60_000
const HOUR: Milliseconds = 60 * MINUTE
const DAY: Milliseconds = 24 * HOUR
/** When the clocks go back. */
const LONGEST_DAY: Milliseconds = 26 * HOUR

/** What reports are told in. */
function figures(locale: string) {
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 })
  const year = { timeZone: "UTC", year: "numeric" } as const
  const day = new Intl.DateTimeFormat(locale, { ...year, day: "numeric", month: "short" })
  const month = new Intl.DateTimeFormat(locale, { ...year, month: "long" })
  return {
    percent: (value: number) => percents.format(value),
    utcDay: (utc: number) => day.format(utc),
    utcMonth: (utc: number) => month.format(utc),
  }
}

/** In the largest unit of which there is one: three digits, one of them behind the point at most. */
function sizes(locale: string) {
  const digits = { maximumSignificantDigits: 3, roundingPriority: "lessPrecision" } as const
  const units = (["kilobyte", "megabyte", "gigabyte", "terabyte"] as const).map((unit, index) => {
    const places = { ...digits, maximumFractionDigits: index === 0 ? 0 : 1 }
    return new Intl.NumberFormat(locale, { style: "unit", unit, ...places })
  })
  const size = (bytes: number): string => {
    const amounts = units.map((_, index) => bytes / 1_000 ** (index + 1))
    const fits = amounts.findIndex((amount) => amount < 999.5)
    const chosen = fits < 0 ? units.length - 1 : fits
    return units[chosen]!.format(bytes > 0 && chosen === 0 ? Math.max(1, amounts[0]!) : amounts[chosen]!)
  }
  return { size }
}

function spans(locale: string) {
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" })
  const days = unit("day")
  const hours = unit("hour")
  const minutes = unit("minute")
  const seconds = unit("second")
  const span = (length: Milliseconds): string => {
    const whole = Math.max(0, length)
    if (whole < MINUTE) return seconds.format(Math.floor(whole / 1_000))
    if (whole < HOUR) return minutes.format(Math.floor(whole / MINUTE))
    if (whole >= 2 * DAY) return days.format(Math.floor(whole / DAY))
    const rest = Math.floor((whole % HOUR) / MINUTE)
    return `${hours.format(Math.floor(whole / HOUR))}${rest > 0 ? ` ${minutes.format(rest)}` : ""}`
  }
  const stopwatch = (length: Milliseconds): string => {
    const whole = Math.max(0, Math.floor(length / 1_000))
    return whole >= 3_600 ? span(length) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
  }
  return { span, stopwatch }
}

/** Days from one key to a later one. */
const daysBetween = (earlier: string, later: string): number => (Date.parse(later) - Date.parse(earlier)) / DAY

const relativeDay = (locale: string, days: number): string =>
  capital(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day"), locale)

const capital = (text: string, locale: string): string =>
  text.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase(locale))
