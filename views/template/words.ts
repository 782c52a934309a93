/** How templates are spoken of: their names, languages, categories and standings. */
import type { Phrase } from "../locales/index.ts"
import type { Tone } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"

/** `order_ready` is «Order ready». */
export function templateTitle(name: string): string {
  const words = name.replaceAll("_", " ").trim()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** `en_US` as a mark of two letters. */
export const languageMark = (language: string): string => language.replace("_", "-").toUpperCase()

const say = (t: Screen["t"], key: string, otherwise: string): string => {
  const words = (t as Phrase)(key)
  return words === key ? otherwise : words
}

export const categoryWords = ({ t }: Screen, category: string): string =>
  say(t, `template.category.${category.toLowerCase()}`, category)

export const statusWords = ({ t }: Screen, status: string): string =>
  say(t, `template.status.${status.toLowerCase()}`, status)

export const qualityWords = ({ t }: Screen, quality: string): string =>
  say(t, `template.quality.${quality.toLowerCase()}`, quality)

export const reasonWords = ({ t }: Screen, reason: string): string =>
  say(t, `template.reason.${reason.toLowerCase()}`, reason)

export function statusTone(status: string): Tone {
  if (status === "APPROVED") return "ok"
  if (["PENDING", "SUBMITTING", "IN_APPEAL", "PENDING_DELETION"].includes(status)) return "info"
  return ["PAUSED", "LIMIT_EXCEEDED", "ARCHIVED", "LOCKED", "MISSING"].includes(status) ? "warn" : "bad"
}

export const qualityTone = (quality: string): Tone =>
  quality === "GREEN" ? "ok" : quality === "YELLOW" ? "warn" : quality === "RED" ? "bad" : "plain"

/** `en_US` as the reader calls it: American English. */
export function languageWords({ format }: Screen, language: string): string {
  const names = new Intl.DisplayNames([format.language], { type: "language", languageDisplay: "standard" })
  const words = names.of(language.replace("_", "-")) ?? language
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
