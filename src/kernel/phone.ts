/** Phone numbers as people write them. The grouping of every country is a library's; nobody keeps 240 plans by hand. */
import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min"

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

/**
 * A number as somebody typed it, as digits with its country code; without one it is of `country`. Null when no plan
 * knows such a number.
 */
export function phoneOf(typed: string, country: string | null): string | null {
  const text = typed.trim().replace(/^00(?=[1-9])/, "+")
  const number = parsePhoneNumberFromString(text, home(country)) ?? null
  return number?.isValid() ? number.number.slice(1) : null
}

const home = (country: string | null): CountryCode | undefined =>
  country !== null && isSupportedCountry(country) ? country : undefined

/** Every country with numbers of its own, as ISO 3166 says it. */
export const phoneCountries = (): readonly string[] => getCountries()

/** Where the clocks of a zone stand, where it is a country's own. */
export const countryOfZone = (timezone: string): string | null => ZONES[timezone] ?? null

const ZONES: Readonly<Record<string, string>> = {
  "Europe/Rome": "IT",
  "Europe/Vatican": "IT",
  "Europe/Berlin": "DE",
  "Europe/Paris": "FR",
  "Europe/Madrid": "ES",
  "Europe/Lisbon": "PT",
  "Europe/London": "GB",
  "Europe/Dublin": "IE",
  "Europe/Zurich": "CH",
  "Europe/Vienna": "AT",
  "Europe/Brussels": "BE",
  "Europe/Amsterdam": "NL",
  "Europe/Luxembourg": "LU",
  "Europe/Warsaw": "PL",
  "Europe/Prague": "CZ",
  "Europe/Budapest": "HU",
  "Europe/Bucharest": "RO",
  "Europe/Athens": "GR",
  "Europe/Stockholm": "SE",
  "Europe/Oslo": "NO",
  "Europe/Copenhagen": "DK",
  "Europe/Helsinki": "FI",
  "America/Sao_Paulo": "BR",
  "America/New_York": "US",
  "America/Chicago": "US",
  "America/Los_Angeles": "US",
  "America/Mexico_City": "MX",
  "America/Argentina/Buenos_Aires": "AR",
  "America/Bogota": "CO",
  "Asia/Kolkata": "IN",
  "Asia/Dubai": "AE",
  "Africa/Johannesburg": "ZA",
  "Australia/Sydney": "AU",
}
