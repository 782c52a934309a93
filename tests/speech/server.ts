/** A transcription server as people run them: OpenAI's API, and every way in which such a server can fail. */

export type Asked = {
  file: Uint8Array<ArrayBuffer>
  name: string
  type: string
  language: string | null
  model: string | null
  prompt: string | null
  key: string | null
}
/** How it answers: with what it «heard», or in one of the ways that go wrong. */
export type Mood = "well" | "slow" | "wrong key" | "a web page" | "too large" | "busy" | "elsewhere" | "no model"

export class SpeechServer {
  readonly asked: Asked[] = []
  mood: Mood = "well"
  /** What it hears next; the last one again and again. */
  words: string[] = ["Buongiorno"]
  #release: (() => void)[] = []

  async answer(request: Request): Promise<Response> {
    const form = await request.formData()
    const file = form.get("file") as File
    const field = (name: string) => form.get(name) as string | null
    this.asked.push({
      file: new Uint8Array(await file.arrayBuffer()),
      name: file.name,
      type: file.type,
      language: field("language"),
      model: field("model"),
      prompt: field("prompt"),
      key: request.headers.get("authorization"),
    })
    if (new URL(request.url).pathname !== "/v1/audio/transcriptions") return new Response("", { status: 404 })
    const text = (this.words.length > 1 ? this.words.shift() : this.words[0]) ?? ""
    switch (this.mood) {
      case "slow":
        await new Promise<void>((resolve) => this.#release.push(resolve))
        return Response.json({ text })
      case "wrong key":
        return Response.json({ error: { message: "Incorrect API key" } }, { status: 401 })
      case "a web page":
        return new Response("<!doctype html><title>It works!</title>", { headers: { "content-type": "text/html" } })
      case "too large":
        return new Response("", { status: 413 })
      case "busy":
        return new Response("", { status: 429 })
      case "no model":
        return Response.json({ error: {} }, { status: 404 })
      case "elsewhere":
        return new Response(null, { status: 307, headers: { location: "http://169.254.169.254/" } })
      default:
        return Response.json({ text })
    }
  }

  /** Whoever waits is answered. */
  release(): void {
    for (const resolve of this.#release.splice(0)) resolve()
  }
}

/** Speech-like sound, as a file for a pretend microphone: seconds of it and of silence in turn, beginning with silence. */
export function spokenWav(turns: readonly number[]): Uint8Array<ArrayBuffer> {
  const RATE = 48_000
  const samples = turns.flatMap((seconds, turn) =>
    Array.from({ length: Math.round(seconds * RATE) }, (_, at) => (turn % 2 === 0 ? 0 : voiceAt(at / RATE))),
  )
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode("RIFF----WAVEfmt "))
  bytes.set(new TextEncoder().encode("data"), 36)
  view.setUint32(4, bytes.length - 8, true)
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  view.setUint32(40, samples.length * 2, true)
  for (const [at, sample] of samples.entries()) view.setInt16(44 + at * 2, Math.round(sample * 30_000), true)
  return bytes
}

/** Syllables: a gliding voice with its harmonics, five times a second. */
function voiceAt(seconds: number): number {
  const syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * 5 * seconds)
  const phase = 2 * Math.PI * (130 * seconds + 4 * Math.sin(2 * Math.PI * 2.3 * seconds))
  const voice = [1, 0.8, 0.9, 0.5, 0.6, 0.4, 0.3, 0.2].reduce(
    (sum, loud, at) => sum + loud * Math.sin(phase * (at + 1)),
    0,
  )
  return (syllable * voice) / 5
}
