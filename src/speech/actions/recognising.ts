/** Asks the company's transcription server: one recording in, its words out. OpenAI's API, which the others speak too. */
import type { Milliseconds } from "~/kernel/clock.ts"
import type { Outbound, OutboundReply } from "~/kernel/outbound.ts"
import { SPEECH } from "../queries.ts"
import { type SpeechEngine, transcriptionUrl } from "../rules.ts"

export type Recording = {
  bytes: Uint8Array<ArrayBuffer>
  name: string
  type: string
  /** Null: the server finds out. */
  language: string | null
  /** What was said before, so that names and sentences go on as they began. */
  prompt: string
  patience: Milliseconds
}

/** `reason`: a key under `refused.`. */
export type Heard = { text: string } | { reason: string }

const MOST_ANSWER_BYTES = 200_000
const MOST_HEARD_CHARACTERS = 20_000

export async function recognise(
  outbound: Outbound,
  { url, model, key }: Pick<SpeechEngine, "url" | "model" | "key">,
  recording: Recording,
): Promise<Heard> {
  const form = new FormData()
  form.append("file", new Blob([recording.bytes], { type: recording.type }), recording.name)
  form.append("model", model)
  form.append("response_format", "json")
  // The API knows languages, not their countries.
  if (recording.language !== null) form.append("language", recording.language.split("-")[0] ?? "")
  if (recording.prompt !== "") form.append("prompt", recording.prompt)
  const packed = new Response(form)
  // Asked for before the body is read: Bun draws the boundary when it is first needed, and forgets it afterwards.
  const type = packed.headers.get("content-type") ?? ""
  const body = new Uint8Array(await packed.arrayBuffer())
  const reply = await outbound.send({
    purpose: SPEECH,
    url: transcriptionUrl(url),
    method: "POST",
    body,
    headers: {
      "Content-Type": type,
      Accept: "application/json",
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    },
    timeoutMs: recording.patience,
    maxBytes: MOST_ANSWER_BYTES,
  })
  return heardIn(reply)
}

function heardIn(reply: OutboundReply): Heard {
  if (reply.result === "unreachable") return { reason: reply.reason === "tls" ? "speech.certificate" : "speech.down" }
  if (reply.result === "lost") return { reason: LOST[reply.reason] }
  if (reply.status !== 200) return { reason: reasonOf(reply.status) }
  const text = textIn(new TextDecoder().decode(reply.body))
  return text === null ? { reason: "speech.not_a_server" } : { text }
}

const LOST = { timeout: "speech.slow", broken: "speech.down", too_large: "speech.not_a_server" } as const

const REASONS: Readonly<Record<number, string>> = {
  400: "speech.not_taken",
  401: "speech.wrong_key",
  403: "speech.wrong_key",
  404: "speech.no_model",
  413: "speech.too_large",
  415: "speech.not_taken",
  422: "speech.not_taken",
  429: "speech.busy",
  503: "speech.busy",
  504: "speech.slow",
}

const reasonOf = (status: number): string =>
  REASONS[status] ?? (status >= 500 ? "speech.broken" : "speech.not_a_server")

function textIn(answer: string): string | null {
  try {
    const { text } = JSON.parse(answer) as { text?: unknown }
    return typeof text === "string" ? text.trim().slice(0, MOST_HEARD_CHARACTERS) : null
  } catch {
    return null
  }
}
