/**
 * Speech turned into text (S33): by a server of the company's own, by the browser itself, or by its vendor, as the
 * tenant's admin chose. Nothing that is dictated is kept here.
 */
import { type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** `device`: only where the browser understands speech without anybody's help; `cloud`: else its vendor does. */
export const ENGINES = ["off", "server", "device", "cloud"] as const
export type EngineKind = (typeof ENGINES)[number]

/** What the tenant's admin sets; `url` and `model` are of the server, whatever is chosen at the moment. */
export type SpeechEngine = {
  kind: EngineKind
  url: string
  model: string
  key: string | null
  /** What agents choose from, in this order; none: the usual ones. */
  languages: readonly string[]
}

export const USUAL_LANGUAGES = ["en", "it", "es", "fr", "de", "pt"] as const
export const MOST_LANGUAGES = 30
export const MOST_URL_CHARACTERS = 300
export const MOST_MODEL_CHARACTERS = 200
export const MOST_KEY_CHARACTERS = 500

/** What became of turning a voice note into text; `reason` is a key under `refused.`. */
export type Transcription =
  | { state: "working"; at: Instant; by: Id }
  | { state: "done"; at: Instant; by: Id }
  | { state: "failed"; at: Instant; by: Id; reason: string }

export type SpeechFact = { type: "speech.transcribed"; message: Id; transcription: Transcription; text: string | null }

/** A segment is answered before browsers and proxies give up waiting. */
export const DICTATION_PATIENCE: Milliseconds = seconds(12)
/** A voice note may be long, and the machine of the server slow. */
export const VOICE_NOTE_PATIENCE: Milliseconds = minutes(3)
/** What asked for it may have ended before it was answered: then it can be asked for again. */
const GIVEN_UP_AFTER: Milliseconds = VOICE_NOTE_PATIENCE + seconds(30)

/** Refuses `speech.transcribed` and `speech.working`: it is asked for once. */
export function mayTranscribe(before: Transcription | undefined, now: Instant): Refusal | null {
  if (before?.state === "done") return refuse("speech.transcribed")
  return before?.state === "working" && now < before.at + GIVEN_UP_AFTER ? refuse("speech.working") : null
}

/** The trouble with an address of a server, as a key; null when it can be one. */
export function urlTrouble(text: string): string | null {
  const url = URL.parse(text)
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:"
  return isWeb && url.username === "" && url.password === "" && url.hash === "" ? null : "speech.url_malformed"
}

/** Where a server takes recordings: `url` may name the server, its API or the very address. */
export function transcriptionUrl(url: string): string {
  const place = new URL(url)
  const path = place.pathname.replace(/\/+$/, "")
  if (!path.endsWith("/audio/transcriptions")) place.pathname = `${path === "" ? "/v1" : path}/audio/transcriptions`
  return place.href
}

/** As written (`pt-BR`), in the usual spelling; null when it is no language. */
export function languageCode(text: string): string | null {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i.test(text)) return null
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null
  } catch {
    return null
  }
}

/** Codes between commas, spaces or lines. Refuses `speech.language_unknown {language}` and `field.too_many {most}`. */
export function readLanguages(typed: string): { languages: string[] } | Refusal {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== "")
  const wrong = words.find((word) => languageCode(word) === null)
  if (wrong !== undefined) return refuse("speech.language_unknown", { language: wrong })
  const languages = [...new Set(words.flatMap((word) => languageCode(word) ?? []))]
  return languages.length > MOST_LANGUAGES ? refuse("field.too_many", { most: MOST_LANGUAGES }) : { languages }
}

/** Refuses `speech.server_incomplete`. */
export const engineTrouble = ({ kind, url, model }: Pick<SpeechEngine, "kind" | "url" | "model">): Refusal | null =>
  kind === "server" && (url === "" || model === "") ? refuse("speech.server_incomplete") : null

/** What the sealed key is bound to. */
export const placeOfKey = (tenant: Id): string => `speechEngine/key/${tenant}`
