/** A file on its way into the database, a piece at a time: it is never whole in memory. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { pieceCounter } from "~/kernel/memory.ts"
import { type Dimensions, dimensionsOf, sniff } from "../rules/sniff.ts"
import {
  addChunk,
  CHUNK_BYTES,
  completeFile,
  deleteFile,
  fileByHash,
  insertFile,
  isScanned,
  saveScan,
  unfinishedFiles,
} from "../store/files.ts"

type Act = <Result>(script: (tx: Tx) => Result) => Promise<Result>

/** What has come in is kept from the first piece on and belongs to nothing until `finish`. */
export interface FileReceiver {
  readonly size: number
  /** What its first bytes say that it is; known once something was written. */
  readonly type: string | null
  /** What had come in an earlier part: it counts, and is here already. */
  recall(piece: Uint8Array): void
  /** Resolves when there is room for more. */
  write(piece: Uint8Array): Promise<void>
  /** Every byte has come: answers what completes it, inside the command that gives it to somebody. */
  end(): Promise<FinishedFile>
  /** Lets go of what has come. */
  abandon(): Promise<void>
}
export type FinishedFile = { sha256: Uint8Array; keep: (tx: Tx) => Id }

/** A file of which a part is here: its pieces, and who is told of each further one in the command that keeps it. */
export type Begun = { file: Id | null; note: (tx: Tx, file: Id) => void }

export function receiveFile(act: Act, begun: Begun | null = null): FileReceiver {
  const hash = new Bun.CryptoHasher("sha256")
  const buffer = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  let position = 0
  let size = 0
  const pieceHasPassed = pieceCounter()
  let file: Id | null = begun?.file ?? null
  let [type, dimensions]: [string | null, Dimensions | null] = [null, null]

  async function flush(): Promise<void> {
    const bytes = buffer.subarray(0, filled)
    if (position === 0) dimensions = dimensionsOf(bytes, type)
    const place = position++
    const known = file
    file = await act((tx) => storeChunk(tx, { file: known, position: place, bytes }, begun))
    filled = 0
    pieceHasPassed()
  }
  return {
    get size() {
      return size
    },
    get type() {
      return type
    },
    recall(piece) {
      hash.update(piece)
      size += piece.length
      if (position++ === 0) {
        type = sniff(piece)
        dimensions = dimensionsOf(piece, type)
      }
    },
    async write(piece) {
      hash.update(piece)
      size += piece.length
      for (let from = 0; from < piece.length; ) {
        const part = piece.subarray(from, from + CHUNK_BYTES - filled)
        buffer.set(part, filled)
        filled += part.length
        from += part.length
        if (position === 0) type = sniff(buffer.subarray(0, filled))
        if (filled === CHUNK_BYTES) await flush()
      }
    },
    async end() {
      if (filled > 0 || file === null) await flush()
      const sha256 = new Uint8Array(hash.digest())
      const row = {
        id: file ?? 0,
        sha256,
        size,
        type,
        width: dimensions?.width ?? null,
        height: dimensions?.height ?? null,
      }
      return { sha256, keep: (tx) => keepOnce(tx, row) }
    },
    async abandon() {
      const id = file
      if (id !== null) await act((tx) => deleteFile(tx, id))
    },
  }
}

/** What an earlier run was receiving will not be finished. */
export function dropUnfinishedFiles(tx: Tx): void {
  for (const file of unfinishedFiles(tx)) deleteFile(tx, file)
}

type Chunk = { file: Id | null; position: number; bytes: Uint8Array }

function storeChunk(tx: Tx, { file: known, position, bytes }: Chunk, begun: Begun | null): Id {
  const file = known ?? tx.newId()
  if (known === null) insertFile(tx, file)
  begun?.note(tx, file)
  addChunk(tx, file, position, bytes)
  return file
}

function keepOnce(tx: Tx, row: Parameters<typeof completeFile>[1] & { sha256: Uint8Array }): Id {
  const same = fileByHash(tx, row.sha256)
  if (same !== null) {
    deleteFile(tx, row.id)
    return same
  }
  completeFile(tx, row)
  if (isScanned(tx)) {
    saveScan(tx, { id: row.id, scan: "waiting", scanTries: 0, scanAt: tx.now, scanSays: null })
    tx.raise({ type: "media.scan_due", file: row.id })
  }
  return row.id
}
