/** How a change is read by people: fields by the names of their forms, values in words, whatever they are kept as. */
import type { Said } from "~/audit/rules.ts"
import type { Phrase, PlainKey, Translate } from "../locales/index.ts"

/** A field that nobody has named is called as it is written: `offerTimeoutSeconds` is «offer timeout seconds». */
export function fieldName(t: Translate, field: string): string {
  const words = field.replaceAll(/([A-Z])/g, " $1").toLowerCase()
  const name = words.replaceAll(" ", "_")
  const keys = [`audit.field.${name}`, `settings.name.${field}`, `channel_settings.name.${field}`]
  for (const key of [...keys, `automatic.kind_${name}`]) {
    const said = (t as Phrase)(key)
    if (said !== key) return said
  }
  return words
}

/** Null where there is nothing to say. */
export function saidOf(t: Translate, value: Said): string | null {
  if (value === null || value === "") return null
  if (typeof value === "boolean") return t(value ? "list_page.yes" : "list_page.no")
  const text = String(value)
  if (!/^[[{]/.test(text)) return text
  const kept = parsed(text)
  return kept === undefined ? text : inWords(t, kept) || null
}

/** What is longer than the record keeps has lost its end, and is shown as it stands. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function inWords(t: Translate, value: unknown): string {
  if (value === null || value === "") return "–"
  if (typeof value === "boolean") return t(value ? "list_page.yes" : "list_page.no")
  if (Array.isArray(value)) return value.map((one) => inWords(t, one)).join(", ")
  if (typeof value !== "object") return String(value)
  if (isHours(value)) return hoursInWords(t, value)
  return Object.entries(value)
    .map(([name, one]) => `${fieldName(t, name)}: ${inWords(t, one)}`)
    .join("; ")
}

type Shift = { from: number; to: number }
type KeptHours = { kind: "always" } | { kind: "weekly"; weekly: Record<string, Shift[]>; holidays: unknown[] }

const isHours = (value: object): value is KeptHours =>
  "kind" in value && (value.kind === "always" || (value.kind === "weekly" && "weekly" in value))

function hoursInWords(t: Translate, hours: KeptHours): string {
  if (hours.kind === "always") return t("hours.always")
  const days = Object.entries(hours.weekly)
    .filter(([, shifts]) => shifts.length > 0)
    .map(([day, shifts]) => `${t(`hours.day_${day}` as PlainKey)} ${shifts.map(shiftInWords).join(", ")}`)
  const special = hours.holidays.length > 0 ? [`${t("hours.holidays")}: ${hours.holidays.length}`] : []
  return [...(days.length > 0 ? days : [t("hours.closed")]), ...special].join("; ")
}

const shiftInWords = ({ from, to }: Shift): string => `${clock(from)}–${clock(to)}`

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
