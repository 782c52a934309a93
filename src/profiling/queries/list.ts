/** Profiling trees as the admin sees them (profiling/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { Reason } from "../rules.ts"
import { channelsWithTree, closingsWith, loadReasons, loadTree } from "../store.ts"

export type TreeLine = {
  id: Id
  name: string
  /** How many reasons are in use. */
  reasons: number
  /** Names of the numbers that use it. */
  channels: readonly string[]
  /** How many closings name one of its reasons. */
  closings: number
}
export type Tree = {
  id: Id
  name: string
  /** In use, in the order of the tree. */
  live: readonly Reason[]
  retired: readonly Reason[]
  channels: readonly { id: Id; name: string }[]
  closings: number
}

const BETWEEN = "\u001f"

const channelNames = sql<string | null>`(${query
  .selectFrom("channelProfiling as cp")
  .innerJoin("channel as ch", "ch.id", "cp.channel")
  .whereRef("cp.tree", "=", sql.ref("profilingTree.id"))
  .select(sql<string>`group_concat(ch.name, ${BETWEEN} ORDER BY ch.name)`.as("names"))})`
const liveCount = sql<number>`(${query
  .selectFrom("profilingReason as r")
  .whereRef("r.tree", "=", sql.ref("profilingTree.id"))
  .where("r.retiredAt", "is", null)
  .select(({ fn }) => fn.countAll<number>().as("count"))})`
const closingCount = sql<number>`(${query
  .selectFrom("conversationProfiling as said")
  .innerJoin("profilingReason as sr", "sr.id", "said.reason")
  .whereRef("sr.tree", "=", sql.ref("profilingTree.id"))
  .select(({ fn }) => fn.countAll<number>().as("count"))})`

export const trees = listing({
  rows: (plan) =>
    query
      .selectFrom("profilingTree")
      .select(["profilingTree.id", "profilingTree.name"])
      .select([liveCount.as("reasons"), channelNames.as("channelNames"), closingCount.as("closings")])
      .where("profilingTree.retiredAt", "is", null)
      .where((row) =>
        row.and([
          ...plan.words(sql.ref<string>("profilingTree.name")),
          ...plan.filter(
            "use",
            (values) =>
              sql`iif(${channelNames} is null, 'unused', iif(${liveCount} = 0, 'empty', 'used')) in (${sql.join(values)})`,
          ),
        ]),
      ),
  line: ({ channelNames: names, ...row }): TreeLine => ({ ...row, channels: names?.split(BETWEEN) ?? [] }),
  id: "profilingTree.id",
  order: { name: plainly(sql.ref<string>("profilingTree.name")), reasons: liveCount, closings: closingCount },
})

export function oneTree(reader: Reader, id: Id): Tree {
  const { name, retiredAt } = found(loadTree(reader, id))
  found(retiredAt === null ? true : null)
  const live = [] as Reason[]
  const retired = [] as Reason[]
  for (const reason of loadReasons(reader, id)) (reason.retiredAt === null ? live : retired).push(reason)
  return { id, name, live, retired, channels: channelsWithTree(reader, id), closings: closingsWith(reader, id) }
}

const numbers = statement(() =>
  query
    .selectFrom("channel")
    .leftJoin("channelProfiling as cp", "cp.channel", "channel.id")
    .leftJoin("profilingTree as tree", "tree.id", "cp.tree")
    .select(["channel.id", "channel.name", "tree.name as treeName"])
    .orderBy("channel.name"),
)

/** The numbers to give a tree to, and the one that each has now. */
export const numbersWithTrees = (reader: Reader) => reader.all(numbers)
