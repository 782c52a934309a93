/** Files the pretend customers send: made by us, small, of the kinds WhatsApp sends. Embedded in the executable. */
import { readFileSync } from "node:fs"
import clip from "./samples/clip.mp4" with { type: "file" }
import photo from "./samples/photo.jpg" with { type: "file" }
import receipt from "./samples/receipt.pdf" with { type: "file" }
import sticker from "./samples/sticker.webp" with { type: "file" }
import voice from "./samples/voice.ogg" with { type: "file" }

export type SampleName = "photo" | "clip" | "receipt" | "sticker" | "voice"
type Sample = { bytes: Uint8Array<ArrayBuffer>; mimeType: string; filename?: string }

const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path))

export const SAMPLES: Record<SampleName, () => Sample> = {
  photo: () => ({ bytes: read(photo), mimeType: "image/jpeg" }),
  clip: () => ({ bytes: read(clip), mimeType: "video/mp4" }),
  receipt: () => ({ bytes: read(receipt), mimeType: "application/pdf", filename: "scontrino-0231.pdf" }),
  sticker: () => ({ bytes: read(sticker), mimeType: "image/webp" }),
  voice: () => ({ bytes: read(voice), mimeType: "audio/ogg; codecs=opus" }),
}
