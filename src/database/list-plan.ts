/** What is asked of a list, as a statement has it: conditions, the values for their slots, and what tells statements apart. */
import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from "kysely"
import type { Id } from "~/kernel/id.ts"
import { type FilterValue, type ListAsk, type ListCursor, wordsOf } from "~/kernel/list.ts"
import { eachId, idsIn, idsText } from "./ids.ts"
import { query, type SqlValue } from "./statement.ts"
import type { Tables } from "./tables.ts"

export type Slots = Record<string, SqlValue>

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

/** As it sorts and is searched: without accents and case (a function of the connection, database/file.ts). */
export const plainly = (...texts: Expression<string | null>[]) =>
  sql<string>`plain(${sql.join(
    texts.map((text) => sql`ifnull(${text}, '')`),
    sql` || ' ' || `,
  )})`

/** Ids for `ListPlan.among`, however many: one value, so that the statement stays the same. */
export const idsFilter = (ids: Iterable<Id>): readonly FilterValue[] => [idsText(ids)]

export function planOf({ words, filters }: ListAsk, slots: Slots): ListPlan {
  const said = (text: Expression<string>) =>
    wordsOf(words).map((_, index) => sql<SqlBool>`instr(${text}, ${slots[`word${index}`]}) > 0`)
  return {
    words: (...texts) => said(plainly(...texts)),
    plainWords: said,
    filters: Object.keys(filters),
    among: (name, id) => (filters[name] ? sql<SqlBool>`${id} in ${idsIn(slots[`${name}0`] as string)}` : null),
    found: (name) =>
      filters[name]
        ? (query.selectFrom(eachId(slots[`${name}0`] as string)).select("each.value as id") as never)
        : null,
    value: (name) => slots[`${name}0`] as never,
    filter(name, condition) {
      const values: readonly FilterValue[] = filters[name] ?? []
      return values.length === 0 ? [] : [condition(values.map((_, index) => slots[`${name}${index}`] as never))]
    },
  }
}

/** What makes one statement differ from another: everything but the values. */
export const formOf = ({ words, filters, sort }: ListAsk, cursor: ListCursor | null): string =>
  JSON.stringify([
    sort.by,
    sort.descending,
    cursor?.side,
    wordsOf(words).length,
    Object.entries(filters).map(([name, values]) => [name, values?.length]),
  ])

export function valuesOf({ words, filters }: ListAsk, cursor: ListCursor | null): Record<string, SqlValue> {
  const values: Record<string, SqlValue> = {}
  for (const [index, word] of wordsOf(words).entries()) values[`word${index}`] = word
  for (const [name, chosen] of Object.entries(filters))
    for (const [index, value] of (chosen ?? []).entries()) values[`${name}${index}`] = value
  return cursor ? { ...values, cursorKey: cursor.key, cursorId: cursor.id } : values
}
