/** Opening hours as the form of a number writes them: one row for each shift and each holiday, wrong ones included. */
import { readHours, shiftText, writeHours } from "~/hours/rules/notation.ts"
import { type Hours, nextChange, openAt, WEEKDAYS, type Weekday } from "~/hours/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export type ShiftRow = { day: Weekday; from: string; to: string }
/** `kind`: once, yearly, or the notation's own word for a day that Easter moves. `hours`: `09:00-12:30`; empty: closed. */
export type HolidayRow = { kind: string; date: string; name: string; hours: string }
export type HoursDraft = { kind: "always" | "weekly"; shifts: ShiftRow[]; holidays: HolidayRow[] }

/** What Easter moves, as the notation says it. */
export const EASTER_DAYS = [
  "easter-47",
  "easter-3",
  "easter-2",
  "easter",
  "easter+1",
  "easter+39",
  "easter+49",
  "easter+50",
  "easter+60",
] as const

export function draftOf(hours: Hours): HoursDraft {
  if (hours.kind === "always") return { kind: "always", shifts: [], holidays: [] }
  const written = JSON.parse(writeHours(hours)) as { holidays?: { date: string; name: string; shifts: string[] }[] }
  return {
    kind: "weekly",
    shifts: WEEKDAYS.flatMap((day) => hours.weekly[day].map((shift) => rowOf(day, shiftText(shift)))),
    holidays: (written.holidays ?? []).map(({ date, name, shifts }) => {
      const isEaster = date.startsWith("easter")
      const isYearly = !isEaster && date.length === 5
      const kind = isEaster ? date : isYearly ? "yearly" : "once"
      // A date field holds whole dates: of a day of every year, the year means nothing (and knows 29 February).
      return { kind, date: isEaster ? "" : isYearly ? `${ANY_YEAR}-${date}` : date, name, hours: shifts.join(", ") }
    }),
  }
}

const ANY_YEAR = "2028"

function rowOf(day: Weekday, shift: string): ShiftRow {
  const [from = "", to = ""] = shift.split("-")
  return { day, from, to: to === "24:00" ? "00:00" : to }
}

/** The hours, or what is wrong by field: a day's name, `holiday-2`. */
export function readDraft(draft: HoursDraft): { hours: Hours } | { errors: Record<string, Refusal> } {
  if (draft.kind === "always") return { hours: { kind: "always" } }
  const errors: Record<string, Refusal> = {}
  for (const { day, from, to } of draft.shifts)
    if (!isTime(from) || !isTime(to)) errors[day] = refuse("hours.incomplete")
    else if (from === to && from !== "00:00") errors[day] = refuse("hours.empty", { time: from })
  for (const [index, holiday] of draft.holidays.entries()) {
    const wrong = holidayFault(holiday)
    if (wrong) errors[`holiday-${index}`] = refuse(wrong)
  }
  if (Object.keys(errors).length > 0) return { errors }
  const read = readHours(notationOf(draft))
  return "kind" in read
    ? { hours: read }
    : { errors: Object.fromEntries(read.problems.map(({ path }) => faultAt(path))) }
}

/** Hours by which nobody would ever be answered again are a slip of the hand in a form; a file may say so on purpose. */
export const refuseNeverOpen = (hours: Hours, zone: string, now: Instant): Refusal | null =>
  openAt(hours, zone, now) || nextChange(hours, zone, now) !== null ? null : refuse("hours.never_open")

/** What is left to be wrong when every row is right for itself. */
function faultAt(path: string): [string, Refusal] {
  const [, day] = /^\.weekly\.(\w{3})/.exec(path) ?? []
  if (day) return [day, refuse("hours.overlap")]
  const [, index, part] = /^\.holidays\[(\d+)\](?:\.(\w+))?/.exec(path) ?? []
  const fault =
    part === "shifts" ? "hours.holiday_hours" : part === "date" ? "hours.holiday_twice" : "hours.holiday_name"
  return index === undefined ? ["form", refuse("hours.overlap")] : [`holiday-${index}`, refuse(fault)]
}

/** `9`, `9.30` and `0930` are times too. */
export function timeTyped(text: string): string {
  const [, hour = "", minute = "00"] = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*$/.exec(text) ?? []
  return hour === "" ? text.trim() : `${hour.padStart(2, "0")}:${minute}`
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

function holidayFault({ kind, date, name, hours }: HolidayRow): string | null {
  if (!kind.startsWith("easter") && !/^\d{4}-\d{2}-\d{2}$/.test(date)) return "hours.holiday_date"
  if (name.trim() === "") return "hours.holiday_name"
  return hours.trim() === "" || hours.split(",").every((one) => /^\s*\d{2}:\d{2}\s*[-–]\s*\d{2}:\d{2}\s*$/.test(one))
    ? null
    : "hours.holiday_hours"
}

/** As the notation writes it; a shift from midnight to midnight is the whole day. */
function notationOf({ shifts, holidays }: HoursDraft) {
  const ofDay = (day: Weekday) => shifts.filter((shift) => shift.day === day).map(shiftOf)
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, ofDay(day)]))
  const days = holidays.map(({ kind, date, name, hours }) => ({
    date: kind === "once" ? date : kind === "yearly" ? date.slice(5) : kind,
    name,
    shifts: hours.split(",").flatMap((one) => one.replaceAll(/\s/g, "").replace("–", "-") || []),
  }))
  return { weekly, holidays: days }
}

const shiftOf = ({ from, to }: ShiftRow): string => `${from}-${to === "00:00" ? "24:00" : to}`

/** A press of one of the form's buttons; null when it is none of them. */
export function changedDraft(draft: HoursDraft, deed: string): HoursDraft | null {
  const { shifts, holidays } = draft
  const [, verb, what = ""] = /^(add|drop|copy|holiday|forget):?(.*)$/.exec(deed) ?? []
  const day = WEEKDAYS.find((one) => one === what)
  if (verb === "add" && day) return { ...draft, shifts: [...shifts, newShift(shifts, day)] }
  if (verb === "drop") return { ...draft, shifts: shifts.toSpliced(Number(what), 1) }
  if (verb === "copy" && day) return { ...draft, shifts: copied(shifts, day) }
  if (verb === "forget") return { ...draft, holidays: holidays.toSpliced(Number(what), 1) }
  const blank = { kind: "yearly", date: "", name: "", hours: "" }
  return verb === "holiday" ? { ...draft, holidays: [...holidays, blank] } : null
}

/** After a morning comes an afternoon. */
const newShift = (shifts: readonly ShiftRow[], day: Weekday): ShiftRow =>
  shifts.some((shift) => shift.day === day) ? { day, from: "14:00", to: "18:00" } : { day, from: "09:00", to: "13:00" }

/** A working day's shifts go to the other working days, one of the weekend's to the other. */
function copied(shifts: readonly ShiftRow[], day: Weekday): ShiftRow[] {
  const isWeekend = (one: Weekday) => one === "sat" || one === "sun"
  const own = shifts.filter((shift) => shift.day === day)
  const kept = shifts.filter((shift) => shift.day === day || isWeekend(shift.day) !== isWeekend(day))
  const others = WEEKDAYS.filter((one) => one !== day && isWeekend(one) === isWeekend(day))
  return [...kept, ...others.flatMap((other) => own.map((shift) => ({ ...shift, day: other })))]
}

/** Hours and clocks as fields, for whoever saves over somebody else's change. */
export function writtenHours({ hours, timezone }: { hours: Hours; timezone: string | null }): Record<string, string[]> {
  const { kind, shifts, holidays } = draftOf(hours)
  const ofDay = (day: Weekday) => shifts.filter((shift) => shift.day === day).map(({ from, to }) => `${from}–${to}`)
  return {
    kind: [kind],
    timezone: [timezone ?? ""],
    ...Object.fromEntries(WEEKDAYS.map((day) => [day, ofDay(day)])),
    holidays: holidays.map((one) => [one.name, one.date || one.kind, one.hours].filter(Boolean).join(" ")),
  }
}

/** How long it is open in a week without holidays. */
export const minutesAWeek = (hours: Hours): number =>
  hours.kind === "always"
    ? 7 * 1_440
    : WEEKDAYS.flatMap((day) => hours.weekly[day]).reduce(
        (sum, { from, to }) => sum + (to > from ? to - from : to + 1_440 - from),
        0,
      )

export const WEEKDAY_NAMES: readonly Weekday[] = WEEKDAYS
