/**
 * Opening hours as people write them: `"always"`, or shifts like `"09:00-13:00"` for each day of the week, and holidays
 * (`"2026-12-24"`, `"12-25"` of every year, `"easter+1"`) with the shifts that hold on them.
 */
import { nearest } from "~/kernel/nearest.ts"
import { type Hours, type Shift, WEEKDAYS, type Weekday } from "../rules.ts"
import { type Holiday, type HolidayDate, isDate } from "./holidays.ts"

/** Where in the written hours something is wrong, from their own root (`.weekly.mon[0]`), and why. */
export type HoursProblem = { path: string; reason: string }

const MINUTES_PER_DAY = 1_440

/** The hours that `written` says, or everything that is wrong with it. */
export function readHours(written: unknown): Hours | { problems: HoursProblem[] } {
  if (written === "always") return { kind: "always" }
  if (!isObject(written)) return { problems: [{ path: "", reason: 'must be "always" or { "weekly": { … } }' }] }
  const problems = unknownKeys(written, ["weekly", "holidays"], "")
  if (!isObject(written.weekly)) {
    problems.push({ path: ".weekly", reason: 'must be an object like { "mon": ["09:00-13:00"] }' })
    return { problems }
  }
  problems.push(...unknownKeys(written.weekly, WEEKDAYS, ".weekly"))
  const weekly = readWeek(written.weekly, problems)
  const holidays = readHolidays(written.holidays ?? [], problems)
  if (problems.length === 0) problems.push(...overlaps(weekly))
  return problems.length > 0 ? { problems } : { kind: "weekly", weekly, holidays }
}

/** The hours as they are kept and written in files. */
export function writeHours(hours: Hours): string {
  if (hours.kind === "always") return JSON.stringify("always")
  const open = WEEKDAYS.filter((day) => hours.weekly[day].length > 0)
  const weekly = Object.fromEntries(open.map((day) => [day, hours.weekly[day].map(shiftText)]))
  const holidays = hours.holidays.map(({ date, name, shifts }) => {
    return { date: dateText(date), name, shifts: shifts.map(shiftText) }
  })
  return JSON.stringify(holidays.length > 0 ? { weekly, holidays } : { weekly })
}

/** `09:00-13:00` */
export const shiftText = ({ from, to }: Shift): string => `${timeText(from)}-${timeText(to)}`

const timeText = (minute: number) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
const twoDigits = (number: number) => String(number).padStart(2, "0")

function readWeek(written: Record<string, unknown>, problems: HoursProblem[]): Record<Weekday, Shift[]> {
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, [] as Shift[]])) as Record<Weekday, Shift[]>
  for (const day of WEEKDAYS) week[day] = readShifts(written[day] ?? [], `.weekly.${day}`, problems)
  return week
}

/** In the order of the day. */
function readShifts(written: unknown, path: string, problems: HoursProblem[]): Shift[] {
  if (!Array.isArray(written)) {
    problems.push({ path, reason: 'must be a list of shifts like ["09:00-13:00"]' })
    return []
  }
  const read = written.map(readShift)
  for (const [index, shift] of read.entries())
    if (!shift)
      problems.push({ path: `${path}[${index}]`, reason: 'must be a shift like "09:00-13:00" (24:00 ends a day)' })
  return read.flatMap((shift) => shift ?? []).sort((a, b) => a.from - b.from)
}

/** A shift whose end is not after its start ends the next day. */
function readShift(text: unknown): Shift | null {
  const match =
    typeof text === "string" ? /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(text) : null
  if (!match) return null
  const from = Number(match[1]) * 60 + Number(match[2])
  const to = match[3] === undefined ? MINUTES_PER_DAY : Number(match[3]) * 60 + Number(match[4])
  return from === to ? null : { from, to }
}

function readHolidays(written: unknown, problems: HoursProblem[]): Holiday[] {
  if (!Array.isArray(written)) {
    problems.push({
      path: ".holidays",
      reason: 'must be a list like [{ "date": "12-25", "name": "Christmas", "shifts": [] }]',
    })
    return []
  }
  const read = written.map((one, index) => readHoliday(one, `.holidays[${index}]`, problems))
  const dates = read.map((one) => one && dateText(one.date))
  for (const [index, date] of dates.entries())
    if (date && dates.indexOf(date) < index)
      problems.push({ path: `.holidays[${index}].date`, reason: `is the same as .holidays[${dates.indexOf(date)}]` })
  return read.flatMap((one) => one ?? [])
}

function readHoliday(written: unknown, path: string, problems: HoursProblem[]): Holiday | null {
  if (!isObject(written)) {
    problems.push({ path, reason: 'must be an object like { "date": "12-25", "name": "Christmas", "shifts": [] }' })
    return null
  }
  problems.push(...unknownKeys(written, ["date", "name", "shifts"], path))
  const date = readDate(written.date)
  const name = typeof written.name === "string" ? written.name.normalize("NFC").trim() : ""
  if (!date)
    problems.push({
      path: `${path}.date`,
      reason: 'must be a day like "2026-12-24", "12-25" (every year) or "easter+1"',
    })
  if (name === "" || name.length > LONGEST_NAME)
    problems.push({ path: `${path}.name`, reason: `must be a text of at most ${LONGEST_NAME} characters` })
  const shifts = readShifts(written.shifts ?? [], `${path}.shifts`, problems)
  const meets = shifts.find((shift, index) => index > 0 && shift.from < endOf(shifts[index - 1]!))
  if (meets) problems.push({ path: `${path}.shifts`, reason: `${shiftText(meets)} overlaps the one before` })
  return date && { date, name, shifts }
}

const LONGEST_NAME = 80
const endOf = ({ from, to }: Shift) => (to > from ? to : to + MINUTES_PER_DAY)

function readDate(written: unknown): HolidayDate | null {
  const text = typeof written === "string" ? written : ""
  const easter = /^easter([+-]\d{1,2})?$/.exec(text)
  if (easter) return existing({ kind: "easter", offset: Number(easter[1] ?? 0) })
  const date = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text)
  if (!date) return null
  const year = date[1]
  const month = Number(date[2])
  const day = Number(date[3])
  return existing(
    year === undefined ? { kind: "yearly", month, day } : { kind: "once", year: Number(year), month, day },
  )
}

const existing = (date: HolidayDate): HolidayDate | null => (isDate(date) ? date : null)

function dateText(date: HolidayDate): string {
  switch (date.kind) {
    case "once":
      return `${date.year}-${twoDigits(date.month)}-${twoDigits(date.day)}`
    case "yearly":
      return `${twoDigits(date.month)}-${twoDigits(date.day)}`
    case "easter":
      return date.offset === 0 ? "easter" : `easter${date.offset > 0 ? "+" : ""}${date.offset}`
  }
}

/** Shifts that run into each other, over midnight and from Sunday to Monday too. */
function overlaps(weekly: Record<Weekday, readonly Shift[]>): HoursProblem[] {
  const placed = WEEKDAYS.flatMap((day, index) =>
    weekly[day].map((shift) => {
      const start = index * MINUTES_PER_DAY + shift.from
      return { day, shift, start, end: start + lengthOf(shift) }
    }),
  )
  return placed.flatMap((one, index) => {
    const wraps = index === placed.length - 1
    const next = placed[wraps ? 0 : index + 1]
    const nextStart = (next?.start ?? 0) + (wraps ? 7 * MINUTES_PER_DAY : 0)
    if (!next || one.end <= nextStart) return []
    return [
      {
        path: `.weekly.${next.day}`,
        reason: `${shiftText(one.shift)} of ${one.day} and ${shiftText(next.shift)} overlap`,
      },
    ]
  })
}

const lengthOf = ({ from, to }: Shift) => (to > from ? to - from : to + MINUTES_PER_DAY - from)

function unknownKeys(object: Record<string, unknown>, known: readonly string[], path: string): HoursProblem[] {
  return Object.keys(object)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = nearest(key, known)
      return {
        path: `${path}.${key}`,
        reason: `is not known${meant ? `; did you mean ${meant}?` : `: use ${known.join(", ")}`}`,
      }
    })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
