/** What a list tells of each of its customers: looked up for all of a page at once. */
import { type ExpressionBuilder, sql } from "kysely"
import { titleOf } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { eachId, idsText } from "~/database/ids.ts"
import { query, statement } from "~/database/statement.ts"
import type { Tables } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import type { SaidLine } from "~/message/queries/said.ts"
import { type Tag, tagsOfCustomers } from "~/tag/queries.ts"
import { loadValuesOfMany } from "../store/fields.ts"

/** As the statement of the list finds it. */
export type CustomerRow = {
  id: Id
  name: string | null
  profileName: string | null
  phone: string | null
  username: string | null
  otherPhone: string | null
  email: string | null
  language: string | null
  whatsappUserId: string | null
  createdAt: Instant
  /** 0: there has been none. */
  lastOpenedAt: Instant
}
export type CustomerLine = CustomerRow & {
  title: string
  tags: readonly Tag[]
  isBlocked: boolean
  isOptedOut: boolean
  values: ReadonlyMap<Id, string>
  conversations: number
  lastAgent: string | null
  /** What was said with the words that were looked for, the latest of it. */
  said: SaidLine | null
}
/** Whose list it is; who does not see all is told of the conversations of their own skillsets and their own. */
export type Viewer = { user: Id; seesAll: boolean }

type Asked = { customers: string; user: Id; seesAll: number }
type Each = ExpressionBuilder<Tables & { each: { value: Id } }, "each">

const conversationsOf = (row: Each, { user, seesAll }: Asked) =>
  row
    .selectFrom("conversation as c")
    .leftJoin("skillsetMember as member", (join) =>
      join.onRef("member.skillset", "=", "c.skillset").on("member.user", "=", user),
    )
    .whereRef("c.customer", "=", "each.value")
    .where((of) =>
      of.or([of(of.val(seesAll), "=", of.lit(1)), of("member.user", "is not", null), of("c.owner", "=", user)]),
    )

const particulars = statement((p: Asked) =>
  query
    .selectFrom(eachId(p.customers))
    .select("each.value as customer")
    .select((row) => [
      row
        .selectFrom("customerBlock as b")
        .whereRef("b.customer", "=", "each.value")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .$asScalar()
        .as("blocks"),
      row
        .selectFrom("consentChange as said")
        .select("said.choice")
        .whereRef("said.customer", "=", "each.value")
        .orderBy("said.id", "desc")
        .limit(1)
        .$asScalar()
        .as("choice"),
      conversationsOf(row, p)
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .$asScalar()
        .as("conversations"),
      conversationsOf(row, p)
        .innerJoin("user as owner", "owner.id", "c.owner")
        .select(sql<string>`trim(owner.firstName || ' ' || owner.lastName)`.as("name"))
        .orderBy("c.id", "desc")
        .limit(1)
        .$asScalar()
        .as("lastAgent"),
    ]),
)

export function customerLines(reader: Reader, viewer: Viewer, rows: readonly CustomerRow[]): CustomerLine[] {
  const ids = rows.map(({ id }) => id)
  const asked = { customers: idsText(ids), user: viewer.user, seesAll: viewer.seesAll ? 1 : 0 }
  const told = new Map(reader.all(particulars, asked).map((row) => [row.customer, row]))
  const tags = tagsOfCustomers(reader, ids)
  const values = loadValuesOfMany(reader, ids)
  return rows.map((row) => {
    const more = told.get(row.id)
    return {
      ...row,
      title: titleOf(row),
      phone: row.phone === null ? null : readablePhone(row.phone),
      tags: tags.get(row.id) ?? [],
      values: values.get(row.id) ?? NONE,
      isBlocked: (more?.blocks ?? 0) > 0,
      isOptedOut: more?.choice === "out",
      conversations: more?.conversations ?? 0,
      lastAgent: more?.lastAgent ?? null,
      said: null,
    }
  })
}

const NONE: ReadonlyMap<Id, string> = new Map()
