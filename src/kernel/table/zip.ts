/** What a .zip holds, and one of its files unpacked a piece at a time; what unpacks without end is refused. */
import { Readable } from "node:stream"
import { createInflateRaw } from "node:zlib"
import { piecesOf } from "./encoding.ts"
import { type Bytes, cannotRead, tableLimits } from "./table.ts"

type Entry = { method: number; isEncrypted: boolean; packed: number; offset: number }
export type Archive = ReadonlyMap<string, Entry>

const MOST_ENTRIES = 2_000
const MOST_DIRECTORY_BYTES = 1_000_000
/** The end of a .zip and the longest comment behind it. */
const TAIL = 22 + 65_535
const END_MARK = 0x06054b50
const ENTRY_MARK = 0x02014b50
const LOCAL_MARK = 0x04034b50

export async function openArchive(bytes: Bytes): Promise<Archive> {
  const from = Math.max(0, bytes.size - TAIL)
  const tail = viewOf(await bytes.read(from, bytes.size))
  let end = tail.byteLength - 22
  while (end >= 0 && tail.getUint32(end, true) !== END_MARK) end--
  if (end < 0) return cannotRead("table.not_readable")
  const count = tail.getUint16(end + 10, true)
  const length = tail.getUint32(end + 12, true)
  const offset = tail.getUint32(end + 16, true)
  if (count > MOST_ENTRIES || length > MOST_DIRECTORY_BYTES || offset + length > bytes.size)
    return cannotRead("table.not_readable")
  return entriesIn(viewOf(await bytes.read(offset, offset + length)), count)
}

function entriesIn(view: DataView, count: number): Archive {
  const entries = new Map<string, Entry>()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY_MARK) return cannotRead("table.not_readable")
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
    entries.set(name.replaceAll("\\", "/"), {
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The bytes of one file, unpacked as they are asked for. */
export async function* unpacked(bytes: Bytes, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) cannotRead("table.protected")
  if (entry.method !== 0 && entry.method !== 8) cannotRead("table.not_readable")
  const head = viewOf(await bytes.read(entry.offset, Math.min(bytes.size, entry.offset + 30)))
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL_MARK) cannotRead("table.not_readable")
  const start = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  const end = start + entry.packed
  if (end > bytes.size) cannotRead("table.not_readable")
  let size = 0
  for await (const piece of entry.method === 0 ? piecesOf(bytes, start, end) : inflated(bytes, start, end)) {
    size += piece.length
    if (size > tableLimits.unpackedBytes) cannotRead("table.too_much_inside")
    yield piece
  }
}

/** The system's own unpacker waits until its last piece was taken: what is packed a thousandfold fills no memory. */
async function* inflated(bytes: Bytes, start: number, end: number): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(piecesOf(bytes, start, end), { objectMode: false, highWaterMark: 16_384 })
  const inflate = packed.pipe(createInflateRaw())
  packed.on("error", (error) => inflate.destroy(error))
  try {
    for await (const piece of inflate) yield piece as Uint8Array
  } catch (error) {
    const code = (error as { code?: string }).code ?? ""
    if (code.startsWith("Z_")) cannotRead("table.not_readable")
    throw error
  } finally {
    packed.destroy()
    inflate.destroy()
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
