/** The little of XML that a workbook is made of, read as it comes: elements, attributes, texts. Nothing is ever looked up. */
import { cannotRead } from "./table.ts"

export interface XmlReader {
  /** `name` without its namespace; `isEmpty`: it ends at once, and no `close` follows. */
  open(name: string, attributes: string, isEmpty: boolean): void
  close(name: string): void
  text(text: string): void
}

/** No tag of a workbook is nearly so long. */
const LONGEST_TAG = 100_000

export class Xml {
  #rest = ""

  constructor(private readonly reader: XmlReader) {}

  take(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      const start = text.indexOf("<", at)
      if (start < 0) break
      if (start > at) this.reader.text(unescaped(text.slice(at, start)))
      at = start
      const end = this.#endOf(text, start)
      if (end < 0) break
      this.#markup(text.slice(start + 1, end))
      at = end + 1
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > LONGEST_TAG) cannotRead("table.not_readable")
  }

  /** Where what begins here ends: comments and unparsed text may hold brackets. */
  #endOf(text: string, start: number): number {
    if (text.startsWith("<!--", start)) return endAfter(text, "-->", start + 4)
    if (text.startsWith("<![CDATA[", start)) return endAfter(text, "]]>", start + 9)
    return text.indexOf(">", start)
  }

  #markup(inner: string): void {
    const { reader } = this
    if (inner.startsWith("![CDATA[")) reader.text(inner.slice(8, -2))
    else if (inner.startsWith("!")) inner.startsWith("!--") || cannotRead("table.hostile")
    else if (inner.startsWith("/")) reader.close(localName(inner.slice(1).trimEnd()))
    else if (!inner.startsWith("?")) this.#element(inner)
  }

  #element(inner: string): void {
    const isEmpty = inner.endsWith("/")
    const tag = isEmpty ? inner.slice(0, -1) : inner
    const space = /\s/.exec(tag)?.index ?? tag.length
    this.reader.open(localName(tag.slice(0, space)), tag.slice(space), isEmpty)
  }
}

const endAfter = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length - 1
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

/** The value of an attribute, by its name without namespace. */
export function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found ? unescaped(found[1] ?? found[2] ?? "") : null
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

/** XML's own five and numbers; any other name would have to be defined, and a sheet defines none. */
export function unescaped(text: string): string {
  if (!text.includes("&")) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (_, hex?: string, number?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? cannotRead("table.hostile")
      const code = hex === undefined ? Number(number) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ""
    },
  )
}
