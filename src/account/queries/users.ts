/** Users as the tenant's admin sees them: the list, and one of them. */
import { sql } from "kysely"
import { listing, plainly } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Level } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type UserLine = {
  id: Id
  username: string
  name: string
  email: string | null
  level: Level
  maxConversations: number
  isolated: boolean
  outbound: boolean
  enabled: boolean
  createdAt: Instant
  skillsets: readonly string[]
}

const user = (column: string) => sql.ref<string>(`user.${column}`)

const BETWEEN = "\u001f"

/** Names of the skillsets of a user, in order, in one text. */
const skillsetNames = sql<string | null>`(${query
  .selectFrom("skillsetMember as m")
  .innerJoin("skillset as s", "s.id", "m.skillset")
  .whereRef("m.user", "=", sql.ref("user.id"))
  .select(sql<string>`group_concat(s.name, ${BETWEEN} ORDER BY s.name)`.as("names"))})`

/** The list (account/rules/users-list.ts). */
export const users = listing({
  rows: (plan) =>
    query
      .selectFrom("user")
      .select(["user.id", "user.username", "user.firstName", "user.lastName", "user.email", "user.level"])
      .select(["user.maxConversations", "user.isolated", "user.outbound", "user.enabled", "user.createdAt"])
      .select(skillsetNames.as("skillsetNames"))
      .where((row) =>
        row.and([
          ...plan.words(user("firstName"), user("lastName"), user("username"), user("email")),
          ...plan.filter("level", (values) => row("user.level", "in", values)),
          ...plan.filter(
            "standing",
            (values) => sql`iif(user.enabled, 'enabled', 'disabled') in (${sql.join(values)})`,
          ),
          ...plan.filter("skillset", (values) =>
            row.exists(
              row
                .selectFrom("skillsetMember as of")
                .select("of.user")
                .whereRef("of.user", "=", "user.id")
                .where("of.skillset", "in", values),
            ),
          ),
        ]),
      ),
  line({ skillsetNames, ...row }): UserLine {
    return {
      ...{ ...row, name: `${row.firstName} ${row.lastName}`.trim(), skillsets: skillsetNames?.split(BETWEEN) ?? [] },
      ...{ isolated: row.isolated === 1, outbound: row.outbound === 1, enabled: row.enabled === 1 },
    }
  },
  id: "user.id",
  order: {
    name: plainly(user("lastName"), user("firstName")),
    username: user("username"),
    level: user("level"),
    maxConversations: sql.ref<number>("user.maxConversations"),
    email: plainly(user("email")),
    createdAt: sql.ref<number>("user.createdAt"),
  },
})
