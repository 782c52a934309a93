/** Text as WhatsApp shows it: its marks, its lists and quotes, and what in it leads somewhere. Pure: nothing is drawn here. */

export type Span = string | { mark: Mark; spans: Span[] } | { code: string } | Link
export type Mark = "bold" | "italic" | "strike"
/** `host`: where it really leads, when that is not what is written. */
export type Link = { href: string; text: string; host: string | null }
export type Block =
  | { block: "text" | "quote"; spans: Span[] }
  | { block: "bullets" | "numbers"; items: Span[][]; start: number }
  | { block: "code"; text: string }

/** Beyond any message that WhatsApp takes: what is longer is shown as it is. */
const LONGEST_FORMATTED = 5_000
/** What is marked is a phrase, not a page: no mark is sought further than this. */
const LONGEST_MARKED = 1_000

export function blocksOf(text: string): Block[] {
  if (text.length > LONGEST_FORMATTED) return [{ block: "text", spans: [text] }]
  const parts = text
    .split(/```\n?([^`]*\n[^`]*?)\n?```\n?/)
    .map((part, index) => (index % 2 ? part.replace(/\n$/, "") : part))
  return parts.flatMap((part, index): Block[] => {
    if (index % 2 === 1) return [{ block: "code", text: part }]
    const trimmed = index > 0 || parts.length > 1 ? part.replace(/\n$/, "") : part
    return trimmed === "" && parts.length > 1 ? [] : linesOf(trimmed)
  })
}

/** The same without blocks: for one line. */
export const spansOf = (text: string): Span[] => (text.length > LONGEST_FORMATTED ? [text] : marked(units(text)))

type Line = { kind: "text" | "quote" | "bullets" | "numbers"; words: string; start: number }

/** Neighbouring lines of one kind are one block. */
function linesOf(text: string): Block[] {
  const groups: Line[][] = []
  for (const line of text.split("\n").map(lineOf)) {
    const last = groups.at(-1)
    if (last?.[0]?.kind === line.kind) last.push(line)
    else groups.push([line])
  }
  return groups.flatMap((lines): Block[] => {
    const [{ kind, start }] = lines as [Line]
    const words = lines.map(({ words }) => words)
    if (kind === "text" || kind === "quote") return [{ block: kind, spans: spansOf(words.join("\n")) }]
    return [{ block: kind, start, items: words.map(spansOf) }]
  })
}

function lineOf(line: string): Line {
  const quoted = /^> ?(.+)$/.exec(line)
  if (quoted) return { kind: "quote", words: quoted[1] ?? "", start: 1 }
  const bullet = /^[-*] (.+)$/.exec(line)
  if (bullet) return { kind: "bullets", words: bullet[1] ?? "", start: 1 }
  const numbered = /^(\d{1,2})\. (.+)$/.exec(line)
  if (numbered) return { kind: "numbers", words: numbered[2] ?? "", start: Number(numbered[1]) }
  return { kind: "text", words: line, start: 1 }
}

/** A letter, or something that is one piece already. */
type Unit = string | { code: string } | Link

const CODE = /```([^`\n]+)```|`([^`\n]+)`/g
/** No blank, no quotation mark, nothing invisible and nothing that turns the reading direction around. */
const IN_ADDRESS = "[^\\s<>\"'`\\u0000-\\u001f\\u007f-\\u00a0\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]"
const LEADS = new RegExp(
  [
    `https?://${IN_ADDRESS}{1,2000}`,
    `(?<![\\w@./-])www\\.${IN_ADDRESS}{1,2000}`,
    "(?<![\\w.+@/-])[\\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,24}(?![\\w-])",
    "(?<![\\w+])(?:\\+|00)\\d[\\d ().-]{6,18}\\d(?!\\w)",
  ].join("|"),
  "giu",
)

function units(text: string): Unit[] {
  return splitBy(text, CODE, (match) => ({ code: match[1] ?? match[2] ?? "" })).flatMap((part) =>
    typeof part === "string" ? splitBy(part, LEADS, (match) => linkOf(match[0])).flatMap(letters) : [part],
  )
}

const letters = (part: Unit): Unit[] => (typeof part === "string" ? [...part] : [part])

/** Text between matches, and what the matches are; one that is nothing stays text. */
function splitBy(text: string, pattern: RegExp, make: (match: RegExpMatchArray) => Unit | null): Unit[] {
  const parts: Unit[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const made = make(match)
    if (made === null) continue
    const length = "text" in (made as object) ? (made as Link).text.length : match[0].length
    parts.push(text.slice(from, match.index), made)
    from = match.index + length
  }
  return [...parts, text.slice(from)].filter((part) => part !== "")
}

function linkOf(found: string): Link | null {
  if (/^(\+|00)\d/.test(found)) return phoneLink(found)
  if (!/^(https?:\/\/|www\.)/i.test(found)) return { href: `mailto:${found}`, text: found, host: null }
  return webLink(withoutEnd(found))
}

function phoneLink(found: string): Link | null {
  const digits = found.replace(/^00/, "+").replace(/[^\d+]/g, "")
  return digits.length >= 9 && digits.length <= 16 ? { href: `tel:${digits}`, text: found, host: null } : null
}

/** Only what is what it seems: no user name before the host, and a host in foreign letters says its real name. */
function webLink(text: string): Link | null {
  const address = /^www\./i.test(text) ? `https://${text}` : text
  if (!URL.canParse(address)) return null
  const { href, protocol, hostname, username, password } = new URL(address)
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "" || !hostname.includes(".")) return null
  const written = address.replace(/^https?:\/\//i, "").toLowerCase()
  return { href, text, host: written.startsWith(hostname) ? null : hostname }
}

/** What ends the sentence does not belong to the address in it. */
function withoutEnd(address: string): string {
  let end = address.length
  while (end > 0) {
    const last = address[end - 1] ?? ""
    const isOpen = last === ")" && address.slice(0, end).split("(").length >= address.slice(0, end).split(")").length
    if (isOpen || !/[.,;:!?)\]}*_~…»”’]/.test(last)) break
    end--
  }
  return address.slice(0, end)
}

const MARKS: Readonly<Record<string, Mark>> = { "*": "bold", _: "italic", "~": "strike" }

/** A mark opens before a word and closes after one, on the same line. */
function marked(all: readonly Unit[], within: ReadonlySet<string> = new Set()): Span[] {
  const spans: Span[] = []
  let plain = ""
  const flush = () => {
    if (plain !== "") spans.push(plain)
    plain = ""
  }
  for (let at = 0; at < all.length; at++) {
    const unit = all[at] ?? ""
    const end = typeof unit === "string" && MARKS[unit] && !within.has(unit) ? closing(all, at) : -1
    if (end > 0) {
      flush()
      const mark = MARKS[unit as string] as Mark
      spans.push({ mark, spans: marked(all.slice(at + 1, end), new Set([...within, unit as string])) })
      at = end
    } else if (typeof unit === "string") plain += unit
    else {
      flush()
      spans.push(unit)
    }
  }
  flush()
  return spans
}

function closing(all: readonly Unit[], open: number): number {
  const mark = all[open]
  const next = all[open + 1]
  if (isWord(all[open - 1]) || next === undefined || isBlank(next) || next === mark) return -1
  const end = Math.min(all.length, open + LONGEST_MARKED)
  for (let at = open + 2; at < end && all[at] !== "\n"; at++)
    if (all[at] === mark && !isBlank(all[at - 1]) && !isWord(all[at + 1])) return at
  return -1
}

const isWord = (unit: Unit | undefined) => typeof unit === "string" && /[\p{L}\p{N}]/u.test(unit)
const isBlank = (unit: Unit | undefined) => typeof unit === "string" && /\s/.test(unit)
