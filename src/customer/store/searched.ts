/** What the list of customers sorts by and looks through follows the names and numbers of the row. */
import { type Expression, sql } from "kysely"
import type { Tx } from "~/database/handles.ts"
import { plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { personOf } from "./joins.ts"

const BETWEEN_DIGITS = [" ", "-", "/", ".", "(", ")"]
const digitsOnly = (text: Expression<string | null>): Expression<string | null> =>
  BETWEEN_DIGITS.reduce((rest, sign) => sql<string | null>`replace(${rest}, ${sql.lit(sign)}, '')`, text)

/** Numbers and names of whoever is joined with them: by these they are found, too. */
const joinedWords = statement((p: { id: Id }) =>
  query
    .selectFrom("customerJoin as j")
    .innerJoin("customer as other", "other.id", "j.joined")
    .select(["other.phone", "other.username", "other.profileName"])
    .where("j.kept", "=", p.id)
    .where("j.endedAt", "is", null),
)
const refresh = statement((p: { id: Id; more: string }) =>
  query
    .updateTable("customer")
    .set(({ ref, fn }) => ({
      sortName: plainly(fn.coalesce(ref("name"), ref("profileName"), ref("phone"), ref("username"))),
      searched: plainly(
        ref("name"),
        ref("profileName"),
        ref("username"),
        sql<string | null>`'+' || ${ref("phone")}`,
        digitsOnly(ref("otherPhone")),
        ref("email"),
        sql<string>`${p.more}`,
      ),
    }))
    .where("id", "=", p.id),
)

/** To be called when one of them has been written. */
export function refreshSearch(tx: Tx, id: Id): void {
  refreshOne(tx, id)
  const person = personOf(tx, id)
  if (person !== id) refreshOne(tx, person)
}

function refreshOne(tx: Tx, id: Id): void {
  const more = tx
    .all(joinedWords, { id })
    .flatMap(({ phone, username, profileName }) => [phone === null ? null : `+${phone}`, username, profileName])
    .filter((words) => words !== null)
  tx.run(refresh, { id, more: more.join(" ") })
}
