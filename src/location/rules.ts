/** Locations: places of the tenant that an agent can send (S29), and every other place on the earth as one writes it. */
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export type Coordinates = { latitude: number; longitude: number }

/** A place of the tenant, known by its name. */
export type Location = Coordinates & {
  id: Id
  name: string
  address: string
  /** Counts its changes, so that two who edit it at once are told. */
  version: number
}

/** Refuses `location.impossible`: no such place on the earth. */
export const mayBePlace = ({ latitude, longitude }: Coordinates): Refusal | null =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? null : refuse("location.impossible")

/** Five places after the point are a metre: nobody means more. */
export const rounded = ({ latitude, longitude }: Coordinates): Coordinates => ({
  latitude: Math.round(latitude * 1e5) / 1e5,
  longitude: Math.round(longitude * 1e5) / 1e5,
})

const NUMBER = "([+-]?\\d{1,3}(?:\\.\\d+)?)"
const PAIR = new RegExp(String.raw`^\s*\(?${NUMBER}\s*°?\s*(?:[,;]\s*|\s+)${NUMBER}\s*°?\)?\s*$`)
/** As it is written where the point is a comma: `41,9 12,5`, `41,9; 12,5`. */
const COMMA_PAIR = /^\s*([+-]?\d{1,3},\d+)\s*[;\s]\s*([+-]?\d{1,3},\d+)\s*$/
const SEXAGESIMAL =
  /^\s*(\d{1,2})[°\s]+(\d{1,2})['′\s]+(\d{1,2}(?:\.\d+)?)["″\s]*([NS])[\s,]+(\d{1,3})[°\s]+(\d{1,2})['′\s]+(\d{1,2}(?:\.\d+)?)["″\s]*([EWO])\s*$/i

/** The place that somebody pasted: coordinates, or a link to Google Maps, Apple Maps or OpenStreetMap; null: it is none. */
export function coordinatesIn(text: string): Coordinates | null {
  const found = text.includes("://") || /^geo:/i.test(text.trim()) ? fromLink(text) : fromWords(text)
  return found && mayBePlace(found) === null ? rounded(found) : null
}

function fromWords(text: string): Coordinates | null {
  const commas = COMMA_PAIR.exec(text)
  if (commas) return pair(commas[1]?.replace(",", "."), commas[2]?.replace(",", "."))
  const plain = PAIR.exec(text)
  if (plain) return pair(plain[1], plain[2])
  const parts = SEXAGESIMAL.exec(text)
  if (!parts) return null
  const degrees = (at: number) => Number(parts[at]) + Number(parts[at + 1]) / 60 + Number(parts[at + 2]) / 3600
  const isWest = /[WO]/i.test(parts[8] ?? "")
  return { latitude: degrees(1) * (/S/i.test(parts[4] ?? "") ? -1 : 1), longitude: degrees(5) * (isWest ? -1 : 1) }
}

const pair = (latitude = "", longitude = ""): Coordinates => ({
  latitude: Number(latitude),
  longitude: Number(longitude),
})

/** The marker of a link before the middle of its map; the link itself is never opened. */
const IN_LINK = [
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(
    String.raw`[?&](?:q|query|ll|destination|daddr|sll|coordinate)=(?:loc:)?${NUMBER}(?:,|%2C)\+?${NUMBER}`,
    "i",
  ),
  new RegExp(`[?&]mlat=${NUMBER}&mlon=${NUMBER}`),
  new RegExp(String.raw`/(?:place|search|dir)/(?:[^/]*/)?${NUMBER},\+?${NUMBER}`),
  new RegExp(`@${NUMBER},${NUMBER}`),
  new RegExp(String.raw`#map=\d+(?:\.\d+)?/${NUMBER}/${NUMBER}`),
  new RegExp(`^geo:${NUMBER},${NUMBER}`, "i"),
]

function fromLink(text: string): Coordinates | null {
  const link = text.trim()
  for (const pattern of IN_LINK) {
    const found = pattern.exec(link)
    if (found) return pair(found[1], found[2])
  }
  return null
}

/** As it is shown and may be pasted again: `41.90278, 12.49637`. */
export const writeCoordinates = ({ latitude, longitude }: Coordinates): string => `${latitude}, ${longitude}`

const EARTH_RADIUS_KM = 6_371

/** As the crow flies. */
export function kilometresBetween(a: Coordinates, b: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const north = radians(b.latitude - a.latitude)
  const east = radians(b.longitude - a.longitude)
  const half =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)))
}
