/** What an actor may know of a customer follows from the conversations that they may see. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { supervises } from "../rules/policy.ts"

const inOwnSkillsets = statement((p: { customer: Id; user: Id }) =>
  query
    .selectFrom("conversation as c")
    .leftJoin("skillsetMember as member", (join) =>
      join.onRef("member.skillset", "=", "c.skillset").on("member.user", "=", p.user),
    )
    .select("c.id")
    .where("c.customer", "=", p.customer)
    .where((row) => row.or([row("member.user", "is not", null), row("c.owner", "=", p.user)]))
    .limit(1),
)

/** Whether the actor may know of the customer: isolated agents only of those who talked with their skillsets or with them. */
export function mayKnow(reader: Reader, actor: UserActor, customer: Id): boolean {
  if (actor.level === "platform_admin") return false
  if (supervises(actor) || !actor.isolated) return true
  return reader.one(inOwnSkillsets, { customer, user: actor.id }) !== null
}
