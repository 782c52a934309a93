/** Recordings as every transcription server takes them: 16 kHz, one channel, 16 bits, without compression. */

export const SAMPLES_PER_SECOND = 16_000
const HEADER_BYTES = 44
/** The page cuts after 15 seconds at the latest. */
const LONGEST_SECONDS = 20
export const MOST_WAV_BYTES = HEADER_BYTES + LONGEST_SECONDS * SAMPLES_PER_SECOND * 2

export function isSpeechWav(bytes: Uint8Array<ArrayBuffer>): boolean {
  if (bytes.length <= HEADER_BYTES || bytes.length > MOST_WAV_BYTES) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  const isWav = word(0) === "RIFF" && word(8) === "WAVE" && word(12) === "fmt " && word(36) === "data"
  const format = view.getUint16(20, true)
  const channels = view.getUint16(22, true)
  const bits = view.getUint16(34, true)
  const isSpeech = format === 1 && channels === 1 && bits === 16 && view.getUint32(24, true) === SAMPLES_PER_SECOND
  return isWav && isSpeech && view.getUint32(40, true) === bytes.length - HEADER_BYTES
}

export function wavOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + samples.byteLength)
  const view = new DataView(bytes.buffer)
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  word(0, "RIFF")
  view.setUint32(4, bytes.length - 8, true)
  word(8, "WAVEfmt ")
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, SAMPLES_PER_SECOND, true)
  view.setUint32(28, SAMPLES_PER_SECOND * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  word(36, "data")
  view.setUint32(40, samples.byteLength, true)
  for (const [index, sample] of samples.entries()) view.setInt16(HEADER_BYTES + index * 2, sample, true)
  return bytes
}

/** A second of a soft tone: says nothing, and shows whether a server takes a recording. */
export const trialWav = (): Uint8Array<ArrayBuffer> =>
  wavOf(
    Int16Array.from({ length: SAMPLES_PER_SECOND }, (_, at) =>
      Math.round(2_000 * Math.sin((2 * Math.PI * 440 * at) / SAMPLES_PER_SECOND)),
    ),
  )
