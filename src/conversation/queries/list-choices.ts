/** What the lists of conversations can be narrowed to. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

type Choice = { id: Id; name: string }
export type ListChoices = {
  channel: readonly Choice[]
  skillset: readonly Choice[]
  agent: readonly Choice[]
  /** The first level: a reason stands for all that are under it. */
  reason: readonly Choice[]
}

const channels = statement(() => query.selectFrom("channel").select(["id", "name"]).orderBy("name"))
const skillsets = statement(() =>
  query.selectFrom("skillset").select(["id", "name"]).where("deletedAt", "is", null).orderBy("name"),
)
const agents = statement(() =>
  query
    .selectFrom("user")
    .select(["id", sql<string>`trim(firstName || ' ' || lastName)`.as("name")])
    .where("deletedAt", "is", null)
    .orderBy("lastName"),
)
const reasons = statement(() =>
  query
    .selectFrom("profilingReason")
    .select(["id", "title as name"])
    .where("parent", "is", null)
    .orderBy("tree")
    .orderBy("position"),
)

export const listChoices = (reader: Reader): ListChoices => ({
  channel: reader.all(channels),
  skillset: reader.all(skillsets),
  agent: reader.all(agents),
  reason: reader.all(reasons),
})
