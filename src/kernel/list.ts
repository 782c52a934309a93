/**
 * A list that people search, filter, sort and page through. A noun describes its list once (`ListShape`); the address
 * of the page says what is asked for (`readAsk`), `database/listing.ts` finds the rows, `views/list` draws them, and
 * `web/spreadsheet.ts` writes the same rows into a file. `/styleguide` tells how the pieces go together.
 */
import { parseId } from "./id.ts"

/** Reads one value of a filter from the address; null when it cannot be one. */
export type FilterValue = string | number
export type FilterReader = (text: string) => FilterValue | null

export type ListShape<Column extends string = string, Filter extends string = string> = {
  /** Under this name a person's choice of columns is kept. */
  readonly name: string
  /** In the order of the table. The first names the row and is always there; `isExtra` ones only when chosen. */
  readonly columns: Readonly<Record<Column, { sorts?: boolean; isExtra?: boolean }>>
  readonly filters: Readonly<Record<Filter, FilterReader>>
  readonly sort: { readonly by: Column; readonly descending: boolean }
}

/** Where a page begins or ends: the sort key and the id of a row that is on the neighbouring page. */
export type ListCursor = { side: "after" | "before"; key: string | number; id: number }

export type ListAsk<Column extends string = string, Filter extends string = string> = {
  /** As typed. */
  words: string
  filters: Readonly<Partial<Record<Filter, readonly FilterValue[]>>>
  /** `isUsual`: nobody has asked for another order. */
  sort: { by: Column; descending: boolean; isUsual: boolean }
  cursor: ListCursor | null
  /** What is shown, in the order of the table. */
  columns: readonly Column[]
}

/** Rows in the order that was asked for; `first` is the place of the first one, from 1. */
export type ListPage<Row> = {
  rows: readonly Row[]
  first: number
  /** How many fit; counted up to `LIST_COUNTS_TO`, beyond which only `isMore` is known. */
  count: number
  isMore: boolean
  previous: ListCursor | null
  next: ListCursor | null
}

export const LIST_PAGE_ROWS = 50
export const LIST_COUNTS_TO = 10_000
const MOST_VALUES = 20
const LONGEST_WORDS = 100
export const MOST_WORDS = 6

/** A filter over words of ours. */
export const oneOfWords =
  (words: readonly string[]): FilterReader =>
  (text) =>
    words.includes(text) ? text : null

/** A filter over rows of another noun. */
export const anyId: FilterReader = parseId

/** What a page's address asks for; what it cannot mean is left out. `chosen`: the columns a person wants, null for the usual ones. */
export function readAsk<Column extends string, Filter extends string>(
  shape: ListShape<Column, Filter>,
  asked: URLSearchParams,
  chosen: readonly string[] | null = null,
): ListAsk<Column, Filter> {
  const names = Object.keys(shape.columns) as Column[]
  return {
    words: (asked.get("q") ?? "").trim().slice(0, LONGEST_WORDS),
    filters: filtersIn(shape, asked),
    sort: sortIn(shape, asked.get("sort") ?? ""),
    cursor: cursorIn(asked),
    columns: names.filter((name, index) =>
      index === 0 ? true : chosen ? chosen.includes(name) : !shape.columns[name].isExtra,
    ),
  }
}

function filtersIn<Filter extends string>(shape: ListShape<string, Filter>, asked: URLSearchParams) {
  const filters: Partial<Record<Filter, readonly FilterValue[]>> = {}
  for (const name of Object.keys(shape.filters) as Filter[]) {
    const values = asked.getAll(name).map(shape.filters[name])
    const known = [...new Set(values.filter((value) => value !== null))].slice(0, MOST_VALUES)
    if (known.length > 0) filters[name] = known
  }
  return filters
}

/** `name` ascends, `-name` descends. */
function sortIn<Column extends string>({ columns, sort }: ListShape<Column>, text: string) {
  const by = text.replace(/^-/, "") as Column
  if (!Object.hasOwn(columns, by) || !columns[by].sorts) return { ...sort, isUsual: true }
  const descending = text.startsWith("-")
  return { by, descending, isUsual: by === sort.by && descending === sort.descending }
}

/** `123~rossi anna`: the id, and the sort key as text or, after `#`, as a number. */
function cursorIn(asked: URLSearchParams): ListCursor | null {
  const side = asked.has("before") ? "before" : "after"
  const match = /^(\d{1,16})~(#?)(.*)$/s.exec(asked.get(side) ?? "")
  const id = parseId(match?.[1] ?? "")
  if (!match || id === null) return null
  const text = match[3] ?? ""
  const key = match[2] ? Number(text) : text
  return Number.isNaN(key) ? null : { side, key, id }
}

/** The words one by one, as they are compared. */
export const wordsOf = (typed: string): string[] => plain(typed).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)

/** Case and accents make no difference to whoever searches or sorts. */
export const plain = (text: string): string =>
  (WITHOUT_ACCENTS.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase()

/** Most of what is compared, in half of the time. */
const WITHOUT_ACCENTS = /^[ -~]*$/
