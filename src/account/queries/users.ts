/** Users as the tenant's admin sees them: the list, and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Level } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { LoginType } from "../rules.ts"
import { hasFactor as isFactorOn } from "../store/second-factor.ts"
import { loadUser } from "../store.ts"

export type UserLine = {
  id: Id
  username: string
  name: string
  email: string | null
  level: Level
  loginType: LoginType
  externalId: string | null
  maxConversations: number
  isolated: boolean
  outbound: boolean
  mayEditCustomers: boolean
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
      .select(["user.loginType", "user.externalId", "user.mayEditCustomers"])
      .select(skillsetNames.as("skillsetNames"))
      .where((row) =>
        row.and([
          row("user.deletedAt", "is", null),
          ...plan.words(...["firstName", "lastName", "username", "email", "externalId"].map(user)),
          ...plan.filter("level", (values) => row("user.level", "in", values)),
          ...plan.filter("loginType", (values) => row("user.loginType", "in", values)),
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
  line({ skillsetNames, firstName, lastName, ...row }): UserLine {
    return {
      ...row,
      name: `${firstName} ${lastName}`.trim(),
      skillsets: skillsetNames?.split(BETWEEN) ?? [],
      isolated: row.isolated === 1,
      outbound: row.outbound === 1,
      enabled: row.enabled === 1,
      mayEditCustomers: row.mayEditCustomers === 1,
    }
  },
  id: "user.id",
  order: {
    name: plainly(sql<string>`coalesce(nullif(user.lastName, ''), user.firstName)`, user("firstName")),
    username: user("username"),
    level: user("level"),
    loginType: user("loginType"),
    maxConversations: sql.ref<number>("user.maxConversations"),
    email: plainly(user("email")),
    externalId: plainly(user("externalId")),
    createdAt: sql.ref<number>("user.createdAt"),
  },
})

const skillsetsOf = statement((p: { user: Id }) =>
  query.selectFrom("skillsetMember").select("skillset").where("user", "=", p.user).orderBy("skillset"),
)
const held = statement((p: { user: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
    .where("owner", "=", p.user)
    .where("state", "<>", "closed")
    .groupBy("state"),
)

/** One of them with their skillsets; «not found» for whoever is deleted. */
export function colleague(reader: Reader, id: Id) {
  const user = found(loadUser(reader, id))
  found(user.deletedAt === null ? user : null)
  const { passwordHash, ...rest } = user
  const skillsets = reader.all(skillsetsOf, { user: id }).map(({ skillset }) => skillset)
  const hasOwnPassword = passwordHash !== null && user.oneTimeUntil === null
  const hasFactor = isFactorOn(reader, id)
  return { ...rest, name: `${user.firstName} ${user.lastName}`.trim(), hasOwnPassword, hasFactor, skillsets }
}
export type Colleague = ReturnType<typeof colleague>

/** What somebody has in hand: what happens to it is said before they are deleted. */
export function inHand(reader: Reader, id: Id) {
  const counts = new Map(reader.all(held, { user: id }).map(({ state, count }) => [state, count]))
  const of = (...states: ("offered" | "active" | "parked" | "awaiting_reply")[]) =>
    states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0)
  return { open: of("offered", "active"), parked: of("parked"), awaiting: of("awaiting_reply") }
}
