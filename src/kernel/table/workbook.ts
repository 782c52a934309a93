/** A sheet of an .xlsx, row by row: texts, numbers as one would type them, days as 2026-11-22. */
import { type Bytes, cannotRead, demandSensible, isBlank, type Rows, type TableRow, tableLimits } from "./table.ts"
import { attribute, Xml, type XmlReader } from "./xml.ts"
import { type Archive, openArchive, unpacked } from "./zip.ts"

type Styles = { isDay: (style: number) => boolean; startsIn1904: boolean }

/** Those that are not hidden, in their order; all of them where all are. */
export async function sheetNames(bytes: Bytes): Promise<string[]> {
  const { sheets } = await bookOf(bytes, await openArchive(bytes))
  return sheets.map(({ name }) => name)
}

export async function* workbookRows(bytes: Bytes, wanted: number): Rows {
  const archive = await openArchive(bytes)
  const book = await partsOf(bytes, archive, wanted)
  const shared = await sharedTexts(bytes, archive)
  const styles = await stylesOf(bytes, archive, book.startsIn1904)
  const sheet = new Sheet(shared, styles)
  const xml = new Xml(sheet)
  for await (const text of textsOf(bytes, archive, book.sheet)) {
    xml.take(text)
    yield sheet.rows()
  }
}

type Book = { sheets: { id: string; name: string; isHidden: boolean }[]; startsIn1904: boolean }

async function bookOf(bytes: Bytes, archive: Archive): Promise<Book> {
  const sheets: Book["sheets"] = []
  let startsIn1904 = false
  await readWhole(bytes, archive, "xl/workbook.xml", (name, attributes) => {
    if (name === "workbookPr") startsIn1904 = /^(1|true)$/.test(attribute(attributes, "date1904") ?? "")
    if (name !== "sheet") return
    sheets.push({
      id: attribute(attributes, "r:id") ?? attribute(attributes, "id") ?? "",
      name: attribute(attributes, "name") ?? "",
      isHidden: attributes.includes("idden"),
    })
  })
  const shown = sheets.filter(({ isHidden }) => !isHidden)
  return { sheets: shown.length > 0 ? shown : sheets, startsIn1904 }
}

/** Where the sheet stands in the archive. */
async function partsOf(
  bytes: Bytes,
  archive: Archive,
  wanted: number,
): Promise<{ sheet: string; startsIn1904: boolean }> {
  const { sheets, startsIn1904 } = await bookOf(bytes, archive)
  const targets = new Map<string, string>()
  await readWhole(bytes, archive, "xl/_rels/workbook.xml.rels", (name, attributes) => {
    if (name === "Relationship") targets.set(attribute(attributes, "Id") ?? "", attribute(attributes, "Target") ?? "")
  })
  const target = targets.get(sheets[wanted]?.id ?? "")
  if (target === undefined) return cannotRead("table.no_sheet")
  return { sheet: target.startsWith("/") ? target.slice(1) : `xl/${target}`, startsIn1904 }
}

/** Texts that stand in several cells are kept once, and a cell names one by its place. */
async function sharedTexts(bytes: Bytes, archive: Archive): Promise<string[]> {
  if (!archive.has("xl/sharedStrings.xml")) return []
  const texts: string[] = []
  let text = ""
  let characters = 0
  let isText = false
  let isPhonetic = false
  const xml = new Xml({
    open(name, _, isEmpty) {
      if (name === "si") text = ""
      if (name === "si" && isEmpty) texts.push("")
      if (name === "rPh") isPhonetic = !isEmpty
      isText = name === "t" && !isEmpty && !isPhonetic
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      if (name === "t") isText = false
      if (name === "rPh") isPhonetic = false
      if (name !== "si") return
      characters += text.length
      if (characters > tableLimits.sharedCharacters) cannotRead("table.too_much_inside")
      texts.push(text)
    },
  })
  for await (const piece of textsOf(bytes, archive, "xl/sharedStrings.xml")) xml.take(piece)
  return texts
}

/** Excel's own numbers of formats that show a day. */
const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

async function stylesOf(bytes: Bytes, archive: Archive, startsIn1904: boolean): Promise<Styles> {
  const own = new Map<number, string>()
  const formats: number[] = []
  let isInCells = false
  if (archive.has("xl/styles.xml"))
    await readWhole(bytes, archive, "xl/styles.xml", (name, attributes) => {
      if (name === "numFmt")
        own.set(Number(attribute(attributes, "numFmtId")), attribute(attributes, "formatCode") ?? "")
      if (name === "cellXfs" || name === "cellStyles" || name === "dxfs") isInCells = name === "cellXfs"
      if (name === "xf" && isInCells) formats.push(Number(attribute(attributes, "numFmtId") ?? 0))
    })
  const showsDay = (format: number) => DAY_FORMATS.has(format) || /[dy]/i.test(bare(own.get(format) ?? ""))
  const days = formats.map(showsDay)
  return { isDay: (style) => days[style] === true, startsIn1904 }
}

/** A format without what it only quotes. */
const bare = (format: string): string => format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "")

/** One row of the sheet after the other. */
class Sheet implements XmlReader {
  #ready: TableRow[] = []
  #number = 0
  #cells: string[] = []
  #formulas: number[] = []
  #place = -1
  #kind = "n"
  #style = 0
  #value = ""
  #takes = false

  constructor(
    private readonly shared: readonly string[],
    private readonly styles: Styles,
  ) {}

  rows(): TableRow[] {
    return this.#ready.splice(0)
  }

  open(name: string, attributes: string, isEmpty: boolean): void {
    if (name === "row") {
      this.#number = Number(attribute(attributes, "r")) || this.#number + 1
      ;[this.#cells, this.#formulas, this.#place] = [[], [], -1]
    } else if (name === "c") {
      this.#place = placeOf(attribute(attributes, "r")) ?? this.#place + 1
      if (this.#place >= tableLimits.columns) cannotRead("table.too_many_columns", { most: tableLimits.columns })
      this.#kind = attribute(attributes, "t") ?? "n"
      this.#style = Number(attribute(attributes, "s") ?? 0)
      this.#value = ""
    } else if (name === "f") this.#formulas.push(this.#place)
    else if ((name === "v" || name === "t") && !isEmpty) this.#takes = true
  }

  text(text: string): void {
    if (!this.#takes) return
    this.#value += text
    if (this.#value.length > tableLimits.cellCharacters) cannotRead("table.cell_too_long", { row: this.#number })
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.#takes = false
    if (name === "c") this.#endCell()
    if (name === "row") this.#endRow()
  }

  #endCell(): void {
    if (this.#kind === "e") this.#formulas.push(this.#place)
    const value = this.#shown()
    if (value === "") return
    while (this.#cells.length < this.#place) this.#cells.push("")
    this.#cells[this.#place] = value
  }

  #shown(): string {
    if (this.#value === "") return ""
    if (this.#kind === "s") return this.shared[Number(this.#value)] ?? ""
    if (this.#kind === "b") return this.#value === "1" ? "TRUE" : "FALSE"
    if (this.#kind !== "n") return this.#value
    const number = Number(this.#value)
    if (!Number.isFinite(number)) return this.#value
    return this.styles.isDay(this.#style) ? dayOf(number, this.styles.startsIn1904) : plainNumber(number)
  }

  #endRow(): void {
    const row = { number: this.#number, cells: this.#cells, formulas: this.#formulas }
    if (isBlank(row.cells) && row.formulas.length === 0) return
    demandSensible(row)
    this.#ready.push(row)
  }
}

/** `BC5` → 54. */
function placeOf(address: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(address ?? "")?.[0]
  if (!letters) return null
  return [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** Phone numbers are often kept as numbers: never 3.9E+11. */
const plainNumber = (number: number): string =>
  Number.isSafeInteger(number) ? number.toFixed(0) : String(Number(number.toPrecision(15)))

/** Days since the end of 1899, or 1904 on old Macs; with the time of day where there is one. */
function dayOf(serial: number, startsIn1904: boolean): string {
  const days = startsIn1904 ? serial + 1_462 : serial
  const at = Math.round((days - 25_569) * 86_400) * 1_000
  if (!(Math.abs(at) < 8.64e15)) return String(serial)
  const [day = "", time = ""] = new Date(at).toISOString().split("T")
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 8)}`
}

async function readWhole(
  bytes: Bytes,
  archive: Archive,
  path: string,
  open: (name: string, attributes: string) => void,
): Promise<void> {
  const xml = new Xml({ open, close() {}, text() {} })
  for await (const text of textsOf(bytes, archive, path)) xml.take(text)
}

async function* textsOf(bytes: Bytes, archive: Archive, path: string): AsyncGenerator<string> {
  const entry = archive.get(path)
  if (!entry) return cannotRead("table.not_a_workbook")
  const decoder = new TextDecoder()
  for await (const piece of unpacked(bytes, entry)) yield decoder.decode(piece, { stream: true })
}
