/**
 * Reads a file of customers beside the thread that serves people: unpacks it, cuts it, and makes customers of its rows. It
 * has no file of its own – bytes are asked for – and waits for whoever takes the rows.
 */
import { pieceCounter } from "~/kernel/memory.ts"
import { Refused } from "~/kernel/step.ts"
import { detectReading, readTable } from "~/kernel/table/reading.ts"
import { type Bytes, cannotRead, type TableReading, type TableRow, tableLimits } from "~/kernel/table/table.ts"
import { looksLikeHeadings } from "./rules/import-columns.ts"
import { type ImportRow, RowReader } from "./rules/import-rows.ts"
import type { FromReader, ImportWork, ToReader } from "./rules/import-work.ts"
import type { ImportPreview, ImportReading } from "./rules/importing.ts"

declare const self: Worker

const SAMPLES = 5
const LONGEST_SAMPLE = 80
/** Rows that go over at once. */
const PORTION = 200

type Bytesful = Extract<ToReader, { bytes: Uint8Array<ArrayBuffer> }>

/** Who waits for bytes, and who for the next rows to be wanted: an unpacker reads ahead while rows are on their way. */
const awaited = { bytes: [] as ((said: Bytesful) => void)[], more: [] as (() => void)[] }

self.onmessage = ({ data }: MessageEvent<ToReader>) => {
  if (data === "more") awaited.more.shift()?.()
  else if ("work" in data) void begin(data.work)
  else awaited.bytes.shift()?.(data)
}

const tell = (said: FromReader) => self.postMessage(said)

function bytesAt(from: number, to: number): Promise<Uint8Array> {
  tell({ read: { from, to } })
  return new Promise((resolve) => awaited.bytes.push(({ bytes }) => resolve(bytes)))
}

function handOver(rows: readonly ImportRow[]): Promise<void> {
  tell({ rows })
  return new Promise((resolve) => awaited.more.push(resolve))
}

async function begin(work: ImportWork): Promise<void> {
  const bytes: Bytes = { size: work.size, read: bytesAt }
  try {
    tell(work.do === "look" ? { seen: await look(bytes, work) } : { end: await read(bytes, work) })
  } catch (error) {
    if (error instanceof Refused) tell({ refused: error.refusal })
    else tell({ faulted: String(error) })
  }
}

async function look(bytes: Bytes, { wanted }: Extract<ImportWork, { do: "look" }>) {
  const detected = await detectReading(bytes)
  const table = tableAs(detected, wanted)
  const rows: TableRow[] = []
  for await (const some of readTable(bytes, table)) {
    rows.push(...some.slice(0, SAMPLES + 1 - rows.length))
    if (rows.length > SAMPLES) break
  }
  const [first] = rows
  if (!first) return cannotRead("table.empty")
  const hasHeading = wanted?.hasHeading ?? looksLikeHeadings(first.cells)
  const samples = hasHeading ? rows.slice(1) : rows.slice(0, SAMPLES)
  if (samples.length === 0) return cannotRead("table.only_headings")
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  const shown = ({ cells }: TableRow) =>
    Array.from({ length: width }, (_, index) => (cells[index] ?? "").trim().slice(0, LONGEST_SAMPLE))
  const headings = hasHeading ? shown(first) : Array.from({ length: width }, () => "")
  const preview: ImportPreview = { headings, samples: samples.map(shown) }
  return { reading: { ...table, hasHeading } satisfies ImportReading, preview }
}

/** As somebody says that it is, where it can be. */
function tableAs(detected: TableReading, wanted: ImportReading | null): TableReading {
  if (detected.format === "csv") return wanted?.format === "csv" ? wanted : detected
  const sheet = wanted?.format === "xlsx" ? (wanted.sheet ?? 0) : 0
  return { ...detected, sheet: sheet < (detected.sheets?.length ?? 0) ? sheet : 0 }
}

async function read(bytes: Bytes, work: Extract<ImportWork, { do: "read" }>): Promise<{ total: number }> {
  const reader = new RowReader(work.mapping, work.country)
  const hasHeading = work.reading.hasHeading !== false
  let total = hasHeading ? -1 : 0
  let portion: ImportRow[] = []
  const portionHasPassed = pieceCounter()
  for await (const rows of readTable(bytes, work.reading))
    for (const row of rows) {
      total += 1
      if (hasHeading && total === 0) continue
      if (total > tableLimits.rows) cannotRead("table.too_many_rows", { most: tableLimits.rows })
      const one = reader.read(row)
      if (row.number < work.from) continue
      portion.push(one)
      if (portion.length < PORTION) continue
      await handOver(portion)
      portion = []
      portionHasPassed()
    }
  if (portion.length > 0) await handOver(portion)
  return { total: Math.max(0, total) }
}
