/** What is said between the thread that serves people and the one that reads a file of customers. */
import type { Refusal } from "~/kernel/step.ts"
import type { ImportRow } from "./import-rows.ts"
import type { ImportPreview, ImportReading } from "./importing.ts"

export type ImportWork =
  /** How the file is to be understood, and its first rows. `wanted`: as somebody says that it is. */
  | { do: "look"; size: number; wanted: ImportReading | null }
  /** Its rows from the row `from` on; earlier ones are only looked at. */
  | {
      do: "read"
      size: number
      reading: ImportReading
      mapping: readonly string[]
      country: string | null
      from: number
    }

export type ToReader = { work: ImportWork } | { bytes: Uint8Array<ArrayBuffer> } | "more"

export type FromReader =
  | { read: { from: number; to: number } }
  | { seen: { reading: ImportReading; preview: ImportPreview } }
  /** Some rows; the next ones come when `more` was said. */
  | { rows: readonly ImportRow[] }
  | { end: { total: number } }
  | { refused: Refusal }
  | { faulted: string }
