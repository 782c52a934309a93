/** The variables of a template in a form: several of a kind come in the template's own order. */
import type { Id } from "~/kernel/id.ts"
import type { GivenValues } from "~/template/rules/filling.ts"
import { id as idField, optional, several, text } from "./form.ts"

const MOST_VALUES = 60
const value = text({ most: 5_000 })

export const TEMPLATE_FIELDS = {
  header: value,
  body: several(value, { most: MOST_VALUES }),
  button: several(value, { most: 10 }),
  file: optional(idField),
  latitude: value,
  longitude: value,
  placeName: value,
  placeAddress: value,
}

type Fields = {
  header: string
  body: string[]
  button: string[]
  file: Id | null
} & Record<"latitude" | "longitude" | "placeName" | "placeAddress", string>

/** A place needs both its numbers, written with a point or a comma, and a name. */
export function valuesOf({ header, body, button, file, ...place }: Fields): GivenValues {
  const latitude = degrees(place.latitude, 90)
  const longitude = degrees(place.longitude, 180)
  const isPlace = latitude !== null && longitude !== null && place.placeName.trim() !== ""
  const named = { name: place.placeName.trim(), address: place.placeAddress.trim() }
  return { header, body, buttons: button, file, place: isPlace ? { latitude, longitude, ...named } : null }
}

function degrees(written: string, most: number): number | null {
  const number = Number(written.trim().replace(",", "."))
  return written.trim() !== "" && Math.abs(number) <= most ? number : null
}
