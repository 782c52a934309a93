/** Records of text cut at separators, as RFC 4180 and every spreadsheet write them. */
import { type Encoding, textOf } from "./encoding.ts"
import { type Bytes, cannotRead, demandSensible, isBlank, type Rows, type TableRow, tableLimits } from "./table.ts"

export const SEPARATORS = [",", ";", "\t"] as const
export type Separator = (typeof SEPARATORS)[number]

const LOOKED_AT = 30

/** The separator that cuts the first records most alike; what the file itself says (`sep=;`) goes before. */
export async function detectSeparator(bytes: Bytes, encoding: Encoding): Promise<Separator> {
  let best: { separator: Separator; score: number } = { separator: ",", score: 0 }
  for (const separator of SEPARATORS) {
    const { said, rows } = await firstRows(bytes, encoding, separator)
    if (said) return said
    const wide = rows[0]?.cells.length ?? 0
    const alike = rows.filter(({ cells }) => cells.length === wide).length
    const score = wide < 2 ? 0 : (alike / rows.length) * 1_000 + wide
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

async function firstRows(bytes: Bytes, encoding: Encoding, separator: Separator) {
  const cutter = new Cutter(separator)
  for await (const text of textOf({ ...bytes, size: Math.min(bytes.size, 65_536) }, encoding)) cutter.take(text)
  return { said: cutter.said, rows: cutter.rows().slice(0, LOOKED_AT) }
}

export async function* separatedRows(bytes: Bytes, encoding: Encoding, separator: Separator): Rows {
  const cutter = new Cutter(separator)
  for await (const text of textOf(bytes, encoding)) {
    cutter.take(text)
    yield cutter.rows()
  }
  cutter.end()
  yield cutter.rows()
}

/** Takes text in pieces and gives the records that are whole. */
class Cutter {
  /** The separator that the file names in its first line. */
  said: Separator | null = null
  #ready: TableRow[] = []
  #cells: string[] = []
  #cell = ""
  #number = 0
  /** Within quotes, or just behind a quote that may have ended them or be one of two. */
  #state: "plain" | "quoted" | "quote" = "plain"
  #skipsLineFeed = false

  constructor(private readonly separator: Separator) {}

  rows(): TableRow[] {
    return this.#ready.splice(0)
  }

  take(text: string): void {
    for (let at = 0; at < text.length; )
      at = this.#state === "quoted" ? this.#inQuotes(text, at) : this.#outside(text, at)
    if (this.#cell.length > tableLimits.cellCharacters) cannotRead("table.cell_too_long", { row: this.#number + 1 })
  }

  end(): void {
    if (this.#state === "quoted") cannotRead("table.quote_open", { row: this.#number + 1 })
    if (this.#cells.length > 0 || this.#cell !== "") this.#endRecord()
  }

  /** Everything up to the next quote is the cell's. */
  #inQuotes(text: string, at: number): number {
    const end = text.indexOf('"', at)
    this.#cell += text.slice(at, end < 0 ? text.length : end)
    if (end < 0) return text.length
    this.#state = "quote"
    return end + 1
  }

  #outside(text: string, at: number): number {
    const sign = text[at]!
    const afterLineEnd = this.#skipsLineFeed
    this.#skipsLineFeed = false
    if (afterLineEnd && sign === "\n") return at + 1
    if (sign === '"' && this.#state === "quote") {
      this.#cell += '"'
      this.#state = "quoted"
    } else if (sign === '"' && (this.#cell === "" || this.#cell === "=")) this.#state = "quoted"
    else if (sign === this.separator) this.#endCell()
    else if (sign === "\n" || sign === "\r") {
      this.#skipsLineFeed = sign === "\r"
      this.#endRecord()
    } else return this.#plain(text, at)
    return at + 1
  }

  /** A run of letters that mean nothing but themselves. */
  #plain(text: string, at: number): number {
    let end = at + 1
    while (end < text.length && !this.#means(text[end]!)) end++
    this.#cell += text.slice(at, end)
    this.#state = "plain"
    return end
  }

  #means(sign: string): boolean {
    return sign === this.separator || sign === '"' || sign === "\n" || sign === "\r"
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ""
    this.#state = "plain"
  }

  #endRecord(): void {
    this.#endCell()
    this.#number += 1
    const cells = this.#cells
    const number = this.#number
    this.#cells = []
    const named = number === 1 ? /^sep=([,;\t])$/i.exec(cells.join(this.separator)) : null
    if (named) this.said = named[1] as Separator
    if (named || isBlank(cells)) return
    demandSensible({ number, cells })
    this.#ready.push({ number, ...valuesIn(cells) })
  }
}

/**
 * A spreadsheet takes `=…` for a formula; `="0039…"` and a leading apostrophe are its ways, and ours, to write a text that is
 * none.
 */
function valuesIn(written: readonly string[]): Pick<TableRow, "cells" | "formulas"> {
  const formulas: number[] = []
  const cells = written.map((cell, index) => {
    if (cell.startsWith("'")) return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
    if (!cell.startsWith("=")) return cell
    const text = /^=(\+?[\d\s]+)$/.exec(cell)
    if (text) return text[1]!
    formulas.push(index)
    return cell
  })
  return { cells, formulas }
}
