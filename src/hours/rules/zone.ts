/**
 * Wall clocks of a timezone. Intl carries the IANA rules inside the runtime, so no dependency is needed: an offset is
 * what a formatted moment differs from UTC by, and both changes of summer time follow from offsets.
 */
import { hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"

/** What a wall clock shows, counted as if it were UTC. */
export type Wall = number

export function isTimezone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && formatterOf(name) !== null
  } catch {
    return false
  }
}

export const wallAt = (zone: string, instant: Instant): Wall => instant + offsetAt(zone, instant)

/** The first moment at which the clocks show `wall`; where they jump over it, the moment of the jump. */
export function firstMomentOf(zone: string, wall: Wall): Instant {
  return momentsOf(zone, wall)[0] ?? jumpOver(zone, wall)
}

/**
 * The moment before which the clocks show the minute before `wall` for the last time: where a span that ends at `wall`
 * ends. Where they jump over that minute, the moment of the jump.
 */
export function endMomentOf(zone: string, wall: Wall): Instant {
  const lastMinute = momentsOf(zone, wall - minutes(1)).at(-1)
  return lastMinute === undefined ? jumpOver(zone, wall - minutes(1)) : lastMinute + minutes(1)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** Clocks have changed at whole quarters of an hour (UTC) since 1972; within one, an offset is asked for once. */
const QUARTER: Milliseconds = minutes(15)
const MOST_REMEMBERED = 50_000
const remembered = new Map<string, Map<number, Milliseconds>>()

/** How far the zone is ahead of UTC. */
function offsetAt(zone: string, instant: Instant): Milliseconds {
  const quarter = Math.floor(instant / QUARTER)
  const ofZone = remembered.get(zone) ?? new Map<number, Milliseconds>()
  const known = ofZone.get(quarter)
  if (known !== undefined) return known
  if (ofZone.size >= MOST_REMEMBERED) ofZone.clear()
  const offset = formattedOffset(zone, quarter * QUARTER)
  remembered.set(zone, ofZone.set(quarter, offset))
  return offset
}

function formattedOffset(zone: string, instant: Instant): Milliseconds {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant
}

/** Every moment at which the clocks show `wall`: none in the hour that is skipped, two in the one that is repeated. */
function momentsOf(zone: string, wall: Wall): Instant[] {
  const [before, after] = offsetsAround(zone, wall)
  const candidates = before === after ? [wall - before] : [wall - before, wall - after]
  return candidates.filter((instant) => wallAt(zone, instant) === wall).sort((a, b) => a - b)
}

/** Offsets reach from −12 to +14 hours; two changes are never as near to each other as two days. */
const offsetsAround = (zone: string, wall: Wall): [Milliseconds, Milliseconds] => [
  offsetAt(zone, wall - hours(24)),
  offsetAt(zone, wall + hours(24)),
]

/** The moment at which the clocks jump over `wall`. */
function jumpOver(zone: string, wall: Wall): Instant {
  const [before, after] = offsetsAround(zone, wall)
  let early = wall - after
  let late = wall - before
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetAt(zone, middle) === before) early = middle
    else late = middle
  }
  return late
}

/** `09:05` on the clocks of a timezone. */
export function timeOfDay(zone: string, instant: Instant): string {
  return new Date(wallAt(zone, instant)).toISOString().slice(11, 16)
}

const DAY_MS: Milliseconds = hours(24)

/** The first moment of a day (`2026-11-22`) in the zone; null for what is no day. */
export function startOfDay(zone: string, day: string): Instant | null {
  const wall = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isNaN(wall) ? null : firstMomentOf(zone, wall)
}

/** The moment at which it is over. */
export function endOfDay(zone: string, day: string): Instant | null {
  const wall = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isNaN(wall) ? null : firstMomentOf(zone, wall + DAY_MS)
}
