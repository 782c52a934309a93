/** Places by their address, asked of the geocoder that the tenant has named. */
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Destination, Outbound } from "~/kernel/outbound.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"
import { type Coordinates, mayBePlace, rounded } from "../rules.ts"

export type FoundPlace = Coordinates & { name: string; address: string }
/** `off`: none is configured; `failed`: it did not answer as one. */
export type Geocoding = { result: "ok"; places: FoundPlace[] } | { result: "off" | "failed" }

/** What the outbound door lets through for this. */
export const GEOCODING = "geocoding"
const PATIENCE = seconds(5)
const MOST_ANSWER_BYTES = 500_000
const MOST_PLACES = 6

const everySettings = applianceStatement(() => applianceQuery.selectFrom("tenant").select("settings"))

/** The geocoders that tenants have named, on whichever network they are: nobody outside can name one. */
export const geocoders = (reader: ApplianceReader): Destination[] =>
  reader
    .all(everySettings)
    .map(({ settings }) => URL.parse(TENANT_SETTINGS.from(settings).geocoderUrl)?.origin)
    .filter((origin) => origin !== undefined)
    .map((origin) => ({ origin, addresses: "any" }))

export async function geocode(outbound: Outbound, base: string, words: string, language: string): Promise<Geocoding> {
  if (base === "") return { result: "off" }
  const url = new URL(`${base.replace(/\/+$/, "")}/search`)
  const asked = { q: words, format: "jsonv2", limit: String(MOST_PLACES), "accept-language": language }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  const reply = await outbound.send({
    purpose: GEOCODING,
    url: url.href,
    method: "GET",
    timeoutMs: PATIENCE,
    maxBytes: MOST_ANSWER_BYTES,
    headers: { Accept: "application/json", "User-Agent": "Sportello" },
  })
  if (reply.result !== "answered" || reply.status !== 200) return { result: "failed" }
  const places = placesIn(new TextDecoder().decode(reply.body))
  return places ? { result: "ok", places } : { result: "failed" }
}

function placesIn(text: string): FoundPlace[] | null {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return null
  }
  return Array.isArray(list) ? list.flatMap((one) => placeFrom(one) ?? []).slice(0, MOST_PLACES) : null
}

/** `display_name` begins with the name and goes on with the address. */
function placeFrom(one: unknown): FoundPlace | null {
  if (typeof one !== "object" || one === null) return null
  const { lat, lon, name, display_name: shown } = one as Record<string, unknown>
  const place = { latitude: Number(lat), longitude: Number(lon) }
  if (typeof shown !== "string" || !(mayBePlace(place) === null)) return null
  const parts = shown.split(",").map((part) => part.trim())
  const called = typeof name === "string" && name !== "" ? name : (parts[0] ?? "")
  const address = parts[0] === called ? parts.slice(1) : parts
  return { ...rounded(place), name: called.slice(0, 100), address: address.join(", ").slice(0, 300) }
}
