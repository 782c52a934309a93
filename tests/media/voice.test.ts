/** Voice notes on their way: what a browser records becomes what WhatsApp plays, without being encoded anew. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  Conversion,
  EncodedAudioPacketSource,
  EncodedPacket,
  Input,
  Output,
  WebMOutputFormat,
} from "mediabunny"
import { seconds } from "~/kernel/clock.ts"
import { voiceNoteOf } from "~/media/actions/speaking.ts"
import { sniff } from "~/media/rules/sniff.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const SPOKEN = new Uint8Array(readFileSync(join(import.meta.dir, "../../src/simulator/samples/voice.ogg")))

const inputOf = (bytes: Uint8Array<ArrayBuffer>) => new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })

/** The same sound as a browser's recorder would hand it over. */
async function recorded(): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const conversion = await Conversion.init({ input: inputOf(SPOKEN), output })
  await conversion.execute()
  return new Uint8Array(target.buffer ?? new ArrayBuffer())
}

async function inStereo(): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new EncodedAudioPacketSource("opus")
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = { codec: "opus", numberOfChannels: 2, sampleRate: 48_000 }
  await source.add(new EncodedPacket(new Uint8Array([0xfc, 0xff, 0xfe]), "key", 0, 0.02), { decoderConfig })
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer())
}

describe("A recording", () => {
  test("in a browser's container comes out as Opus in Ogg, one channel, as long as it was", async () => {
    const browser = await recorded()
    expect(sniff(browser)).not.toBe("audio/ogg")
    const { bytes, mimeType, voice, seconds: length } = await voiceNoteOf(browser)
    expect([sniff(bytes), mimeType, voice]).toEqual(["audio/ogg", "audio/ogg", true])
    const track = await inputOf(bytes).getPrimaryAudioTrack()
    expect([await track?.getCodec(), await track?.getNumberOfChannels()]).toEqual(["opus", 1])
    const before = await (await inputOf(SPOKEN).getPrimaryAudioTrack())?.computeDuration()
    expect(Math.abs(length - (before ?? 0))).toBeLessThan(0.1)
    expect(Math.abs(((await track?.computeDuration()) ?? 0) - (before ?? 0))).toBeLessThan(0.1)
  })

  test("of nothing, of something else, or of two channels is refused with the reason", async () => {
    const words = new TextEncoder().encode("these are words and no sound at all, however long one looks at them")
    const refusals: [Uint8Array<ArrayBuffer>, string][] = [
      [new Uint8Array(0), "voice.empty"],
      [words, "voice.unreadable"],
      [(await recorded()).slice(0, 40), "voice.unreadable"],
      [await inStereo(), "voice.not_mono"],
    ]
    for (const [bytes, reason] of refusals) expect(voiceNoteOf(bytes)).rejects.toThrow(reason)
  })
})

describe("A voice note from an agent", () => {
  let world: World
  let anna: Desk
  let giulia: Phone
  let place: number

  beforeEach(async () => {
    world = await openWorld()
    anna = await sitDown(world, "anna")
    giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    place = conversation(world, giulia).id
    expect(await anna.open(place)).toBeNull()
  })
  afterEach(() => world.close())
  const speak = (bytes: Uint8Array<ArrayBuffer>, clientId = "one") =>
    anna.visitor.upload(`/conversations/${place}/voice-notes?clientId=${clientId}`, bytes)

  test("is on the phone as one, and played there; in the thread it can be heard too", async () => {
    const browser = await recorded()
    for (const _ of [1, 2]) expect((await speak(browser)).status).toBe(204)
    await world.settle()
    expect(giulia.received()).toMatchObject([{ type: "audio", content: { voice: true } }])
    const sent = messages(world, place).at(-1)
    expect(sent).toMatchObject({ kind: "voice", direction: "out" })
    const heard = await anna.visitor.get(`/media/${sent?.id}`)
    expect([heard.status, heard.headers.get("content-type")]).toEqual([200, "audio/ogg"])
    expect(await anna.visitor.panel(`/conversations/${place}/thread`)).toContain(`src="/media/${sent?.id}"`)
    await world.advance(seconds(20))
  })

  test("that cannot be read is refused in words, and nothing of it stays", async () => {
    const answer = await speak(new TextEncoder().encode("no sound") as Uint8Array<ArrayBuffer>)
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { refused: "voice.unreadable", message: expect.stringContaining("cannot be read") },
    ])
    expect(rowsOf(world.database.path, "SELECT id FROM mediaFile")).toEqual([])
  })

  test("is refused where nobody may write, before it is read", async () => {
    const marco = await sitDown(world, "marco")
    const answer = await marco.visitor.upload(`/conversations/${place}/voice-notes?clientId=two`, await recorded())
    expect(await answer.json()).toMatchObject({ refused: "conversation.owned_by_another" })
    expect((await speak(new Uint8Array(4_000_001))).status).toBe(413)
  })
})
