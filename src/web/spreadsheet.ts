/**
 * A list as a file for a spreadsheet: what it shows, row by row while it is read, so that a long one neither fills the
 * memory nor keeps others waiting. In .xlsx every cell has its type and a text is never a formula; a .csv has no types,
 * so that whatever a spreadsheet would take for a formula gets an apostrophe in front.
 */
import { strToU8, Zip, ZipDeflate } from "fflate"
import { type Instant, nextTurn } from "~/kernel/clock.ts"

export type Cell =
  | string
  | number
  | boolean
  | null
  /** A moment; `zone` is the tenant's: the file shows its clock. */
  | { at: Instant; zone: string }
  /** A number one calls, or a code: digits that are not to be reckoned with. */
  | { digits: string }

export const SPREADSHEET_FORMATS = ["xlsx", "csv"] as const
export type SpreadsheetFormat = (typeof SPREADSHEET_FORMATS)[number]

export type Spreadsheet = {
  format: SpreadsheetFormat
  /** Of the file and its sheet, without an ending. */
  name: string
  /** Decides how a .csv is cut and how its numbers are written: a spreadsheet reads it by the reader's country. */
  language: string
  /** The words for true and false. */
  yesNo: readonly [string, string]
  header: readonly string[]
  portions: Iterable<readonly (readonly Cell[])[]>
}

/** The file as an answer that is made while it is sent. */
export function spreadsheetResponse(sheet: Spreadsheet): Response {
  const { format, name } = sheet
  const chunks = format === "xlsx" ? workbook(sheet) : separated(sheet)
  const file = `${name}.${format}`
  return new Response(streamOf(chunks), {
    headers: {
      "content-type": format === "xlsx" ? XLSX : "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${file.replace(/[^\w .-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(file)}`,
    },
  })
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/** The next chunk is made when somebody takes it, and others have their turn before. */
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

/** Italian and most of Europe write 1,5 and cut at semicolons. */
function* separated({ language, yesNo, header, portions }: Spreadsheet): Generator<Uint8Array> {
  const isEnglish = language === "en"
  const separator = isEnglish ? "," : ";"
  const field = (cell: Cell): string => {
    if (cell === null) return ""
    if (typeof cell === "number") return isEnglish ? String(cell) : String(cell).replace(".", ",")
    if (typeof cell === "boolean") return cell ? yesNo[0] : yesNo[1]
    if (typeof cell === "object" && "at" in cell) return wallClock(cell).replace("T", " ")
    return quoted(harmless(typeof cell === "string" ? cell : cell.digits), separator)
  }
  const line = (cells: readonly Cell[]) => `${cells.map(field).join(separator)}\r\n`
  yield strToU8(`\uFEFF${line(header)}`)
  for (const rows of portions) yield strToU8(rows.map(line).join(""))
}

/** OWASP, CSV injection: these begin a formula. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** 2026-11-22T09:02:00 as the clock in `zone` shows it. */
function wallClock({ at, zone }: { at: Instant; zone: string }): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
    .format(at)
    .replace(" ", "T")
}

function* workbook(sheet: Spreadsheet): Generator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  for (const [path, text] of Object.entries(partsOf(sheet.name))) {
    const part = new ZipDeflate(path)
    zip.add(part)
    part.push(strToU8(text), true)
  }
  const rows = new ZipDeflate("xl/worksheets/sheet1.xml")
  zip.add(rows)
  rows.push(strToU8(`${SHEET_HEAD}${rowText(sheet.header, ' s="1"', sheet)}`))
  yield* ready.splice(0)
  for (const portion of sheet.portions) {
    rows.push(strToU8(portion.map((cells) => rowText(cells, "", sheet)).join("")))
    yield* ready.splice(0)
  }
  rows.push(strToU8("</sheetData></worksheet>"), true)
  zip.end()
  yield* ready.splice(0)
}

function rowText(cells: readonly Cell[], style: string, sheet: Spreadsheet): string {
  return `<row>${cells.map((cell) => cellText(cell, style, sheet)).join("")}</row>`
}

function cellText(cell: Cell, style: string, { yesNo }: Spreadsheet): string {
  if (cell === null || cell === "") return `<c${style}/>`
  if (typeof cell === "number") return `<c${style}><v>${cell}</v></c>`
  if (typeof cell === "boolean") return inline(cell ? yesNo[0] : yesNo[1], style)
  if (typeof cell === "string") return inline(cell, style)
  return "at" in cell ? `<c s="2"><v>${serial(cell)}</v></c>` : inline(cell.digits, ' s="3"')
}

/** A text in its place: never a formula, never a number. Characters that XML cannot hold are left out. */
const inline = (text: string, style: string): string =>
  `<c${style} t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`

const xml = (text: string): string => {
  const holdable = text.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, "")
  return Bun.escapeHTML(holdable.slice(0, LONGEST_CELL))
}
/** A spreadsheet's own limit. */
const LONGEST_CELL = 32_767

/** Days since the end of 1899, by the clock of the zone: a spreadsheet knows no zones. */
function serial(cell: { at: Instant; zone: string }): number {
  const DAY = 86_400_000
  return Date.parse(`${wallClock(cell)}Z`) / DAY + 25_569
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006"
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
/** The first row stays in sight. */
const SHEET_HEAD = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr baseColWidth="20" defaultRowHeight="15"/><sheetData>`

/** All that a workbook needs beside its rows. Formats: 1 bold, 2 a moment, 3 text. */
const partsOf = (name: string): Record<string, string> => ({
  "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
  "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${xml(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`,
  "xl/styles.xml": `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
})

/** At most 31 characters, and none of those that a sheet's name may not have. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31) || "Sheet1"
