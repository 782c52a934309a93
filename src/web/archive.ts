/** Many files as one .zip, made while it is sent: neither a large one nor a great many of them fill the memory. */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate"
import { nextTurn } from "~/kernel/clock.ts"

/** `isPacked`: pictures and sound are small already, and go as they are. */
export type ArchiveEntry = { path: string; pieces: Iterable<Uint8Array>; isPacked?: boolean }

export function archiveResponse(name: string, entries: Iterable<ArchiveEntry>): Response {
  const file = `${name}.zip`
  return new Response(streamOf(packed(entries)), {
    headers: {
      "content-type": "application/zip",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${file.replace(/[^\w .-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(file)}`,
    },
  })
}

/** The next piece is made when somebody takes it, and others have their turn before. */
const streamOf = (chunks: Iterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      await nextTurn()
      const { done, value } = chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => void chunks.return?.(),
  })

function* packed(entries: Iterable<ArchiveEntry>): Generator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  for (const { path, pieces, isPacked = false } of entries) {
    const part = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path)
    zip.add(part)
    for (const piece of pieces) {
      part.push(piece)
      yield* ready.splice(0)
    }
    part.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
