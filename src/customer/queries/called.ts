/** Customers by what they are called, wherever in their names and numbers the typed words stand. */
import { type Expression, sql } from "kysely"
import { idAt, ownPlaceOf, STRETCH } from "~/database/places.ts"
import type { ReadingRoom } from "~/database/reading-room.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { MOST_WORDS, wordsOf } from "~/kernel/list.ts"
import { piecesOf, quoted } from "~/message/rules/words.ts"

/** More customers than this are found sooner by going through the list. */
const MOST_CALLED = 2_000
/** Of the pieces of a name: the rarest lead to few, and who has them is looked at whole. */
const ENOUGH_PIECES = 3

type Ask = {
  typed: string
  /** Whether the index of names has everybody; else all customers are gone through. */
  areIndexed: boolean
}

/** Customers whose name or number is what was typed; null: nothing was, or they are too many to name. */
export async function customersCalled(
  room: ReadingRoom,
  tenant: Id,
  { typed, areIndexed }: Ask,
  signal?: AbortSignal,
): Promise<Id[] | null> {
  const words = wordsOf(typed)
  const asked = Object.fromEntries(words.map((word, index) => [`word${index}`, word]))
  const pieces = areIndexed ? await rarestOf(room, tenant, piecesOf(words), signal) : null
  const find = (pieces === null ? leafingThrough : lookingUp)[words.length - 1]
  if (!find) return null
  const values = { ...asked, ...(pieces === null ? {} : { pieces }), limit: MOST_CALLED + 1 }
  const found = await room.all(tenant, find, values, signal)
  return found.length > MOST_CALLED ? null : found.map(({ id }) => id)
}

/** The pieces that lead to the fewest, as the index is asked; null: there are none. */
async function rarestOf(room: ReadingRoom, tenant: Id, pieces: readonly string[], signal?: AbortSignal) {
  if (pieces.length === 0) return null
  const asked = { pieces: JSON.stringify(pieces.map(quoted)), limit: MOST_CALLED + 1 }
  const counted = (await room.all(tenant, frequency, asked, signal)).sort((one, other) => one.count - other.count)
  return counted
    .slice(0, ENOUGH_PIECES)
    .map(({ piece }) => piece)
    .join(" AND ")
}

const frequency = statement((p: { pieces: string; limit: number }) =>
  query.selectFrom(sql<{ value: string }>`json_each(${p.pieces})`.as("each")).select((row) => [
    "each.value as piece",
    row
      .selectFrom(named(sql.ref<string>("each.value")).limit(p.limit).as("some"))
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .$asScalar()
      .as("count"),
  ]),
)

/** Whoever of the tenant has the pieces. */
const named = (pieces: Expression<string> | string) => {
  const place = sql.ref<Id>("nameIndex.rowid")
  return query
    .selectFrom("nameIndex")
    .select(idAt(place).as("id"))
    .where(sql<boolean>`${sql.ref("nameIndex.nameIndex")} match ${pieces}`)
    .where(sql<boolean>`${place} > ${ownPlaceOf(sql.lit(STRETCH))} and ${place} <= ${ownPlaceOf(sql.lit(0))}`)
}

type Called = Record<string, string | number>
const hasWords = (p: Called, count: number) =>
  sql.join<boolean>(
    Array.from({ length: count }, (_, index) => sql`instr(customer.searched, ${p[`word${index}`]}) > 0`),
    sql` and `,
  )
/** By the number of words: all customers are gone through … */
const leafingThrough = Array.from({ length: MOST_WORDS }, (_, more) =>
  statement((p: Called) =>
    query
      .selectFrom("customer")
      .select("customer.id")
      .where(sql<boolean>`(${hasWords(p, more + 1)})`)
      .limit(p.limit as number),
  ),
)
/** … or those who have every three letters of them, wherever these stand. */
const lookingUp = Array.from({ length: MOST_WORDS }, (_, more) =>
  statement((p: Called) =>
    query
      .selectFrom(named(p.pieces as string).as("one"))
      .crossJoin("customer")
      .whereRef("customer.id", "=", "one.id")
      .select("customer.id")
      .where(sql<boolean>`(${hasWords(p, more + 1)})`)
      .limit(p.limit as number),
  ),
)
