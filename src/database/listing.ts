/**
 * The rows of a list (kernel/list.ts): a noun gives the statement that finds them all, how each column sorts and what
 * each filter means; this adds search, order and the place in it. Pages are found by key, never by counting rows off;
 * a statement is compiled once for each combination of filters and order, and bound to the tenant like any other.
 */
import { type AliasableExpression, type SelectQueryBuilder, type SqlBool, sql } from "kysely"
import type { Id } from "~/kernel/id.ts"
import { LIST_COUNTS_TO, LIST_PAGE_ROWS, type ListAsk, type ListCursor, type ListPage } from "~/kernel/list.ts"
import type { Reader } from "./handles.ts"
import { formOf, idsFilter, type ListPlan, planOf, type Slots, valuesOf } from "./list-plan.ts"
import { query, type SqlValue, statement, type TenantStatement } from "./statement.ts"
import type { Tables } from "./tables.ts"

export { idsFilter, type ListPlan, plainly } from "./list-plan.ts"

export type ListingParts<Raw, Row> = {
  /** Every row of the list that `plan` leaves; no order, no limit. */
  rows(plan: ListPlan): { toOperationNode(): unknown; compile(): { query: unknown } } & Typed<Raw>
  /** A row as the page has it. */
  line(raw: Raw): Row
  /** The id by which rows of equal sort keys follow each other, such as `user.id`. */
  id: string
  /** The sort key of each column that sorts; never null. Texts: `plainly(…)`. */
  order: Readonly<Record<string, AliasableExpression<string | number>>>
  /** The filters that, all of them in use, hold the ids of all that there can be: a few thousand, put in order at once. */
  foundBy?: readonly string[]
}
type Typed<Raw> = { readonly expressionType?: Raw | undefined }

export interface Listing<Row> {
  /** One page of what is asked for, and how much there is. */
  page(reader: Reader, ask: ListAsk): ListPage<Row>
  /** All of it in portions, for a file; whoever takes one lets the others work in between. */
  portions(reader: Reader, ask: ListAsk): Generator<readonly Row[]>
}

type Key = { sortKey: string | number; sortId: Id }
type Found<Raw> = Raw & Key
type Bound<Row> = { statement: TenantStatement<Record<string, SqlValue>, Row>; values: Record<string, SqlValue> }

const PORTION = 500
const MOST_KEPT = 300

export function listing<Raw, Row>(parts: ListingParts<Raw, Row>): Listing<Row> {
  const finder = finderOf(parts)
  return {
    page(reader, ask) {
      const few = isFound(parts, ask) ? pageOfFew(reader, finder, parts.foundBy, ask) : null
      if (few) return { ...few, rows: few.rows.map(parts.line) }
      const { rows, goesOn } = fetch(reader, finder, ask, ask.cursor, LIST_PAGE_ROWS)
      const first = rows[0]
      const last = rows.at(-1)
      const before = first && ask.cursor ? count(reader, finder, ask, cursorAt("before", first)) : 0
      // Whoever reaches the end has counted.
      const isAtEnd = !goesOn && (ask.cursor === null || (ask.cursor.side === "after" && first !== undefined))
      const total = isAtEnd ? before + rows.length : count(reader, finder, ask, null)
      return {
        rows: rows.map(parts.line),
        first: before + 1,
        count: Math.min(total, LIST_COUNTS_TO),
        isMore: total > LIST_COUNTS_TO,
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

type FoundParts<Raw, Row> = ListingParts<Raw, Row> & { foundBy: readonly string[] }
const isFound = <Raw, Row>(parts: ListingParts<Raw, Row>, { filters }: ListAsk): parts is FoundParts<Raw, Row> =>
  parts.foundBy?.every((name) => filters[name]) ?? false

/** All are put in order by their keys, and only those of the page are fetched; null: the row at the cursor has gone. */
function pageOfFew<Row>(
  reader: Reader,
  finder: Finder<Row>,
  [foundBy = "", ...others]: readonly string[],
  ask: ListAsk,
): ListPage<Found<Row>> | null {
  const { statement: find, values } = finder.keys(ask)
  const keys = reader.all(find, { ...values, limit: LIST_COUNTS_TO + 1 })
  const start = startOf(keys, ask.cursor)
  if (start === null) return null
  const ids = keys.slice(start, start + LIST_PAGE_ROWS).map(({ sortId }) => sortId)
  const none = Object.fromEntries(others.map((name) => [name, idsFilter([])]))
  const own = { ...ask, filters: { ...ask.filters, ...none, [foundBy]: idsFilter(ids) } }
  const { rows } = fetch(reader, finder, own, null, LIST_PAGE_ROWS)
  const first = rows[0]
  const last = rows.at(-1)
  return {
    rows,
    first: start + 1,
    count: Math.min(keys.length, LIST_COUNTS_TO),
    isMore: keys.length > LIST_COUNTS_TO,
    previous: first && start > 0 ? cursorAt("before", first) : null,
    next: last && start + LIST_PAGE_ROWS < keys.length ? cursorAt("after", last) : null,
  }
}

function startOf(keys: readonly Key[], cursor: ListCursor | null): number | null {
  if (!cursor) return 0
  const place = keys.findIndex(({ sortId }) => sortId === cursor.id)
  if (place < 0) return null
  return cursor.side === "after" ? place + 1 : Math.max(0, place - LIST_PAGE_ROWS)
}

const cursorAt = (side: ListCursor["side"], row: Found<unknown>): ListCursor => ({
  side,
  key: row.sortKey,
  id: row.sortId,
})

type Portion<Row> = { rows: readonly Found<Row>[]; goesOn: boolean }
type Finder<Row> = {
  rows(ask: ListAsk, cursor: ListCursor | null): Bound<Found<Row>>
  count(ask: ListAsk, cursor: ListCursor | null): Bound<{ count: number }>
  keys(ask: ListAsk): Bound<Key>
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
  const sorted = <Result>(what: "rows" | "keys", ask: ListAsk, cursor: ListCursor | null) =>
    cached(`${what} ${formOf(ask, cursor)}`, () =>
      statement<Slots, Result>((slots) => {
        const direction = isAscending(ask, cursor) ? "asc" : "desc"
        const all = base(ask, cursor, slots)
        return (what === "keys" ? all.clearSelect() : all)
          .select([keyOf(ask.sort).as("sortKey"), sql.ref<Id>(id).as("sortId")])
          .orderBy(keyOf(ask.sort), direction)
          .orderBy(sql.ref(id), direction)
          .limit(slots.limit as number) as never
      }),
    )
  return {
    rows: (ask, cursor) => ({ statement: sorted<Found<Raw>>("rows", ask, cursor), values: valuesOf(ask, cursor) }),
    keys: (ask) => ({ statement: sorted<Key>("keys", ask, null), values: valuesOf(ask, null) }),
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
