/** What may be typed when words are looked for, and what the index is asked. Every question is put to a real index. */
import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { excerpt, matchOf, piecesOf, readSearch, type Search } from "~/message/rules/words.ts"

const index = new Database(":memory:")
index.run("CREATE VIRTUAL TABLE said USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 2')")
const ask = (match: string) => index.query("SELECT rowid FROM said WHERE words MATCH ?").all(match)

const asked = (typed: string): string | null => {
  const search = readSearch(typed)
  if (search === null) return null
  const match = matchOf(search)
  expect(() => ask(match)).not.toThrow()
  return match
}

describe("What is typed", () => {
  test.each([
    ["boat", '"boat" *'],
    ["blue boat", '"blue" AND "boat" *'],
    ["blue boat ", '"blue" AND "boat"'],
    ["  Perché   NO ", '"Perché" AND "NO"'],
    ["no", '"no"'],
    ['"blue boat"', '"blue boat"'],
    ['"blue boat', '"blue boat" *'],
    ['"blue boat" red', '"blue boat" AND "red" *'],
    ["l'Aurora", '"l Aurora" *'],
    ["ORD-4471/b", '"ORD 4471 b"'],
    ["+39 345 555-0172", '"39" AND "345" AND "555 0172" *'],
    ["mario.rossi@example.com", '"mario rossi example com" *'],
    ["straße", '"straße" *'],
    ["Ελλάς", '"Ελλάς" *'],
    ["日本語", '"日本語" *'],
    ["e\u0301tude", '"e\u0301tude" *'],
  ])("%s is asked as %s", (typed, match) => expect(asked(typed)).toBe(match))

  test.each(["", "   ", "***", '""', '"', "😀", "-", "()", ":", "^", "\u0000", "\ud800"])("%j has no word", (typed) => {
    expect(readSearch(typed)).toBeNull()
  })

  test.each([
    "a AND",
    "NOT a",
    "NEAR(a b)",
    "a OR (b",
    "words : a",
    "tenant:1",
    "{tenant words}: 1",
    "a* b*",
    "a^2 + b",
    '" OR tenant:"2',
    '"a" "b" "c',
    "'; DROP TABLE message; --",
    "a\u0000b",
    "\ud800boat",
    `${"x ".repeat(500)}`,
    '"'.repeat(99),
    "x".repeat(500),
  ])("%j means nothing but its words, and is never an error", (typed) => {
    const match = asked(typed)
    expect(match ?? '""').not.toMatch(/(^|[^"\w ])\w+ *:|\bNOT (?!")|\bNEAR\(/)
  })

  test("is bounded: eight words, a hundred letters", () => {
    expect(readSearch(Array.from({ length: 30 }, (_, at) => `w${at}`).join(" "))?.terms).toHaveLength(8)
    expect(readSearch("y".repeat(300))?.terms[0]?.words[0]).toHaveLength(100)
  })

  test("goes on as the words that are known to begin so", () => {
    expect(matchOf(readSearch('"blue boa') as Search, ["boat", "boats"])).toBe('("blue boat" OR "blue boats")')
    expect(matchOf(readSearch("red boa") as Search, ["boat"])).toBe('"red" AND ("boat")')
  })
})

test.each([
  [["rossi"], ["ros", "oss", "ssi"]],
  [
    ["al", "anna"],
    ["ann", "nna"],
  ],
  [
    ["anna", "nanna"],
    ["ann", "nna", "nan"],
  ],
  [["è", "al"], []],
  [["\u{1f600}ab"], ["\u{1f600}ab"]],
  [["ab\0cd"], []],
])("%j is looked for in names by %j", (words, pieces) => expect(piecesOf(words)).toEqual(pieces))

describe("What is shown of a text", () => {
  const shown = (text: string, typed: string) =>
    excerpt(text, readSearch(typed) as Search)
      .map(({ words, isHit }) => (isHit ? `[${words}]` : words))
      .join("")

  test.each([
    ["About the blue boat", "boa", "About the blue [boat]"],
    ["Perché PERCHE perchè", "perché ", "[Perché] [PERCHE] [perchè]"],
    ["A boathouse, a boat", "boat ", "A boathouse, a [boat]"],
    ["The blue boat and the boat", '"blue boat" ', "The [blue boat] and the boat"],
    ["L'Aurora è pronta", "aurora e ", "L'[Aurora] [è] pronta"],
    ["line one\nboat\tthere", "boat ", "line one [boat] there"],
    ["<b>boat</b> & <mark>", "boat ", "<b>[boat]</b> & <mark>"],
    ["nothing of it", "boat", "nothing of it"],
    ["", "boat", ""],
    ["e\u0301tude", "étude ", "[e\u0301tude]"],
    ["👍🏽 boat 👍🏽", "boat ", "👍🏽 [boat] 👍🏽"],
  ])("%j with %j is %j", (text, typed, wanted) => expect(shown(text, typed)).toBe(wanted))

  test("is cut around the first hit, at whole words, and says so", () => {
    const text = `${"before ".repeat(40)}boat ${"after ".repeat(40)}`
    const found = shown(text, "boat ")
    expect(found).toMatch(/^…(before )+\[boat\] (after )+.*…$/)
    expect(found.length).toBeLessThan(160)
  })

  test("is whole text even where a cut would halve a letter", () => {
    const pieces = excerpt(`boat ${"x".repeat(74)}${"👍".repeat(20)}`, readSearch("boat ") as Search)
    expect(pieces.every(({ words }) => words.isWellFormed())).toBe(true)
  })

  test("is found wherever the index finds it", () => {
    const texts = [
      "Perché no?",
      "ÀÈÌÒÙ",
      "Ελλάς",
      "naïve café",
      "ord-4471",
      "e\u0301tude",
      "日本語 テスト",
      "Łódź",
      "İstanbul",
    ]
    for (const [at, text] of texts.entries())
      index.query("INSERT INTO said (rowid, words) VALUES (?, ?)").run(at + 1, text)
    for (const text of texts) {
      const search = readSearch(`${text} `) as Search
      expect([text, ask(matchOf(search)).length]).toEqual([text, 1])
      expect([text, excerpt(text, search).some(({ isHit }) => isHit)]).toEqual([text, true])
    }
  })
})
