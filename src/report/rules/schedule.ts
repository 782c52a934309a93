/** A report that is sent by mail: every day what yesterday was, every Monday the last week, every first the last month. */
import { firstMomentOf } from "~/hours/rules/zone.ts"
import { hours, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { isMailAddress } from "~/mail/rules.ts"
import type { Answer, Asked } from "./answers.ts"
import { addDays, addMonths, type Day, dayAt, weekdayOf } from "./calendar.ts"
import type { Filter } from "./combining.ts"
import type { Period } from "./period.ts"
import { REPORT, type ReportName, type Rows } from "./reports.ts"

export const RHYTHMS = ["day", "week", "month"] as const
export type Rhythm = (typeof RHYTHMS)[number]

export type Schedule = {
  id: Id
  report: ReportName
  rows: Rows
  every: Rhythm
  /** Whose figures alone; several: what they have in common. */
  filters: readonly Filter[]
  recipients: readonly string[]
  /** Of whoever made it: they are who reads it. */
  language: string
  /** The last moment at which it was due and seen to; a new one begins now. */
  doneUntil: Instant
  /** Was due, and is being counted. */
  owed: Pick<Period, "from" | "to"> | null
}

/** It is to be written and sent, of these days; where it must be counted first, it is owed until then. */
export type ReportFact =
  | { type: "report.due"; schedule: Schedule; period: Period }
  | { type: "report.owed"; schedule: Id }
  | { type: "report.counted"; schedule: Schedule; answer: Answer }
  /** More than can be counted for a mail: beyond `most` conversations, or (null) it took too long. */
  | { type: "report.uncounted"; schedule: Schedule; period: Period; most: number | null }

export const askedBy = ({ report, rows, filters }: Schedule, period: Period): Asked => ({
  report,
  rows,
  filters,
  period,
})

export const owedDays = ({ owed }: Pick<Schedule, "owed">): Period | null => owed && { name: "custom", ...owed }

export const MOST_RECIPIENTS = 20
/** When people come in; a figure of the night is in it by then. */
const HOUR_OF_DAY = 7

/** Addresses as they were typed, one a line or with commas between. */
export const readRecipients = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((address) => address !== "")),
]

/** Null when it may be kept. */
export function refuseSchedule(given: Omit<Schedule, "id" | "doneUntil" | "owed">): Refusal | null {
  const { report, rows, filters, recipients } = given
  const known = [rows, ...filters.map(({ dimension }) => dimension)]
  const isTwice = new Set(known).size < known.length
  if (isTwice || known.some((one) => !REPORT[report].rows.includes(one))) return refuse("report.rows_unknown")
  if (recipients.length === 0) return refuse("report.nobody_named")
  if (recipients.length > MOST_RECIPIENTS) return refuse("report.too_many_named", { most: MOST_RECIPIENTS })
  const wrong = recipients.find((address) => !isMailAddress(address))
  return wrong === undefined ? null : refuse("report.address_malformed", { address: wrong })
}

/** The next moment at which it is due, by the tenant's clocks. */
export function dueAfter({ every, doneUntil }: Pick<Schedule, "every" | "doneUntil">, zone: string): Instant {
  for (let day = dayAt(zone, doneUntil); ; day = addDays(day, 1)) {
    const at = morningOf(zone, day)
    if (at > doneUntil && isDay(every, day)) return at
  }
}

const isDay = (every: Rhythm, day: Day): boolean =>
  every === "day" || (every === "week" ? weekdayOf(day) === 1 : day % 100 === 1)

/** Seven on the clocks of that day. */
const morningOf = (zone: string, day: Day): Instant => firstMomentOf(zone, utcOf(day) + hours(HOUR_OF_DAY))

const utcOf = (day: Day): number => Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)

/** The days that one due at `at` tells of. */
export function toldDays(every: Rhythm, zone: string, at: Instant): Period {
  const today = dayAt(zone, at)
  const to = addDays(today, -1)
  const from = every === "day" ? to : every === "week" ? addDays(today, -7) : addMonths(today, -1)
  return { name: "custom", from, to }
}

export const deadlines = (schedule: Schedule, zone: string) => [
  { kind: "report_due" as const, at: dueAfter(schedule, zone) },
]
