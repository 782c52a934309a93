/** Tables as people and programs write them, and as somebody writes them who means harm. */
import { describe, expect, test } from "bun:test"
import { constants, deflateRawSync } from "node:zlib"
import { strToU8, zipSync } from "fflate"
import { Refused } from "~/kernel/step.ts"
import { detectReading, readTable } from "~/kernel/table/reading.ts"
import type { Bytes, TableReading, TableRow } from "~/kernel/table/table.ts"

const bytesOf = (given: Uint8Array | string): Bytes => {
  const bytes = typeof given === "string" ? strToU8(given) : given
  return { size: bytes.length, read: async (from, to) => bytes.slice(from, to) }
}

async function rowsOf(given: Uint8Array | string, wanted?: TableReading): Promise<TableRow[]> {
  const bytes = bytesOf(given)
  const rows: TableRow[] = []
  for await (const some of readTable(bytes, wanted ?? (await detectReading(bytes)))) rows.push(...some)
  return rows
}
const cellsOf = async (given: Uint8Array | string) => (await rowsOf(given)).map(({ cells }) => cells)

async function refusalOf(given: Uint8Array | string): Promise<string> {
  try {
    await rowsOf(given)
  } catch (error) {
    if (error instanceof Refused) return error.refusal.refused
    throw error
  }
  return "read"
}

const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le")
  return new Uint8Array(isBig ? bytes.swap16() : bytes)
}

describe("Text", () => {
  test.each<[string, Uint8Array, object]>([
    ["UTF-8", strToU8("Città,Età\nForlì,3"), { encoding: "utf-8", separator: "," }],
    ["UTF-8 with its mark", strToU8("\uFEFFCittà;Età\nForlì;3"), { encoding: "utf-8", separator: ";" }],
    [
      "Windows-1252",
      new Uint8Array(Buffer.from("Città\tEtà\nForlì\t3", "latin1")),
      { encoding: "windows-1252", separator: "\t" },
    ],
    ["UTF-16", utf16("Città;Età\nForlì;3", false), { encoding: "utf-16le", separator: ";" }],
    ["UTF-16, big-endian", utf16("Città;Età\nForlì;3", true), { encoding: "utf-16be", separator: ";" }],
    ["UTF-16 without its mark", utf16("Città;Età\nForlì;3", false).slice(2), { encoding: "utf-16le", separator: ";" }],
  ])("in %s is read as it was meant", async (_, bytes, reading) => {
    expect(await detectReading(bytesOf(bytes))).toEqual({ format: "csv", ...reading } as TableReading)
    expect(await cellsOf(bytes)).toEqual([
      ["Città", "Età"],
      ["Forlì", "3"],
    ])
  })

  test.each<[string, string, string[][]]>([
    [
      "quotes, line ends and separators within a cell",
      'a,b\r\n"1, ""2""\r\n3",x',
      [
        ["a", "b"],
        ['1, "2"\r\n3', "x"],
      ],
    ],
    [
      "a separator that the file names",
      "sep=;\na;b,c\n1;2",
      [
        ["a", "b,c"],
        ["1", "2"],
      ],
    ],
    [
      "old Mac line ends",
      "a;b\r1;2\r",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "commas in prices, semicolons between",
      "n;p\nx;1,50\ny;2,50\n",
      [
        ["n", "p"],
        ["x", "1,50"],
        ["y", "2,50"],
      ],
    ],
    [
      "empty lines",
      "a;b\n\n;;\n1;2\n\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "numbers kept as text",
      'a,b\n="0039345",\'+39',
      [
        ["a", "b"],
        ["0039345", "+39"],
      ],
    ],
    [
      "a quote inside a word",
      'a,b\n5" screen,x',
      [
        ["a", "b"],
        ['5" screen', "x"],
      ],
    ],
  ])("with %s", async (_, text, cells) => expect(await cellsOf(text)).toEqual(cells))

  test("knows a formula when it sees one", async () => {
    const [, row] = await rowsOf("name,phone\n=cmd|' /C calc'!A0,=1+1")
    expect(row?.formulas).toEqual([0, 1])
  })

  test("numbers its rows as the file has them", async () =>
    expect((await rowsOf("a;b\n\n1;2\n3;4")).map(({ number }) => number)).toEqual([1, 3, 4]))

  test("a quote that is never closed is named, not swallowed", async () =>
    expect(await refusalOf('a,b\n1,"2\n3,4')).toBe("table.quote_open"))

  test("a cell without end fills no memory", async () =>
    expect(await refusalOf(`a,b\n"${"x".repeat(1_000_000)}`)).toBe("table.cell_too_long"))

  test("nobody has ten thousand columns", async () =>
    expect(await refusalOf(`${"a,".repeat(10_000)}b`)).toBe("table.too_many_columns"))
})

const BOOK = `<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="Hidden" state="hidden" r:id="r1"/><sheet name="A" r:id="r2"/></sheets></workbook>`
const RELS = `<Relationships><Relationship Id="r1" Target="worksheets/other.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
const STYLES = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="0.00&quot;d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs></styleSheet>`

function workbook(sheet: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  const parts: Record<string, string | Uint8Array> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": RELS,
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([path, text]) => [path, typeof text === "string" ? strToU8(text) : text]),
    ),
  )
}

describe("A workbook", () => {
  test("is read cell by cell, whatever kind a cell is of", async () => {
    const shared = `<sst><si><t>Anna</t></si><si><r><t>Ros</t></r><r><t>si &amp; &#x43;o</t></r><rPh><t>no</t></rPh></si><si/></sst>`
    const sheet = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
      <row r="4"><c t="inlineStr"><is><t>in line</t></is></c><c><v>393455550172</v></c><c><v>3.93455550172E11</v></c><c t="b"><v>1</v></c></row>
      <row r="5"><c s="1"><v>45366</v></c><c s="2"><v>1.5</v></c><c s="3"><v>45366.5</v></c><c t="str"><v>said</v></c></row>
      <row r="6"/><x:row xmlns:x="y" r="7"><x:c t="n"><x:v>0.1</x:v></x:c></x:row>`
    expect(await rowsOf(workbook(sheet, { "xl/sharedStrings.xml": shared }))).toEqual([
      { number: 1, cells: ["Anna", "", "Rossi & Co"], formulas: [] },
      { number: 4, cells: ["in line", "393455550172", "393455550172", "TRUE"], formulas: [] },
      { number: 5, cells: ["2024-03-15", "1.5", "2024-03-15 12:00:00", "said"], formulas: [] },
      { number: 7, cells: ["0.1"], formulas: [] },
    ])
  })

  test("says where a formula stands, and what failed", async () => {
    const [row] = await rowsOf(
      workbook(`<row><c><f>A1+1</f><v>2</v></c><c t="e"><v>#REF!</v></c><c><v>3</v></c></row>`),
    )
    expect(row).toEqual({ number: 1, cells: ["2", "#REF!", "3"], formulas: [0, 1] })
  })

  test.each<[string, Uint8Array | string, string]>([
    [
      "of another age, or behind a password",
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      "table.old_excel",
    ],
    ["that is an archive of something else", zipSync({ "a.txt": strToU8("a") }), "table.not_a_workbook"],
    ["cut off in the middle", workbook("<row><c><v>1</v></c></row>").slice(0, 300), "table.not_readable"],
    [
      "that defines words of its own",
      workbook(`<!DOCTYPE x [<!ENTITY a "b">]><row><c><v>&a;</v></c></row>`),
      "table.hostile",
    ],
    ["that uses words nobody defined", workbook("<row><c t='str'><v>&lol9;</v></c></row>"), "table.hostile"],
    ["with a tag without end", workbook(`<row ${"a".repeat(500_000)}`), "table.not_readable"],
    ["with a cell far to the right", workbook(`<row><c r="XFD1"><v>1</v></c></row>`), "table.too_many_columns"],
    [
      "with a text that is a book",
      workbook(`<row><c t="str"><v>${"x".repeat(40_000)}</v></c></row>`),
      "table.cell_too_long",
    ],
    ["that is a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0]), "table.not_a_table"],
    ["that is nothing", "", "table.empty"],
  ])("%s is refused in words", async (_, bytes, refused) => expect(await refusalOf(bytes)).toBe(refused))

  test("one that unpacks to more than any list is refused before it fills the memory", async () => {
    const megabytes = 1_100
    const block = deflateRawSync(Buffer.alloc(1_000_000, `<a/>${" ".repeat(90_000)}`), {
      finishFlush: constants.Z_FULL_FLUSH,
    })
    const endless = Buffer.concat([...Array.from({ length: megabytes }, () => block), Buffer.from([3, 0])])
    const bomb = packedAs(endless)
    expect(bomb.length).toBeLessThan(2_000_000)
    Bun.gc(true)
    const before = process.memoryUsage.rss()
    expect(await refusalOf(bomb)).toBe("table.too_much_inside")
    // Unpacked as a whole it would be more than a thousand megabytes; what other tests left lying about is a hundred.
    expect(process.memoryUsage.rss() - before).toBeLessThan(400_000_000)
  })
})

/** A workbook whose sheet is these bytes, said to be deflated: an archive that keeps them as they are, told otherwise. */
function packedAs(sheet: Uint8Array): Uint8Array {
  const archive = zipSync({
    "xl/workbook.xml": strToU8(BOOK),
    "xl/_rels/workbook.xml.rels": strToU8(RELS),
    "xl/worksheets/sheet1.xml": [sheet, { level: 0 }],
  })
  const directory = Buffer.from(archive).lastIndexOf("xl/worksheets/sheet1.xml") - 46
  archive[directory + 10] = 8
  return archive
}
