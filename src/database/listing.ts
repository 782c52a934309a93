/**
 * The rows of a list (kernel/list.ts): a noun gives the statement that finds them all, how each column sorts and what
 * each filter means; this adds search, order and the place in it. Pages are found by key, never by counting rows off;
 * a statement is compiled once for each combination of filters and order, and bound to the tenant like any other.
 */
import { type AliasableExpression, type Expression, type SelectQueryBuilder, type SqlBool, sql } from "kysely"
import type { Id } from "~/kernel/id.ts"
import {
  type FilterValue,
  LIST_COUNTS_TO,
  LIST_PAGE_ROWS,
  type ListAsk,
  type ListCursor,
  type ListPage,
  wordsOf,
} from "~/kernel/list.ts"
import type { Reader } from "./handles.ts"
import { query, type SqlValue, statement, type TenantStatement } from "./statement.ts"
import type { Tables } from "./tables.ts"

/** What of the asked a statement has to answer to: conditions for its `where`, none where nothing was asked. */
export type ListPlan = {
  /** Every word that was typed is somewhere in `texts`, accents and case ignored. */
  words(...texts: Expression<string | null>[]): Expression<SqlBool>[]
  /** The same in a text that is kept as it is compared (kernel/list.ts, `plain`): nothing is computed for each row. */
  plainWords(text: Expression<string>): Expression<SqlBool>[]
  /** Narrows down to ids that were found elsewhere, kept as JSON in a filter (`idsFilter`); null where it is not in use. */
  among(name: string, id: Expression<number>): Expression<SqlBool> | null
  /** The same ids as rows to begin with: whoever joins from them (`crossJoin`) looks up so many and goes through nothing. */
  found(name: string): SelectQueryBuilder<Tables, never, { id: Id }> | null
  /** The condition of a filter, with slots for the values that were chosen. */
  filter(name: string, condition: (values: never[]) => Expression<SqlBool>): Expression<SqlBool>[]
  /** The filters in use. */
  filters: readonly string[]
  /** The slot of the first value of a filter that is always in use: whose list it is. */
  value(name: string): never
}

export type ListingParts<Raw, Row> = {
  /** Every row of the list that `plan` leaves; no order, no limit. */
  rows(plan: ListPlan): { toOperationNode(): unknown; compile(): { query: unknown } } & Typed<Raw>
  /** A row as the page has it. */
  line(raw: Raw): Row
  /** The id by which rows of equal sort keys follow each other, such as `user.id`. */
  id: string
  /** The sort key of each column that sorts; never null. Texts: `plainly(…)`. */
  order: Readonly<Record<string, AliasableExpression<string | number>>>
}
type Typed<Raw> = { readonly expressionType?: Raw | undefined }

/** As it sorts and is searched: without accents and case (a function of the connection, database/file.ts). */
export const plainly = (...texts: Expression<string | null>[]) =>
  sql<string>`plain(${sql.join(
    texts.map((text) => sql`ifnull(${text}, '')`),
    sql` || ' ' || `,
  )})`

/** Ids for `ListPlan.among`, however many: one value, so that the statement stays the same. */
export const idsFilter = (ids: Iterable<Id>): readonly FilterValue[] => [JSON.stringify([...ids])]

export interface Listing<Row> {
  /** One page of what is asked for, and how much there is. */
  page(reader: Reader, ask: ListAsk): ListPage<Row>
  /** All of it in portions, for a file; whoever takes one lets the others work in between. */
  portions(reader: Reader, ask: ListAsk): Generator<readonly Row[]>
}

type Found<Raw> = Raw & { sortKey: string | number; sortId: Id }
type Bound<Row> = { statement: TenantStatement<Record<string, SqlValue>, Row>; values: Record<string, SqlValue> }

const PORTION = 500
const MOST_KEPT = 300

export function listing<Raw, Row>(parts: ListingParts<Raw, Row>): Listing<Row> {
  const finder = finderOf(parts)
  return {
    page(reader, ask) {
      const { rows, goesOn } = fetch(reader, finder, ask, ask.cursor, LIST_PAGE_ROWS)
      const [first, last] = [rows[0], rows.at(-1)]
      const before = first && ask.cursor ? count(reader, finder, ask, cursorAt("before", first)) : 0
      // Whoever reaches the end has counted.
      const isAtEnd = !goesOn && (ask.cursor === null || (ask.cursor.side === "after" && first !== undefined))
      const total = isAtEnd ? before + rows.length : count(reader, finder, ask, null)
      return {
        rows: rows.map(parts.line),
        ...{ first: before + 1, count: Math.min(total, LIST_COUNTS_TO), isMore: total > LIST_COUNTS_TO },
        previous: first && before > 0 ? cursorAt("before", first) : null,
        next: last && goesOn ? cursorAt("after", last) : null,
      }
    },
    *portions(reader, ask) {
      let cursor: ListCursor | null = null
      for (;;) {
        const { rows, goesOn }: Portion<Raw> = fetch(reader, finder, ask, cursor, PORTION)
        const last = rows.at(-1)
        if (!last) return
        yield rows.map(parts.line)
        if (!goesOn) return
        cursor = cursorAt("after", last)
      }
    },
  }
}

const cursorAt = (side: ListCursor["side"], row: Found<unknown>): ListCursor => ({
  ...{ side, key: row.sortKey, id: row.sortId },
})

type Portion<Row> = { rows: readonly Found<Row>[]; goesOn: boolean }
type Finder<Row> = {
  rows(ask: ListAsk, cursor: ListCursor | null): Bound<Found<Row>>
  count(ask: ListAsk, cursor: ListCursor | null): Bound<{ count: number }>
}

/** Rows on the cursor's side, nearest first; put back into the order that was asked for. */
function fetch<Row>(reader: Reader, finder: Finder<Row>, ask: ListAsk, cursor: ListCursor | null, size: number) {
  const { statement: find, values } = finder.rows(ask, cursor)
  const found = reader.all(find, { ...values, limit: size + 1 })
  const rows = found.slice(0, size)
  const isBackwards = cursor?.side === "before"
  // Whoever goes back comes from a row that follows.
  return { rows: isBackwards ? rows.reverse() : rows, goesOn: isBackwards || found.length > size }
}

function count<Row>(reader: Reader, finder: Finder<Row>, ask: ListAsk, cursor: ListCursor | null): number {
  const { statement: find, values } = finder.count(ask, cursor)
  return reader.one(find, { ...values, limit: LIST_COUNTS_TO + 1 })?.count ?? 0
}

type Rows = SelectQueryBuilder<Tables, keyof Tables, Record<string, SqlValue>>
type Slots = Record<string, SqlValue>

function finderOf<Raw, Row>({ rows, id, order }: ListingParts<Raw, Row>): Finder<Raw> {
  const kept = new Map<string, TenantStatement<Slots, unknown>>()
  const cached = <Result>(key: string, make: () => TenantStatement<Slots, Result>) => {
    const known = kept.get(key) as TenantStatement<Slots, Result> | undefined
    if (known) return known
    if (kept.size >= MOST_KEPT) kept.clear()
    const made = make()
    kept.set(key, made)
    return made
  }
  const keyOf = ({ by }: ListAsk["sort"]) => order[by] ?? sql.ref<string>(id)
  const base = (ask: ListAsk, cursor: ListCursor | null, slots: Slots): Rows => {
    const all = rows(planOf(ask, slots)) as unknown as Rows
    if (!cursor) return all
    const comes = isAscending(ask, cursor) ? sql`>` : sql`<`
    return all.where(
      sql<SqlBool>`(${keyOf(ask.sort)}, ${sql.ref(id)}) ${comes} (${slots.cursorKey}, ${slots.cursorId})`,
    )
  }
  return {
    rows(ask, cursor) {
      const find = cached(`rows ${formOf(ask, cursor)}`, () =>
        statement<Slots, Found<Raw>>((slots) => {
          const direction = isAscending(ask, cursor) ? "asc" : "desc"
          return base(ask, cursor, slots)
            .select([keyOf(ask.sort).as("sortKey"), sql.ref<Id>(id).as("sortId")])
            .orderBy(keyOf(ask.sort), direction)
            .orderBy(sql.ref(id), direction)
            .limit(slots.limit as number) as never
        }),
      )
      return { statement: find, values: valuesOf(ask, cursor) }
    },
    count(ask, cursor) {
      const find = cached(`count ${formOf(ask, cursor)}`, () =>
        statement<Slots, { count: number }>((slots) =>
          query
            .selectFrom(
              base(ask, cursor, slots)
                .limit(slots.limit as number)
                .as("row"),
            )
            .select(({ fn }) => fn.countAll<number>().as("count")),
        ),
      )
      return { statement: find, values: valuesOf(ask, cursor) }
    },
  }
}

const isAscending = ({ sort }: ListAsk, cursor: ListCursor | null): boolean =>
  sort.descending === (cursor?.side === "before")

function planOf({ words, filters }: ListAsk, slots: Slots): ListPlan {
  const said = (text: Expression<string>) =>
    wordsOf(words).map((_, index) => sql<SqlBool>`instr(${text}, ${slots[`word${index}`]}) > 0`)
  return {
    words: (...texts) => said(plainly(...texts)),
    plainWords: said,
    filters: Object.keys(filters),
    among: (name, id) =>
      filters[name] ? sql<SqlBool>`${id} in (select value from json_each(${slots[`${name}0`]}))` : null,
    found: (name) =>
      filters[name]
        ? (query
            .selectFrom(sql<{ value: Id }>`json_each(${slots[`${name}0`]})`.as("each"))
            .select("each.value as id") as never)
        : null,
    value: (name) => slots[`${name}0`] as never,
    filter(name, condition) {
      const values: readonly FilterValue[] = filters[name] ?? []
      return values.length === 0 ? [] : [condition(values.map((_, index) => slots[`${name}${index}`] as never))]
    },
  }
}

/** What makes one statement differ from another: everything but the values. */
const formOf = ({ words, filters, sort }: ListAsk, cursor: ListCursor | null): string =>
  JSON.stringify([
    ...[sort.by, sort.descending, cursor?.side, wordsOf(words).length],
    Object.entries(filters).map(([name, values]) => [name, values?.length]),
  ])

function valuesOf({ words, filters }: ListAsk, cursor: ListCursor | null): Record<string, SqlValue> {
  const values: Record<string, SqlValue> = {}
  for (const [index, word] of wordsOf(words).entries()) values[`word${index}`] = word
  for (const [name, chosen] of Object.entries(filters))
    for (const [index, value] of (chosen ?? []).entries()) values[`${name}${index}`] = value
  return cursor ? { ...values, cursorKey: cursor.key, cursorId: cursor.id } : values
}
