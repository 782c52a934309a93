/** Which kind of table a file is, and its rows. */
import { detectEncoding, ENCODINGS } from "./encoding.ts"
import { detectSeparator, SEPARATORS, separatedRows } from "./separated.ts"
import { type Bytes, cannotRead, type Rows, type TableReading, tableLimits } from "./table.ts"
import { sheetNames, workbookRows } from "./workbook.ts"

/** How the file is best understood. Refuses what is no table: `table.empty`, `table.too_large`, `table.old_excel`, `table.not_a_table`. */
export async function detectReading(bytes: Bytes): Promise<TableReading> {
  if (bytes.size === 0) cannotRead("table.empty")
  if (bytes.size > tableLimits.bytes) cannotRead("table.too_large", { megabytes: tableLimits.bytes / 1_000_000 })
  const start = Buffer.from(await bytes.read(0, Math.min(bytes.size, 8)))
  if (start.toString("hex").startsWith("504b0304")) return { format: "xlsx", sheets: await sheetNames(bytes), sheet: 0 }
  // Excel before 2007, and what Excel protects by a password.
  if (start.toString("hex").startsWith("d0cf11e0")) cannotRead("table.old_excel")
  const encoding = await detectEncoding(bytes)
  if (
    encoding !== "utf-16le" &&
    encoding !== "utf-16be" &&
    (await bytes.read(0, Math.min(bytes.size, 4_096))).includes(0)
  )
    cannotRead("table.not_a_table")
  return { format: "csv", encoding, separator: await detectSeparator(bytes, encoding) }
}

/** Refuses with `table.…` where the file breaks off or does harm. */
export const readTable = (bytes: Bytes, reading: TableReading): Rows =>
  reading.format === "xlsx"
    ? workbookRows(bytes, reading.sheet ?? 0)
    : separatedRows(bytes, reading.encoding, reading.separator)

/** A reading as a form names it: `xlsx`, or `csv`, letters and separator. */
export function readingNamed(encoding: string, separator: string): TableReading | null {
  const known = [ENCODINGS.find((one) => one === encoding), SEPARATORS.find((one) => one === separator)] as const
  return known[0] && known[1] ? { format: "csv", encoding: known[0], separator: known[1] } : null
}
