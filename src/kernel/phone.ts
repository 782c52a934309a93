/** Phone numbers as people write them. The grouping of every country is a library's; nobody keeps 240 plans by hand. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min"

/** Grouping one costs 60 µs, and lists are drawn again and again; cleared when full. */
const MOST_REMEMBERED = 5_000
const remembered = new Map<string, string>()

/**
 * `393455550172`, `+393455550172` → `+39 345 555 0172`. What no plan knows stays as it is, behind its plus sign.
 */
export function readablePhone(number: string): string {
  const known = remembered.get(number)
  if (known !== undefined) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const international = number.startsWith("+") ? number : `+${number}`
  const readable = parsePhoneNumberFromString(international)?.formatInternational() ?? international
  remembered.set(number, readable)
  return readable
}

/** Where a number is from, as ISO 3166 says it (`IT`); null where the plans do not say. */
export function countryOf(number: string): string | null {
  return parsePhoneNumberFromString(number.startsWith("+") ? number : `+${number}`)?.country ?? null
}
