/** What a file is, and how large a picture is, by its first bytes alone. */

export type Dimensions = { width: number; height: number }

/** The type that the bytes say; null for what has no mark of its own (text, Office's old files). */
export function sniff(head: Uint8Array): string | null {
  const text = (from: number, length: number) => Buffer.from(head.subarray(from, from + length)).toString("latin1")
  const begins = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (begins(0xff, 0xd8, 0xff)) return "image/jpeg"
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "image/png"
  if (text(0, 4) === "GIF8") return "image/gif"
  if (text(0, 4) === "RIFF" && text(8, 4) === "WEBP") return "image/webp"
  if (text(4, 4) === "ftyp") return mp4Type(text(8, 4))
  if (text(0, 4) === "OggS") return text(28, 8) === "OpusHead" ? "audio/ogg" : "application/ogg"
  if (text(0, 5) === "#!AMR") return "audio/amr"
  if (text(0, 3) === "ID3") return "audio/mpeg"
  if (head[0] === 0xff && (head[1]! & 0xf6) === 0xf0) return "audio/aac"
  if (head[0] === 0xff && (head[1]! & 0xe6) === 0xe2) return "audio/mpeg"
  if (text(0, 5) === "%PDF-") return "application/pdf"
  return begins(0x50, 0x4b, 0x03, 0x04) ? "application/zip" : null
}

function mp4Type(brand: string): string {
  if (brand.startsWith("3gp")) return "video/3gpp"
  if (brand.startsWith("M4A")) return "audio/mp4"
  if (/^(heic|heix|mif1|avif)/.test(brand)) return "image/heic"
  return brand.startsWith("qt") ? "video/quicktime" : "video/mp4"
}

/** As it will be seen; null when the bytes do not say, or say something impossible. */
export function dimensionsOf(head: Uint8Array, type: string | null): Dimensions | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    const found = read(view, type)
    return found && found.width > 0 && found.height > 0 ? found : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function read(view: DataView, type: string | null): Dimensions | null {
  switch (type) {
    case "image/png":
      return { width: view.getUint32(16), height: view.getUint32(20) }
    case "image/gif":
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    case "image/webp":
      return readWebp(view)
    case "image/jpeg":
      return readJpeg(view)
    default:
      return null
  }
}

function readWebp(view: DataView): Dimensions | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x56503858: // VP8X
      return { width: uint24(24) + 1, height: uint24(27) + 1 }
    case 0x5650384c: {
      // VP8L
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 0x56503820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return null
  }
}

/** Segment after segment up to the frame; what the camera was turned by stands in the first ones. */
function readJpeg(view: DataView): Dimensions | null {
  let isTurned = false
  for (let at = 2; at < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker < 0xff01) return null
    if (marker === 0xffe1) isTurned ||= turnedBy(view, at + 4)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (!isFrame) continue
    const height = view.getUint16(at + 5)
    const width = view.getUint16(at + 7)
    return isTurned ? { width: height, height: width } : { width, height }
  }
  return null
}

const ORIENTATION = 0x0112

/** Whether the camera's own note (Exif) says that the picture lies on its side. */
function turnedBy(view: DataView, at: number): boolean {
  if (view.getUint32(at) !== 0x45786966) return false
  const start = at + 6
  const little = view.getUint16(start) === 0x4949
  const first = start + view.getUint32(start + 4, little)
  for (let entry = 0; entry < view.getUint16(first, little); entry++) {
    const place = first + 2 + entry * 12
    if (view.getUint16(place, little) === ORIENTATION) return view.getUint16(place + 8, little) >= 5
  }
  return false
}
