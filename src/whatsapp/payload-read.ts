import type { Instant } from "~/kernel/clock.ts"
import type { Json } from "./payload-types.ts"

/**
 * Tolerant readers of values that others wrote. Each answers null for what is not there or not of its kind; none
 * throws. Meta sends ids and timestamps as text or number, depending on the field (wire reference, conventions).
 */

/** Ids and names longer than this are somebody's mistake or attack; Meta's wamids stay below 255. */
const LONGEST_IDENTIFIER = 1_024
const LONGEST_NAME = 256
/** 9999-12-31T23:59:59Z in seconds: beyond it the value is not a UNIX time in seconds. */
const LAST_SECOND = 253_402_300_799

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const record = (value: unknown): Json | null => (isRecord(value) ? value : null)

/** Own keys only: a payload may not reach `constructor` or `__proto__`. */
export const get = (from: Json | null, key: string): unknown =>
  from !== null && Object.hasOwn(from, key) ? from[key] : undefined

/** The first of `keys` that is there: Meta spells some names in several ways. */
export function either(from: Json | null, ...keys: string[]): unknown {
  for (const key of keys) {
    const value = get(from, key)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

export const child = (from: Json | null, key: string): Json | null => record(get(from, key))

export const list = (from: Json | null, key: string): readonly unknown[] => {
  const value = get(from, key)
  return Array.isArray(value) ? value : []
}

/** Whole text, however long. Lone surrogates become U+FFFD, because they cannot be written as UTF-8. */
export const text = (value: unknown): string | null => (typeof value === "string" ? value.toWellFormed() : null)

/** Text that says something, else null. */
export const words = (value: unknown): string | null => text(value) || null

/** A short text such as a person's name: trimmed, capped, null when empty. */
export const name = (value: unknown): string | null =>
  typeof value === "string" ? value.trim().slice(0, LONGEST_NAME).toWellFormed() || null : null

export function identifier(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null
  return typeof value === "string" && value !== "" && value.length <= LONGEST_IDENTIFIER ? value.toWellFormed() : null
}

/** A phone number as bare digits: "+39 06 555-0100" and 39065550100 are the same. */
export function digits(value: unknown): string | null {
  const written = identifier(value)?.replace(/[+\s().-]/g, "") ?? ""
  return /^\d{1,20}$/.test(written) ? written : null
}

export function number(value: unknown): number | null {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : null
}

export const flag = (value: unknown): boolean => value === true || value === "true"

/** A UNIX time in seconds, as text or number. */
export function instant(value: unknown): Instant | null {
  const unixSeconds = number(value)
  return unixSeconds !== null && unixSeconds > 0 && unixSeconds <= LAST_SECOND ? Math.floor(unixSeconds) * 1_000 : null
}

/** Whether objects and arrays are nested more than `levels` deep. Never descends further than that itself. */
export function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((nested) => deeperThan(nested, levels - 1))
  // Parsed JSON inherits nothing; without a copy of the values of every object this costs a third.
  for (const key in value) if (deeperThan((value as Record<string, unknown>)[key], levels - 1)) return true
  return false
}
