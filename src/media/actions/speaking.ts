/** What a browser has recorded, as WhatsApp takes a voice note: Opus, one channel, in Ogg. Nothing is encoded anew. */
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  OggOutputFormat,
  Output,
} from "mediabunny"
import { Refused, refuse } from "~/kernel/step.ts"

export type Recording = {
  bytes: Uint8Array<ArrayBuffer>
  mimeType: "audio/ogg" | "audio/mp4"
  seconds: number
  /** Else it is a sound file like any other: what this browser records is not what a voice note is made of. */
  voice: boolean
}

/** The packets as they are, in another container. Refuses `voice.empty`, `voice.unreadable` and `voice.not_mono`. */
export async function voiceNoteOf(recorded: Uint8Array<ArrayBuffer>): Promise<Recording> {
  if (recorded.length === 0) throw new Refused(refuse("voice.empty"))
  const input = new Input({ source: new BufferSource(recorded), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack().catch(() => null)
  const codec = track && (await track.getCodec())
  if (!track || (codec !== "opus" && codec !== "aac")) throw new Refused(refuse("voice.unreadable"))
  const seconds = await track.computeDuration()
  if (codec === "aac") return { bytes: recorded, mimeType: "audio/mp4", seconds, voice: false }
  if ((await track.getNumberOfChannels()) !== 1) throw new Refused(refuse("voice.not_mono"))
  if (seconds <= 0) throw new Refused(refuse("voice.empty"))
  return { bytes: await inOgg(track), mimeType: "audio/ogg", seconds, voice: true }
}

async function inOgg(track: InputAudioTrack): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format: new OggOutputFormat(), target })
  const source = new EncodedAudioPacketSource("opus")
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = await track.getDecoderConfig()
  for await (const packet of new EncodedPacketSink(track).packets())
    await source.add(packet, decoderConfig ? { decoderConfig } : undefined)
  await output.finalize()
  if (target.buffer === null) throw new Refused(refuse("voice.unreadable"))
  return new Uint8Array(target.buffer)
}
