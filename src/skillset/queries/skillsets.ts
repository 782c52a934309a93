/** Skillsets as the tenant's admin sees them: the list, one of them, and what would be left without it. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { menuSkillsets } from "~/menu/queries.ts"
import { loadSkillset } from "../store.ts"

const memberCount = sql<number>`(${query
  .selectFrom("skillsetMember as m")
  .whereRef("m.skillset", "=", sql.ref("skillset.id"))
  .select(({ fn }) => fn.countAll<number>().as("n"))})`
const waitingCount = sql<number>`(${query
  .selectFrom("conversation as c")
  .whereRef("c.skillset", "=", sql.ref("skillset.id"))
  .where("c.state", "=", "queued")
  .select(({ fn }) => fn.countAll<number>().as("n"))})`

/** The list (skillset/rules/skillsets-list.ts). */
export const skillsets = listing({
  rows: (plan) =>
    query
      .selectFrom("skillset")
      .leftJoin("skillsetOverflow as overflow", "overflow.skillset", "skillset.id")
      .leftJoin("skillset as next", "next.id", "overflow.overflowTo")
      .select(["skillset.id", "skillset.name", "skillset.strategy", "skillset.priority"])
      .select(["next.name as overflowName", "overflow.afterSeconds"])
      .select([memberCount.as("memberCount"), waitingCount.as("waitingCount")])
      .where((row) =>
        row.and([
          row("skillset.deletedAt", "is", null),
          ...plan.words(sql.ref<string>("skillset.name")),
          ...plan.filter("strategy", (values) => row("skillset.strategy", "in", values)),
        ]),
      ),
  line: (row) => row,
  id: "skillset.id",
  order: {
    name: plainly(sql.ref<string>("skillset.name")),
    strategy: sql.ref<string>("skillset.strategy"),
    priority: sql.ref<number>("skillset.priority"),
    members: memberCount,
    waiting: waitingCount,
  },
})
export type SkillsetLine = ReturnType<(typeof skillsets)["page"]>["rows"][number]

const members = statement((p: { skillset: Id }) =>
  query.selectFrom("skillsetMember").select("user").where("skillset", "=", p.skillset).orderBy("user"),
)

/** Everybody who belongs to it, whether they may sign in or not. */
export const membersOf = (reader: Reader, skillset: Id): Id[] =>
  reader.all(members, { skillset }).map(({ user }) => user)

export const skillsetWithMembers = (reader: Reader, id: Id) => ({
  ...found(loadSkillset(reader, id)),
  members: membersOf(reader, id),
})

const people = statement(() =>
  query
    .selectFrom("user")
    .select(["id", "firstName", "lastName", "username", "enabled"])
    .where("deletedAt", "is", null)
    .orderBy("firstName")
    .orderBy("lastName"),
)

/** Who may belong to a skillset, by name. */
export const possibleMembers = (reader: Reader) =>
  reader.all(people).map(({ firstName, lastName, enabled, ...rest }) => ({
    ...rest,
    name: `${firstName} ${lastName}`.trim(),
    enabled: enabled === 1,
  }))

const channels = statement((p: { skillset: Id }) =>
  query
    .selectFrom("channelSkillset as cs")
    .innerJoin("channel", "channel.id", "cs.channel")
    .select(["channel.id", "channel.name"])
    .where("cs.skillset", "=", p.skillset)
    .orderBy("channel.name"),
)
const everyChannel = statement(() => query.selectFrom("channel").select(["id", "name"]).orderBy("name"))
const overflowing = statement((p: { skillset: Id }) =>
  query
    .selectFrom("skillsetOverflow as overflow")
    .innerJoin("skillset", "skillset.id", "overflow.skillset")
    .select(["skillset.id", "skillset.name"])
    .where("overflow.overflowTo", "=", p.skillset)
    .orderBy("skillset.name"),
)
const open = statement((p: { skillset: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("skillset", "=", p.skillset)
    .where("state", "<>", "closed"),
)

/** What would be left without it. Members are not among it: they simply belong to one less. */
export function skillsetUses(reader: Reader, skillset: Id) {
  const numbers = reader.all(channels, { skillset })
  const menus = reader.all(everyChannel).filter(({ id }) => menuSkillsets(reader, id).includes(skillset))
  const overflows = reader.all(overflowing, { skillset })
  const conversationCount = reader.one(open, { skillset })?.count ?? 0
  const isUsed = numbers.length + menus.length + overflows.length + conversationCount > 0
  return { numbers, menus, overflows, conversationCount, isUsed }
}
export type SkillsetUses = ReturnType<typeof skillsetUses>
