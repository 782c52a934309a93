/** What distribution needs to know of a skillset. */
import type { Reader } from "~/database/handles.ts"
import { query, remembered, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { Strategy } from "./rules.ts"
import { loadSkillset } from "./store.ts"

const mannerOf = remembered(
  statement((p: { id: Id }) =>
    query.selectFrom("skillset").select(["name", "strategy", "priority"]).where("id", "=", p.id),
  ),
)

/** What it is called, how it gives conversations away, and what its new ones are worth. */
export const skillsetManner = (reader: Reader, id: Id): { name: string; strategy: Strategy; priority: number } =>
  found(reader.one(mannerOf, { id }))

/** Which other skillset joins in, after how much waiting. */
export const skillsetOverflow = (reader: Reader, id: Id) => loadSkillset(reader, id)?.overflow ?? null

const members = remembered(
  statement((p: { skillset: Id; limit: number }) =>
    query
      .selectFrom("skillsetMember as member")
      .innerJoin("user", "user.id", "member.user")
      .select("member.user")
      .where("member.skillset", "=", p.skillset)
      .where("user.enabled", "=", 1)
      .limit(p.limit),
  ),
)

/** How many people serve it, counted up to `most`; who may not sign in does not. */
export const countMembers = (reader: Reader, skillset: Id, most: number): number =>
  reader.all(members, { skillset, limit: most }).length

const choices = statement(() =>
  query
    .selectFrom("skillset")
    .leftJoin("skillsetMember as member", "member.skillset", "skillset.id")
    .where("skillset.deletedAt", "is", null)
    .select(["skillset.id", "skillset.name"])
    .select(({ fn }) => fn.count<number>("member.user").as("memberCount"))
    .groupBy("skillset.id")
    .orderBy("skillset.name"),
)

/** What there is to choose from, by name. */
export const skillsetChoices = (reader: Reader): { id: Id; name: string; memberCount: number }[] => reader.all(choices)
