/** A file as large as may be, read beside the thread that serves people: what that takes of the memory. */
import { describe, expect, test } from "bun:test"
import type { FromReader, ToReader } from "~/customer/rules/import-work.ts"
import { pieceCounter } from "~/kernel/memory.ts"
import type { TableReading } from "~/kernel/table/table.ts"
import { type SpreadsheetFormat, spreadsheetResponse } from "~/web/spreadsheet.ts"

const ROWS = 200_000
/** Everything together: unpacked pieces, texts, numbers seen, rows on their way. */
const MOST_GROWTH = 64_000_000

function* people() {
  for (let from = 0; from < ROWS; from += 500)
    yield Array.from({ length: 500 }, (_, index) => [
      `Persona Numero ${from + index}`,
      { digits: `+39 345 ${String(from + index + 1_000_000)}` },
      `person.${from + index}@example.test`,
      from + index,
      (from + index) % 2 === 0,
    ])
}

const fileOf = (format: SpreadsheetFormat) =>
  spreadsheetResponse({
    format,
    name: "people",
    language: "en",
    yesNo: ["Yes", "No"],
    header: ["name", "phone", "e-mail", "n", "y"],
    portions: people(),
  }).blob()

/** Every row, as whoever takes them sees them; and by how much the process grew meanwhile, at most. */
async function readAll(file: Blob, reading: TableReading, from = 0) {
  const worker = new Worker(new URL("../../src/customer/worker.ts", import.meta.url).href, { smol: true })
  const done = Promise.withResolvers<number>()
  let rows = 0
  let refused = 0
  let growth = 0
  Bun.gc(true)
  const before = process.memoryUsage.rss()
  const hasPassed = pieceCounter()
  const say = (said: ToReader) => {
    worker.postMessage(said)
    hasPassed()
  }
  worker.onmessage = async ({ data }: MessageEvent<FromReader>) => {
    growth = Math.max(growth, process.memoryUsage.rss() - before)
    if ("read" in data) say({ bytes: await file.slice(data.read.from, data.read.to).bytes() })
    else if ("rows" in data) {
      rows += data.rows.length
      refused += data.rows.filter(({ problems }) => problems.length > 0).length
      say("more")
    } else if ("end" in data) done.resolve(data.end.total)
    else done.reject(new Error(JSON.stringify(data)))
  }
  const mapping = ["name", "phone", "email", "", "consent"]
  say({ work: { do: "read", size: file.size, reading, mapping, country: "IT", from } })
  const total = await done.promise.finally(() => worker.terminate())
  return { total, rows, refused, growth }
}

describe("Two hundred thousand customers", () => {
  test.each<[SpreadsheetFormat, TableReading]>([
    ["xlsx", { format: "xlsx" }],
    ["csv", { format: "csv", encoding: "utf-8", separator: "," }],
  ])("of an .%s take little memory, whatever the file holds", async (format, reading) => {
    const read = await readAll(await fileOf(format), reading)
    expect(read).toMatchObject({ total: ROWS, rows: ROWS, refused: 0 })
    expect(read.growth).toBeLessThan(MOST_GROWTH)
  })

  test("are gone on with at the row where it was", async () => {
    const read = await readAll(await fileOf("csv"), { format: "csv", encoding: "utf-8", separator: "," }, ROWS - 9)
    expect(read).toMatchObject({ total: ROWS, rows: 11, refused: 0 })
  })
})
