/** Customer properties: the tenant's own fields of a customer (A8), and what may stand in them. */
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export const PROPERTY_KINDS = ["text", "number", "date", "choice", "yes_no"] as const
export type PropertyKind = (typeof PROPERTY_KINDS)[number]

export type CustomerProperty = {
  id: Id
  name: string
  kind: PropertyKind
  /** What may be chosen; empty unless it is a choice. */
  choices: readonly string[]
  /** The numbers beside whose conversations it is shown; none: beside all of them. */
  channels: readonly Id[]
  /** Where it stands among the others. */
  position: number
  /** One that is out of use keeps its values and is shown nowhere. */
  enabled: boolean
  version: number
}
export type NewProperty = Omit<CustomerProperty, "id" | "position" | "version">

export const LONGEST_PROPERTY_NAME = 60
export const LONGEST_VALUE = 1_000
export const LONGEST_CHOICE = 100
export const MOST_CHOICES = 100

/** Whether it stands beside a conversation with this number; null: with no number in particular. */
export const isShownFor = ({ enabled, channels }: CustomerProperty, channel: Id | null): boolean =>
  enabled && (channel === null || channels.length === 0 || channels.includes(channel))

/** Why a property cannot be one; null when it can. */
export function refuseProperty({
  name,
  kind,
  choices,
}: Pick<NewProperty, "name" | "kind" | "choices">): Refusal | null {
  if (name === "" || name.length > LONGEST_PROPERTY_NAME || /\p{Cc}/u.test(name))
    return refuse("property.name_malformed")
  if (kind !== "choice") return choices.length === 0 ? null : refuse("property.has_no_choices")
  if (choices.length === 0) return refuse("property.needs_choices")
  if (choices.length > MOST_CHOICES) return refuse("property.too_many_choices", { most: MOST_CHOICES })
  return new Set(choices.map((choice) => choice.toLowerCase())).size < choices.length
    ? refuse("property.choice_twice")
    : null
}

/**
 * What was typed as it is kept: numbers with a point, days as 2026-11-22, yes and no as words of ours; empty is nothing.
 * `kept` may stay although the property offers it no more.
 */
export function readValue(
  { kind, choices }: Pick<CustomerProperty, "kind" | "choices">,
  typed: string,
  kept: string,
): { value: string } | Refusal {
  const value = typed.normalize("NFC").trim()
  if (value === "" || value === kept) return { value }
  switch (kind) {
    case "text":
      if (/[\p{Cc}--[\n\t]]/v.test(value)) return refuse("field.malformed")
      return value.length > LONGEST_VALUE ? refuse("field.too_long", { characters: LONGEST_VALUE }) : { value }
    case "number":
      return readNumber(value)
    case "date":
      return isDay(value) ? { value } : refuse("property.not_a_day")
    case "choice":
      return choices.includes(value) ? { value } : refuse("field.not_a_choice")
    case "yes_no":
      return value === "yes" || value === "no" ? { value } : refuse("field.not_a_choice")
  }
}

/** A comma is a point to half of Europe; what groups thousands is not guessed at. */
function readNumber(typed: string): { value: string } | Refusal {
  const plain = typed.replace(",", ".")
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(plain) ? { value: plain } : refuse("property.not_a_number")
}

/** A day of the calendar, as browsers send it. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = parts.slice(1).map(Number)
  const isLeap = year! % 4 === 0 && (year! % 100 !== 0 || year! % 400 === 0)
  const lastDay = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month!) ? 30 : 31
  return month! >= 1 && month! <= 12 && day! >= 1 && day! <= lastDay
}
