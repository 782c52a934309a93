import { describe, expect, test } from "bun:test"
import { VirtualClock } from "~/kernel/clock.ts"
import { Pace } from "~/speech/actions/pace.ts"
import { isSpeechWav, MOST_WAV_BYTES, trialWav, wavOf } from "~/speech/rules/wav.ts"
import {
  engineTrouble,
  languageCode,
  mayTranscribe,
  readLanguages,
  transcriptionUrl,
  urlTrouble,
  VOICE_NOTE_PATIENCE,
} from "~/speech/rules.ts"

test.each([
  ["http://speech.lan:8000", "http://speech.lan:8000/v1/audio/transcriptions"],
  ["http://speech.lan:8000/", "http://speech.lan:8000/v1/audio/transcriptions"],
  ["http://speech.lan:8000/v1", "http://speech.lan:8000/v1/audio/transcriptions"],
  ["http://speech.lan/openai/v1/", "http://speech.lan/openai/v1/audio/transcriptions"],
  ["https://speech.lan/v1/audio/transcriptions", "https://speech.lan/v1/audio/transcriptions"],
  ["https://speech.lan/v1?tenant=7", "https://speech.lan/v1/audio/transcriptions?tenant=7"],
])("a server at %s takes recordings at %s", (written, address) => {
  expect(transcriptionUrl(written)).toBe(address)
})

test.each([
  ["http://10.0.0.7:8000/v1", null],
  ["https://speech.company.com", null],
  ["ftp://speech.company.com", "speech.url_malformed"],
  ["speech.company.com", "speech.url_malformed"],
  ["http://user:word@speech.company.com", "speech.url_malformed"],
  ["http://speech.company.com/#there", "speech.url_malformed"],
])("as an address of a server, %s: %p", (written, trouble) => {
  expect(urlTrouble(written)).toBe(trouble)
})

describe("Languages", () => {
  test("are written between commas, spaces or lines, in any spelling, each once", () => {
    expect(readLanguages("it, EN\npt-br; it")).toEqual({ languages: ["it", "en", "pt-BR"] })
    expect(readLanguages("  ")).toEqual({ languages: [] })
    expect(languageCode("de")).toBe("de")
  })
  test("that nobody speaks are refused by name, and too many by number", () => {
    expect(readLanguages("it, klingonian1")).toEqual({
      refused: "speech.language_unknown",
      detail: { language: "klingonian1" },
    })
    const many = Array.from({ length: 31 }, (_, at) => `a${String.fromCharCode(97 + (at % 26))}${at < 26 ? "a" : "b"}`)
    expect(readLanguages(many.join(" "))).toMatchObject({ refused: "field.too_many" })
  })
})

test("a server without an address or a model is none; the others need neither", () => {
  expect(engineTrouble({ kind: "server", url: "", model: "m" })).toEqual({ refused: "speech.server_incomplete" })
  expect(engineTrouble({ kind: "server", url: "http://s", model: "" })).toEqual({ refused: "speech.server_incomplete" })
  for (const kind of ["off", "device", "cloud"] as const) expect(engineTrouble({ kind, url: "", model: "" })).toBeNull()
})

describe("A recording", () => {
  const right = trialWav()
  const changed = (at: number, value: number) => {
    const bytes = new Uint8Array(right)
    bytes[at] = value
    return bytes
  }
  test("of 16 kHz, one channel and 16 bits is taken", () => {
    expect(isSpeechWav(right)).toBe(true)
    expect(isSpeechWav(wavOf(Int16Array.of(1, -1)))).toBe(true)
  })
  test.each([
    ["nothing", new Uint8Array()],
    ["a header alone", right.slice(0, 44)],
    ["something else", new TextEncoder().encode("OggS".padEnd(100, "-"))],
    ["two channels", changed(22, 2)],
    ["another rate", changed(25, 0)],
    ["eight bits", changed(34, 8)],
    ["compressed", changed(20, 85)],
    ["cut short", right.slice(0, -10)],
    ["too long", wavOf(new Int16Array(MOST_WAV_BYTES / 2))],
  ])("that is %s is not", (_what, bytes) => {
    expect(isSpeechWav(bytes)).toBe(false)
  })
})

test("a voice note is read once; while it is read nobody asks again, unless whoever asked is long gone", () => {
  const before = { at: 1_000, by: 5 }
  expect(mayTranscribe(undefined, 2_000)).toBeNull()
  expect(mayTranscribe({ state: "done", ...before }, 2_000)).toEqual({ refused: "speech.transcribed" })
  expect(mayTranscribe({ state: "failed", ...before, reason: "speech.slow" }, 2_000)).toBeNull()
  expect(mayTranscribe({ state: "working", ...before }, 2_000)).toEqual({ refused: "speech.working" })
  expect(mayTranscribe({ state: "working", ...before }, 1_000 + VOICE_NOTE_PATIENCE)).not.toBeNull()
  expect(mayTranscribe({ state: "working", ...before }, 1_000 + 2 * VOICE_NOTE_PATIENCE)).toBeNull()
})

test("a user may ask for sixty recordings a minute, whatever others do", async () => {
  const clock = new VirtualClock()
  const pace = new Pace(clock)
  const taken = Array.from({ length: 61 }, () => pace.take(5))
  expect(taken.filter(Boolean).length).toBe(60)
  expect(pace.take(6)).toBe(true)
  await clock.advance(60_000)
  expect(pace.take(5)).toBe(true)
})
