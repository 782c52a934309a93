/** Changes of presence that are kept no longer; the last change of a connection stays: it says since when it is lost. */
import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const old = statement((p: { user: Id; before: Instant }) =>
  query
    .selectFrom("presenceChange as c")
    .select("c.id")
    .where("c.user", "=", p.user)
    .where("c.at", "<", p.before)
    .where((row) =>
      row.or([
        row("c.part", "<>", "link"),
        row.exists(
          row
            .selectFrom("presenceChange as later")
            .select("later.id")
            .whereRef("later.user", "=", "c.user")
            .where("later.part", "=", "link")
            .whereRef("later.id", ">", "c.id"),
        ),
      ]),
    ),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("presenceChange").where("id", "=", p.id))

export function deleteChangesBefore(tx: Tx, user: Id, before: Instant): void {
  for (const { id } of tx.all(old, { user, before })) tx.run(remove, { id })
}
