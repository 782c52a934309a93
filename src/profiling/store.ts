/** How reasons of contact are kept, and what conversations were closed with. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ProfilingReasonRow, ProfilingTreeRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Profiling, Reason } from "./rules.ts"

const treeNamed = statement((p: { name: string }) =>
  query.selectFrom("profilingTree").select("id").where("name", "=", p.name),
)
const liveTrees = statement(() =>
  query.selectFrom("profilingTree").select(["id", "name"]).where("retiredAt", "is", null),
)
const treeById = statement((p: { id: Id }) => query.selectFrom("profilingTree").selectAll().where("id", "=", p.id))
const addTree = inserting("profilingTree", ["id", "name", "retiredAt"])
const TREE = ["name", "retiredAt"] as const
const changeTree = statement((p: Pick<ProfilingTreeRow, "id" | (typeof TREE)[number]>) =>
  query.updateTable("profilingTree").set(slotRow(TREE)).where("id", "=", p.id),
)
const removeReasons = statement((p: { tree: Id }) => query.deleteFrom("profilingReason").where("tree", "=", p.tree))
const dropTree = statement((p: { id: Id }) => query.deleteFrom("profilingTree").where("id", "=", p.id))
const closings = statement((p: { tree: Id }) =>
  query
    .selectFrom("conversationProfiling as said")
    .innerJoin("profilingReason as reason", "reason.id", "said.reason")
    .where("reason.tree", "=", p.tree)
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const channelsOf = statement((p: { tree: Id }) =>
  query
    .selectFrom("channelProfiling as c")
    .innerJoin("channel", "channel.id", "c.channel")
    .select(["channel.id", "channel.name"])
    .where("c.tree", "=", p.tree)
    .orderBy("channel.name"),
)
const reasonsOf = statement((p: { tree: Id }) =>
  query.selectFrom("profilingReason").selectAll().where("tree", "=", p.tree).orderBy("position").orderBy("id"),
)
const addReason = inserting("profilingReason", ["id", "tree", "parent", "title", "position", "mayStop", "retiredAt"])
const MOVING = ["position", "mayStop"] as const
const move = statement((p: { id: Id } & Pick<ProfilingReasonRow, (typeof MOVING)[number]>) =>
  query.updateTable("profilingReason").set(slotRow(MOVING)).where("id", "=", p.id),
)
const retire = statement((p: { id: Id; retiredAt: Instant }) =>
  query
    .updateTable("profilingReason")
    .set(slotRow(["retiredAt"]))
    .where("id", "=", p.id),
)
const treeOf = statement((p: { channel: Id }) =>
  query
    .selectFrom("channelProfiling as c")
    .innerJoin("profilingTree as tree", "tree.id", "c.tree")
    .select(["tree.id", "tree.name"])
    .where("c.channel", "=", p.channel),
)
const clearTree = statement((p: { channel: Id }) =>
  query.deleteFrom("channelProfiling").where("channel", "=", p.channel),
)
const setTree = inserting("channelProfiling", ["channel", "tree"])
const keep = inserting("conversationProfiling", ["id", "conversation", "at", "reason", "path", "notes"])
const lastOf = statement((p: { conversation: Id }) =>
  query
    .selectFrom("conversationProfiling")
    .select(["reason", "path", "notes"])
    .where("conversation", "=", p.conversation)
    .orderBy("id", "desc")
    .limit(1),
)

export const treeByName = (reader: Reader, name: string): Id | null => reader.one(treeNamed, { name })?.id ?? null

export const liveTreesOf = (reader: Reader): { id: Id; name: string }[] => reader.all(liveTrees)

export const loadTree = (reader: Reader, id: Id): ProfilingTreeRow | null => reader.one(treeById, { id })

/** How many closings name one of its reasons. */
export const closingsWith = (reader: Reader, tree: Id): number => reader.one(closings, { tree })?.count ?? 0

/** The numbers whose conversations are closed with it. */
export const channelsWithTree = (reader: Reader, tree: Id): { id: Id; name: string }[] =>
  reader.all(channelsOf, { tree })

/** The tree a number's conversations are closed with. */
export const treeOfChannel = (reader: Reader, channel: Id): { id: Id; name: string } | null =>
  reader.one(treeOf, { channel })

/** Every reason a tree has or had, in its order. */
export const loadReasons = (reader: Reader, tree: Id): Reason[] =>
  reader.all(reasonsOf, { tree }).map(({ mayStop, position: _, tree: __, ...rest }) => ({
    ...rest,
    mayStop: mayStop === 1,
  }))

/** What the conversation was last closed with. */
export const loadProfiling = (reader: Reader, conversation: Id): Profiling | null =>
  reader.one(lastOf, { conversation })

export function insertTree(tx: Tx, id: Id, name: string): void {
  tx.run(addTree, { id, name, retiredAt: null })
}

export function updateTree(tx: Tx, tree: Pick<ProfilingTreeRow, "id" | "name" | "retiredAt">): void {
  tx.run(changeTree, tree)
}

/** For good: nothing was ever closed with one of its reasons. The lowest level goes first. */
export function deleteTree(tx: Tx, id: Id): void {
  tx.run(removeReasons, { tree: id })
  tx.run(dropTree, { id })
}

export function insertReason(tx: Tx, reason: Omit<ProfilingReasonRow, "retiredAt">): void {
  tx.run(addReason, { ...reason, retiredAt: null })
}

export function moveReason(tx: Tx, row: { id: Id } & Pick<ProfilingReasonRow, (typeof MOVING)[number]>): void {
  tx.run(move, row)
}

export function retireReason(tx: Tx, id: Id): void {
  tx.run(retire, { id, retiredAt: tx.now })
}

export function saveTreeOfChannel(tx: Tx, channel: Id, tree: Id | null): void {
  tx.run(clearTree, { channel })
  if (tree !== null) tx.run(setTree, { channel, tree })
}

export function insertProfiling(tx: Tx, conversation: Id, profiling: Profiling): void {
  tx.run(keep, { id: tx.newId(), conversation, at: tx.now, ...profiling })
}
