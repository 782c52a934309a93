/** Reads beside the thread that serves people: one statement after the other, on a connection that cannot write. */
import { DatabaseFile } from "./file.ts"
import type { SqlValue } from "./statement.ts"

declare const self: Worker

export type ReadingJob = { path: string; sql: string; values: SqlValue[] }
export type ReadingDone = { rows: unknown[] } | { error: string }

let file: DatabaseFile | null = null
/** In pages' kilobytes: what one search comes back to, and no more memory than that. */
const CACHE = "PRAGMA cache_size = -16384"

self.onmessage = ({ data }: MessageEvent<ReadingJob>) => self.postMessage(read(data))

function read({ path, sql, values }: ReadingJob): ReadingDone {
  try {
    file ??= opened(path)
    return { rows: file.connection.query(sql).all(...values) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function opened(path: string): DatabaseFile {
  const reading = new DatabaseFile(path, { readonly: true })
  reading.connection.run(CACHE)
  return reading
}
