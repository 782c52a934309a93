/** What the file says turns speech into text. */
import type { Tx } from "~/database/handles.ts"
import { setSpeechEngine } from "~/speech/actions.ts"
import {
  ENGINES,
  languageCode,
  MOST_KEY_CHARACTERS,
  MOST_LANGUAGES,
  MOST_MODEL_CHARACTERS,
  MOST_URL_CHARACTERS,
  type SpeechEngine,
  urlTrouble,
} from "~/speech/rules.ts"
import type { Application } from "./provision.ts"
import { listOf, object, oneOf, orNull, type Shape, tell, text, verbatim } from "./shape.ts"

const url = text(MOST_URL_CHARACTERS, (value) =>
  urlTrouble(value) === null ? null : "must be an address like http://speech.company:8000/v1",
)
const language = text(20, (value) => (languageCode(value) === null ? "must be a language like it or pt-BR" : null))
const key = verbatim((value) =>
  value.length > 0 && value.length <= MOST_KEY_CHARACTERS && !/[^\x21-\x7e]/.test(value)
    ? null
    : `must be 1 to ${MOST_KEY_CHARACTERS} characters without spaces`,
)
const fields = object(
  { engine: oneOf(ENGINES) },
  { url, model: text(MOST_MODEL_CHARACTERS), key: orNull(key), languages: listOf(language) },
)

export type SpeechEntry = {
  engine: SpeechEngine["kind"]
  url?: string
  model?: string
  key?: string | null
  languages?: string[]
}

export const speechShape: Shape<SpeechEntry> = (given, path, problems) => {
  const read = fields(given, path, problems)
  if (!read) return undefined
  if (read.engine === "server" && (read.url === undefined || read.model === undefined))
    return tell(problems, path, "must have url and model when its engine is a server")
  if ((read.languages?.length ?? 0) > MOST_LANGUAGES)
    return tell(problems, `${path}.languages`, `must be at most ${MOST_LANGUAGES}`)
  return read
}

export function applySpeech(
  { secrets, report }: Application,
  tx: Tx,
  entry: SpeechEntry | undefined,
  slug: string,
): void {
  if (!entry) return
  const { engine: kind, url = "", model = "", languages = [], ...rest } = entry
  const codes = [...new Set(languages.flatMap((one) => languageCode(one) ?? []))]
  const changed = setSpeechEngine(tx, secrets, { kind, url, model, languages: codes, ...rest })
  report.push({ object: `speech of ${slug}`, outcome: changed ? "changed" : "left alone" })
}
