/** Opening hours as people write them: `"always"`, or shifts like `"09:00-13:00"` for each day of the week. */
import { nearest } from "~/kernel/nearest.ts"
import { type Hours, type Shift, WEEKDAYS, type Weekday } from "../rules.ts"

/** Where in the written hours something is wrong, from their own root (`.weekly.mon[0]`), and why. */
export type HoursProblem = { path: string; reason: string }

const MINUTES_PER_DAY = 1_440

/** The hours that `written` says, or everything that is wrong with it. */
export function readHours(written: unknown): Hours | { problems: HoursProblem[] } {
  if (written === "always") return { kind: "always" }
  if (!isObject(written)) return { problems: [{ path: "", reason: 'must be "always" or { "weekly": { … } }' }] }
  const problems = unknownKeys(written, ["weekly"], "")
  if (!isObject(written.weekly)) {
    problems.push({ path: ".weekly", reason: 'must be an object like { "mon": ["09:00-13:00"] }' })
    return { problems }
  }
  problems.push(...unknownKeys(written.weekly, WEEKDAYS, ".weekly"))
  const weekly = readWeek(written.weekly, problems)
  if (problems.length === 0) problems.push(...overlaps(weekly))
  return problems.length > 0 ? { problems } : { kind: "weekly", weekly }
}

/** The hours as they are kept and written in files. */
export function writeHours(hours: Hours): string {
  if (hours.kind === "always") return JSON.stringify("always")
  const open = WEEKDAYS.filter((day) => hours.weekly[day].length > 0)
  return JSON.stringify({ weekly: Object.fromEntries(open.map((day) => [day, hours.weekly[day].map(shiftText)])) })
}

/** `09:00-13:00` */
export const shiftText = ({ from, to }: Shift): string => `${timeText(from)}-${timeText(to)}`

const timeText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`

function readWeek(written: Record<string, unknown>, problems: HoursProblem[]): Record<Weekday, Shift[]> {
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, [] as Shift[]])) as Record<Weekday, Shift[]>
  for (const day of WEEKDAYS) {
    const shifts = written[day] ?? []
    if (!Array.isArray(shifts)) {
      problems.push({ path: `.weekly.${day}`, reason: 'must be a list of shifts like ["09:00-13:00"]' })
      continue
    }
    for (const [index, text] of shifts.entries()) {
      const shift = readShift(text)
      if (shift) week[day].push(shift)
      else
        problems.push({
          path: `.weekly.${day}[${index}]`,
          reason: 'must be a shift like "09:00-13:00" (24:00 ends a day)',
        })
    }
    week[day].sort((a, b) => a.from - b.from)
  }
  return week
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
