/** In which letters a file of text is written: what its first bytes say, else what its bytes can be. */
import type { Bytes } from "./table.ts"

export const ENCODINGS = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Read at a time. */
export const PIECE_BYTES = 262_144

/** The bytes in pieces, from the first on. */
export async function* piecesOf(bytes: Bytes, from = 0, to = bytes.size): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += PIECE_BYTES) yield await bytes.read(at, Math.min(to, at + PIECE_BYTES))
}

/** The text in pieces, without the mark at its beginning. */
export async function* textOf(bytes: Bytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of piecesOf(bytes)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** A mark decides; else zeros between letters; else whether every byte can be UTF-8: Excel's own letters seldom can. */
export async function detectEncoding(bytes: Bytes): Promise<Encoding> {
  const start = await bytes.read(0, Math.min(bytes.size, 4_096))
  const marked = markOf(start) ?? wideOf(start)
  if (marked) return marked
  const strict = new TextDecoder("utf-8", { fatal: true })
  try {
    for await (const piece of piecesOf(bytes)) strict.decode(piece, { stream: true })
    strict.decode()
    return "utf-8"
  } catch {
    return "windows-1252"
  }
}

function markOf([first, second, third]: Uint8Array): Encoding | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8"
  if (first === 0xff && second === 0xfe) return "utf-16le"
  return first === 0xfe && second === 0xff ? "utf-16be" : null
}

/** Most letters of our languages have a zero beside them when each takes two bytes. */
function wideOf(start: Uint8Array): Encoding | null {
  let even = 0
  let odd = 0
  for (const [index, byte] of start.entries()) if (byte === 0) index % 2 === 0 ? even++ : odd++
  const many = start.length / 4
  if (odd > many && even < odd / 10) return "utf-16le"
  return even > many && odd < even / 10 ? "utf-16be" : null
}
