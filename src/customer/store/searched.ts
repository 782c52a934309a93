/** What the list of customers sorts by and looks through follows the names and numbers of the row. */
import { type Expression, sql } from "kysely"
import type { Tx } from "~/database/handles.ts"
import { plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const BETWEEN_DIGITS = [" ", "-", "/", ".", "(", ")"]
const digitsOnly = (text: Expression<string | null>): Expression<string | null> =>
  BETWEEN_DIGITS.reduce((rest, sign) => sql<string | null>`replace(${rest}, ${sql.lit(sign)}, '')`, text)

const refresh = statement((p: { id: Id }) =>
  query
    .updateTable("customer")
    .set(({ ref, fn }) => ({
      sortName: plainly(fn.coalesce(ref("name"), ref("profileName"), ref("phone"), ref("username"))),
      searched: plainly(
        ...[ref("name"), ref("profileName"), ref("username")],
        ...[sql<string | null>`'+' || ${ref("phone")}`, digitsOnly(ref("otherPhone"))],
      ),
    }))
    .where("id", "=", p.id),
)

/** To be called when one of them has been written. */
export function refreshSearch(tx: Tx, id: Id): void {
  tx.run(refresh, { id })
}
