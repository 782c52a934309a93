/**
 * Looking for words in everything that was said. All words have to be there, in any order, accents and case ignored;
 * what is typed last may be the beginning of a word; «"…"» keeps words together. Nothing else means anything, so that
 * nobody's typing is ever an error.
 */
import { plain } from "~/kernel/list.ts"

/** Words that follow each other, as they were typed; the last of them may go on where `isBeginning`. */
export type Term = { words: readonly string[]; isBeginning: boolean }
/** `terms` is never empty. */
export type Search = { terms: readonly Term[] }

/** A piece of a text; `isHit`: it was looked for. */
export type Piece = { words: string; isHit: boolean }

const MOST_TERMS = 8
const LONGEST = 100
/** Fewer letters begin too much. */
const LEAST_OF_A_BEGINNING = 3

/** What the index takes for a word: letters, digits, and what stands on them. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu

const wordsIn = (text: string): string[] => [...text.matchAll(WORD)].map(([word]) => word)

/** What somebody typed; null when there is no word in it. */
export function readSearch(typed: string): Search | null {
  const text = typed.slice(0, LONGEST).toWellFormed()
  const pieces = [...text.matchAll(/"([^"]*)("|$)|[^\s"]+/g)]
  const isOpen = /[\p{L}\p{N}\p{Co}\p{M}]$/u.test(text)
  const terms = pieces.flatMap(([whole, kept], index): Term[] => {
    const words = wordsIn(kept ?? whole)
    const last = words.at(-1)
    if (last === undefined) return []
    const isLast = index === pieces.length - 1
    return [{ words, isBeginning: isLast && isOpen && last.length >= LEAST_OF_A_BEGINNING }]
  })
  return terms.length === 0 ? null : { terms: terms.slice(0, MOST_TERMS) }
}

/**
 * The search as the index is asked (SQLite's FTS5). `endings`: the words that a beginning is known to have, which the
 * index finds sooner than by the beginning itself; null: as it is.
 */
export function matchOf({ terms }: Search, endings: readonly string[] | null = null): string {
  return terms.map((term) => (term.isBeginning && endings ? oneOf(term, endings) : phrase(term))).join(" AND ")
}

/** A text as one phrase of a question to the index. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const phrase = ({ words, isBeginning }: Term): string => `${quoted(words.join(" "))}${isBeginning ? " *" : ""}`

function oneOf({ words }: Term, endings: readonly string[]): string {
  const before = words.slice(0, -1)
  return `(${endings.map((ending) => quoted([...before, ending].join(" "))).join(" OR ")})`
}

/**
 * Words by three letters at a time, as the index of names is asked: who has all of them may have the words, and nobody
 * else has. None: no word is that long, or one is of what the index cannot hold.
 */
export function piecesOf(words: readonly string[]): string[] {
  if (words.some((word) => word.includes("\0") || !word.isWellFormed())) return []
  const pieces = words.flatMap((word) => {
    const letters = [...word]
    return letters.slice(2).map((_, index) => letters.slice(index, index + 3).join(""))
  })
  return [...new Set(pieces)]
}

/** The beginning of a word that was typed last, without case and accents; null when whole words were. */
export function beginningIn({ terms }: Search): string | null {
  const word = terms.find(({ isBeginning }) => isBeginning)?.words.at(-1)
  return word === undefined ? null : plain(word)
}

const BEFORE = 40
const AFTER = 80

/** The text around the first of what was looked for, on one line, and the hits in it; its beginning where none is seen. */
export function excerpt(text: string, search: Search): Piece[] {
  const hits = hitsIn(text, search)
  const first = hits[0]?.from ?? 0
  const from = first <= BEFORE ? 0 : startOfWord(text, first - BEFORE)
  const until = Math.min(text.length, Math.max(hits[0]?.until ?? 0, first) + AFTER)
  const pieces: Piece[] = from > 0 ? [{ words: "…", isHit: false }] : []
  let at = from
  for (const hit of hits.filter((one) => one.until <= until)) {
    pieces.push(
      { words: text.slice(at, hit.from), isHit: false },
      { words: text.slice(hit.from, hit.until), isHit: true },
    )
    at = hit.until
  }
  pieces.push({ words: text.slice(at, until), isHit: false })
  if (until < text.length) pieces.push({ words: "…", isHit: false })
  return pieces
    .map(({ words, isHit }) => ({ words: words.replace(/\s+/g, " ").toWellFormed(), isHit }))
    .filter(({ words }) => words !== "")
}

function startOfWord(text: string, from: number): number {
  const gap = text.slice(from, from + BEFORE).search(/\s/)
  return gap < 0 ? from : from + gap + 1
}

type Span = { from: number; until: number }

/** Where the terms are in the text, in its order, none over another. */
function hitsIn(text: string, search: Search): Span[] {
  const terms = search.terms.map(({ words, isBeginning }) => ({ words: words.map(plain), isBeginning }))
  const words = [...text.matchAll(WORD)].map((match) => {
    return { word: plain(match[0]), from: match.index, until: match.index + match[0].length }
  })
  const found: Span[] = []
  for (let index = 0; index < words.length; index++) {
    const longest = Math.max(
      0,
      ...terms.filter((term) => standsAt(words, index, term)).map((term) => term.words.length),
    )
    const first = words[index]
    const last = words[index + longest - 1]
    if (longest === 0 || !first || !last) continue
    found.push({ from: first.from, until: last.until })
    index += longest - 1
  }
  return found
}

const standsAt = (words: readonly { word: string }[], from: number, { words: wanted, isBeginning }: Term): boolean =>
  wanted.every((word, index) => {
    const there = words[from + index]?.word
    if (there === undefined) return false
    return isBeginning && index === wanted.length - 1 ? there.startsWith(word) : there === word
  })
