/** S33: an agent speaks into the message field, and asks what a voice note says. */
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Clock } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { demand, found, Refused, refuse } from "~/kernel/step.ts"
import { fileFor, type KeptFile, piecesOf } from "~/media/queries.ts"
import { refusalToAttach } from "~/message/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, readBody } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { Pace } from "./actions/pace.ts"
import { type Heard, recognise } from "./actions/recognising.ts"
import { beginTranscription, chooseLanguage, confirmNotice, endTranscription } from "./actions.ts"
import { speechEngine } from "./queries.ts"
import { isSpeechWav, MOST_WAV_BYTES } from "./rules/wav.ts"
import { DICTATION_PATIENCE, VOICE_NOTE_PATIENCE } from "./rules.ts"

export type SpeechParts = { outbound: Outbound; secrets: Secrets; clock: Clock; log: Log }
type Own = SpeechParts & { pace: Pace }

export const speechRoutes = ({ desk }: Areas, given: SpeechParts) => {
  const parts = { ...given, pace: new Pace(given.clock) }
  return desk()
    .receive("/conversations/:id/dictation", (visit) => dictate(visit, parts))
    .post("/conversations/:id/dictation/language", async (visit) => {
      const { customer, languages } = dictationIn(visit)
      const { language } = visit.form({ language: choice(languages) })
      await visit.act((tx) => chooseLanguage(tx, customer, language))
      return visit.nothing()
    })
    .post("/dictation/notice", async ({ act, nothing }) => {
      await act(confirmNotice)
      return nothing()
    })
    .post("/media/:id/transcription", (visit) => transcribe(visit, parts))
}

/** Refuses `speech.off` where there is no engine. */
function dictationIn({ read, actor, id }: Visit<"id">) {
  const { customer, phone, dictation } = conversationHead(read, actor, id("id"))
  demand(dictation !== null, "speech.off")
  return { customer, phone, languages: dictation.languages }
}

const MOST_PROMPT_CHARACTERS = 400
/** The recording, the words before it, and what packs them. */
const MOST_FORM_BYTES = MOST_WAV_BYTES + 10_000

async function dictate(visit: Visit<"id">, { outbound, secrets, pace }: Own): Promise<Response> {
  const { read, actor, request, json } = visit
  const { languages } = dictationIn(visit)
  const engine = speechEngine(read, secrets)
  demand(engine.kind === "server", "speech.off")
  const refusal = refusalToAttach(read, actor, visit.id("id"), "")
  if (refusal) throw new Refused(refusal)
  const form = await formIn(request)
  const file = form?.get("file")
  const prompt = form?.get("prompt")
  demand(file instanceof Blob, "speech.not_a_recording")
  const bytes = new Uint8Array(await file.arrayBuffer())
  demand(isSpeechWav(bytes), "speech.not_a_recording")
  const language = languages.find((one) => one === form?.get("language"))
  demand(language !== undefined, "speech.language_unknown", { language: String(form?.get("language") ?? "") })
  demand(pace.take(actor.id), "speech.too_often")
  const said = typeof prompt === "string" ? prompt.slice(-MOST_PROMPT_CHARACTERS) : ""
  const recording = { bytes, name: "speech.wav", type: "audio/wav", language, prompt: said }
  const heard = await recognise(outbound, engine, { ...recording, patience: DICTATION_PATIENCE })
  if ("reason" in heard) throw new Refused(refuse(heard.reason))
  return json(heard)
}

async function formIn(request: Request) {
  const body = await readBody(request, MOST_FORM_BYTES)
  const type = request.headers.get("content-type") ?? ""
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData()
  } catch {
    return null
  }
}

/** Asked once; the answer comes when it comes, and the thread says so. */
async function transcribe(visit: Visit<"id">, parts: Own): Promise<Response> {
  const { read, actor, act } = visit
  const message = visit.id("id")
  const file = found(fileFor(read, actor, message))
  const engine = speechEngine(read, parts.secrets)
  demand(engine.kind === "server", "speech.off")
  demand(parts.pace.take(actor.id), "speech.too_often")
  await act((tx) => beginTranscription(tx, message))
  void hear(visit, parts, file)
    .then((heard) => act((tx) => endTranscription(tx, message, actor.id, heard)))
    .catch((error: unknown) => parts.log.error("a voice note not transcribed", describeError(error)))
  return visit.done(`/conversations/${file.conversation}`)
}

/** WhatsApp's own voice notes are a fraction of this. */
const MOST_VOICE_NOTE_BYTES = 25_000_000

async function hear({ read }: Visit<"id">, { outbound, secrets }: Own, kept: KeptFile): Promise<Heard> {
  if (kept.size > MOST_VOICE_NOTE_BYTES) return { reason: "speech.too_large" }
  const bytes = new Uint8Array(Buffer.concat([...piecesOf(read, kept.file, 0, kept.size)]))
  const file = { bytes, name: "voice.ogg", type: "audio/ogg", language: null, prompt: "" }
  const heard = await recognise(outbound, speechEngine(read, secrets), { ...file, patience: VOICE_NOTE_PATIENCE })
  return "text" in heard && heard.text === "" ? { reason: "speech.nothing_heard" } : heard
}
