/** Days of a year as they come from elsewhere: a calendar file (RFC 5545, `.ics`), or a list that somebody has pasted. */
import { days } from "~/kernel/clock.ts"
import { readHours } from "./notation.ts"
import type { Wall } from "./zone.ts"

/** `hours` as written (`09:00-12:30`, several by commas); empty: closed all day. */
export type CalendarDay = { day: Wall; name: string; hours: string }
/** `line`: which one of the text, counted from 1. */
export type CalendarProblem = { line: number; text: string; reason: "no_date" | "no_name" | "no_hours" }
export type Calendar = { days: CalendarDay[]; problems: CalendarProblem[]; otherYears: number }

const LONGEST_NAME = 80
/** Whoever puts more into one entry means no holiday. */
const LONGEST_SPAN_DAYS = 31
/** Of a line that is not understood so much is shown. */
const MOST_SHOWN_TEXT = 60

/** What of `text` lies in `year`; days of other years are counted. */
export const readCalendar = (text: string, year: number): Calendar =>
  /^\s*BEGIN:VCALENDAR/i.test(text) ? readCalendarFile(text, year) : readList(text, year)

/** A line each: date; name; hours. Dates as 2027-01-06, 06/01/2027, 6.1.2027, or 06/01 of that year. */
function readList(text: string, year: number): Calendar {
  const found: CalendarDay[] = []
  const problems: CalendarProblem[] = []
  let otherYears = 0
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === "") continue
    const [date = "", name = "", ...hours] = written.split(/[;\t]|,(?![^;\t]*[;\t])/).map((part) => part.trim())
    const day = dayIn(date, year)
    const problem = (reason: CalendarProblem["reason"]) =>
      problems.push({ line: index + 1, text: written.trim().slice(0, MOST_SHOWN_TEXT), reason })
    if (day === null) problem("no_date")
    else if (nameFrom(name) === "") problem("no_name")
    else if (!areShifts(hours)) problem("no_hours")
    else if (new Date(day).getUTCFullYear() !== year) otherYears += 1
    else found.push({ day, name: nameFrom(name), hours: hours.filter(Boolean).join(", ") })
  }
  return { days: inOrder(found), problems, otherYears }
}

/** As the notation reads them: none that overlap. */
function areShifts(hours: readonly string[]): boolean {
  const shifts = hours.flatMap((one) => one.replaceAll(/\s/g, "").replace("–", "-") || [])
  return "kind" in readHours({ weekly: {}, holidays: [{ date: "01-01", name: "any", shifts }] })
}

function dayIn(text: string, year: number): Wall | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const european = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?$/.exec(text)
  return european ? existing(Number(european[3] ?? year), Number(european[2]), Number(european[1])) : null
}

function existing(year: number, month: number, day: number): Wall | null {
  const at = Date.UTC(year, month - 1, day)
  const back = new Date(at)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? at : null
}

const nameFrom = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll(";", ",")
    .trim()
    .slice(0, LONGEST_NAME)

type Entry = { line: number; start: string; end: string; summary: string; isYearly: boolean; isCancelled: boolean }

function readCalendarFile(text: string, year: number): Calendar {
  const found: CalendarDay[] = []
  const problems: CalendarProblem[] = []
  let otherYears = 0
  for (const entry of entriesIn(text)) {
    if (entry.isCancelled) continue
    const first = dateIn(entry.start)
    const end = dateIn(entry.end)
    const name = nameFrom(entry.summary)
    if (first === null || name === "") {
      const reason = first === null ? "no_date" : "no_name"
      problems.push({ line: entry.line, text: (name || entry.start).slice(0, MOST_SHOWN_TEXT), reason })
      continue
    }
    // The end of whole days is the day after the last one.
    const span = end === null ? 1 : Math.min(LONGEST_SPAN_DAYS, Math.max(1, Math.round((end - first) / days(1))))
    const begins = entry.isYearly ? inYear(first, year) : first
    const all = Array.from({ length: span }, (_, index) => begins + days(index))
    const inIt = all.filter((day) => new Date(day).getUTCFullYear() === year)
    if (inIt.length === 0) otherYears += 1
    found.push(...inIt.map((day) => ({ day, name, hours: "" })))
  }
  return { days: inOrder(found), problems, otherYears }
}

function inYear(day: Wall, year: number): Wall {
  const at = new Date(day)
  return Date.UTC(year, at.getUTCMonth(), at.getUTCDate())
}

function entriesIn(text: string): Entry[] {
  const entries: Entry[] = []
  let entry: Entry | null = null
  for (const { line, name, value } of propertiesIn(text)) {
    if (name === "BEGIN" && value.toUpperCase() === "VEVENT")
      entry = { line, start: "", end: "", summary: "", isYearly: false, isCancelled: false }
    else if (name === "END" && value.toUpperCase() === "VEVENT" && entry) {
      entries.push(entry)
      entry = null
    } else if (entry) keep(entry, name, value)
  }
  return entries
}

function keep(entry: Entry, name: string, value: string): void {
  if (name === "DTSTART") entry.start = value
  else if (name === "DTEND") entry.end = value
  else if (name === "SUMMARY") entry.summary = unescaped(value)
  else if (name === "RRULE") entry.isYearly = /(^|;)FREQ=YEARLY(;|$)/i.test(value)
  else if (name === "STATUS") entry.isCancelled = value.toUpperCase() === "CANCELLED"
}

/** A line that begins with a blank goes on with the one before it; parameters of a name mean nothing to us. */
function propertiesIn(text: string): { line: number; name: string; value: string }[] {
  const whole: { line: number; text: string }[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const last = whole.at(-1)
    if (/^[ \t]/.test(line) && last) last.text += line.slice(1)
    else whole.push({ line: index + 1, text: line })
  }
  return whole.flatMap(({ line, text: one }) => {
    const [, name, value] = /^([A-Za-z-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/.exec(one) ?? []
    return name === undefined ? [] : [{ line, name: name.toUpperCase(), value: (value ?? "").trim() }]
  })
}

function dateIn(text: string): Wall | null {
  const date = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(text)
  return date ? existing(Number(date[1]), Number(date[2]), Number(date[3])) : null
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === "n" ? " " : sign))

/** By day; of several on the same day their names are one. */
function inOrder(found: readonly CalendarDay[]): CalendarDay[] {
  const byDay = Map.groupBy(found, ({ day }) => day)
  return [...byDay]
    .map(([day, same]) => ({
      day,
      name: [...new Set(same.map(({ name }) => name))].join(", ").slice(0, LONGEST_NAME),
      hours: same.find(({ hours }) => hours !== "")?.hours ?? "",
    }))
    .toSorted((a, b) => a.day - b.day)
}
