/** A11: what turns speech into text, set by the tenant's admin and tried before anybody speaks. */
import type { Screen } from "views/parts/screen.ts"
import { SpeechPage, type SpeechTrial } from "views/speech/settings.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Clock } from "~/kernel/clock.ts"
import { refuse } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type Field, type FieldErrors, line, optional, secret, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { recognise } from "../actions/recognising.ts"
import { setSpeechEngine } from "../actions.ts"
import { speechEngine } from "../queries.ts"
import type { SpeechParts } from "../routes.tsx"
import { trialWav } from "../rules/wav.ts"
import {
  DICTATION_PATIENCE,
  ENGINES,
  engineTrouble,
  MOST_KEY_CHARACTERS,
  MOST_MODEL_CHARACTERS,
  MOST_URL_CHARACTERS,
  readLanguages,
  type SpeechEngine,
  USUAL_LANGUAGES,
  urlTrouble,
} from "../rules.ts"

export type SpeechAdminParts = Omit<SpeechParts, "log"> & {
  screenOf: (me: SessionUser, read: Reader) => Screen
  clock: Clock
  /** Whether agents reach the appliance by HTTPS, or on this very machine: no browser gives a microphone otherwise. */
  isSecure: boolean
}

const PATH = "/admin/speech"

export const speechAdminRoutes = ({ administration }: Areas, parts: SpeechAdminParts) =>
  administration()
    .get(PATH, (visit) => speechPage(visit, parts, {}))
    .post(PATH, (visit) => saveEngine(visit, parts))
    .post(`${PATH}/test`, async (visit) => speechPage(visit, parts, { trial: await tryServer(visit, parts) }))

const address: Field<string> = (given) => {
  const read = line({ most: MOST_URL_CHARACTERS })(given)
  const trouble = "value" in read ? urlTrouble(read.value) : null
  return trouble === null ? read : refuse(trouble)
}
const languages: Field<string[]> = (given) => {
  const read = text({ most: 500 })(given)
  if ("refused" in read) return read
  const codes = readLanguages(read.value)
  return "refused" in codes ? codes : { value: codes.languages }
}
const shape = {
  ...editing,
  kind: choice(ENGINES),
  url: optional(address),
  model: optional(line({ most: MOST_MODEL_CHARACTERS })),
  languages,
  key: optional(secret({ most: MOST_KEY_CHARACTERS })),
  forget: checkbox,
}

const writtenEngine = ({ kind, url, model, languages }: Omit<SpeechEngine, "key">): Written => ({
  kind: [kind],
  url: [url],
  model: [model],
  languages: [languages.join(", ")],
})

type Shown = { written?: Written; errors?: FieldErrors; hasConflict?: boolean; trial?: SpeechTrial | null }

function speechPage(visit: Visit, parts: SpeechAdminParts, shown: Shown): Response {
  const { me, read, page, query } = visit
  const { written, errors = {}, hasConflict = false, trial = null } = shown
  const engine = speechEngine(read, parts.secrets)
  const now = writtenEngine(engine)
  const screen = parts.screenOf(me, read)
  const props = {
    screen,
    before: now,
    written: written ?? now,
    errors,
    hasKey: engine.key !== null,
    trial,
    kind: engine.kind,
    isSecure: parts.isSecure,
    isSaved: query.get("done") === "saved",
    languages: engine.languages.length > 0 ? engine.languages : USUAL_LANGUAGES,
    conflict: hasConflict ? (lastChange(read, "tenant", me.tenant) ?? { name: null }) : null,
  }
  const status = hasConflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(screen.t("speech.title"), <SpeechPage {...props} />, status)
}

async function saveEngine(visit: Visit, parts: SpeechAdminParts): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return speechPage(visit, parts, { written: form.written, errors: form.errors })
  const { written } = form
  const { before, forget, key, url, model, ...rest } = form.values
  const engine = { ...rest, url: url ?? "", model: model ?? "" }
  const trouble = engineTrouble(engine)
  if (trouble) return speechPage(visit, parts, { written, errors: { [engine.url === "" ? "url" : "model"]: trouble } })
  if (changedSince(before, writtenEngine(speechEngine(visit.read, parts.secrets))).length > 0)
    return speechPage(visit, parts, { written, hasConflict: true })
  await visit.act((tx) => {
    unlessChanged(before, writtenEngine(speechEngine(tx, parts.secrets)))
    setSpeechEngine(tx, parts.secrets, { ...engine, ...(forget ? { key: null } : key === null ? {} : { key }) })
  })
  return visit.redirect(`${PATH}?done=saved`)
}

/** A second of a soft tone, as a segment would be sent. */
async function tryServer({ read }: Visit, { outbound, secrets, clock }: SpeechAdminParts): Promise<SpeechTrial | null> {
  const engine = speechEngine(read, secrets)
  if (engine.kind !== "server") return null
  const begun = clock.now()
  const sound = { bytes: trialWav(), name: "trial.wav", type: "audio/wav" }
  const heard = await recognise(outbound, engine, {
    ...sound,
    language: engine.languages[0] ?? USUAL_LANGUAGES[0],
    prompt: "",
    patience: DICTATION_PATIENCE,
  })
  return { ...heard, milliseconds: clock.now() - begun }
}
