/** What screens and routes ask about speech. */
import { languageFor } from "~/automatic-message/rules/language.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import type { Destination } from "~/kernel/outbound.ts"
import { countryOf } from "~/kernel/phone.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type EngineKind, placeOfKey, type SpeechEngine, USUAL_LANGUAGES } from "./rules.ts"
import { everySpeechServer, languageChosen, loadEngine, noticeConfirmed } from "./store.ts"

/** What the outbound door lets through for this. */
export const SPEECH = "speech"

/** The servers that admins have named, on whichever network they are: nobody outside can name one. */
export const speechServers = (reader: ApplianceReader): Destination[] =>
  everySpeechServer(reader).flatMap((url) => {
    const origin = URL.parse(url)?.origin
    return origin === undefined ? [] : [{ origin, addresses: "any" as const }]
  })

/** As the admin set it, the key opened. */
export function speechEngine(reader: Reader, secrets: Secrets): SpeechEngine {
  const { key, ...engine } = loadEngine(reader)
  return { ...engine, key: key && secrets.open(key, placeOfKey(reader.tenant)) }
}

/** Whether voice notes can be turned into text: browsers hear a microphone, no files. */
export const transcribesFiles = (reader: Reader): boolean => loadEngine(reader).kind === "server"

/** What the message field needs to be spoken into. */
export type Dictation = {
  engine: Exclude<EngineKind, "off">
  languages: readonly string[]
  language: string
  /** The agent has not been told yet who else hears it. */
  wantsNotice: boolean
}

/** Null where there is no engine. `phone`: the customer's, from which their language follows. */
export function dictationOf(reader: Reader, agent: Id, customer: { id: Id; phone: string | null }): Dictation | null {
  const { kind, languages: named } = loadEngine(reader)
  if (kind === "off") return null
  const languages = named.length > 0 ? named : USUAL_LANGUAGES
  const last = languageChosen(reader, agent, customer.id)
  const country = customer.phone === null ? null : countryOf(customer.phone)
  const likely = languageFor(languages, country, tenantProfile(reader).language) ?? languages[0] ?? "en"
  return {
    engine: kind,
    languages,
    language: last !== null && languages.includes(last) ? last : likely,
    wantsNotice: kind === "cloud" && !noticeConfirmed(reader, agent),
  }
}
