/** What closing asks of whoever closes, and what was said before. */
import { channelSettings } from "~/channel/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { asked, type Demand, type Profiling, type ProfilingPolicy } from "./rules.ts"
import { channelsWithTree, loadProfiling, loadReasons, treeOfChannel } from "./store.ts"

/** What the number asks at closing. */
export function profilingPolicy(reader: Reader, channel: Id): ProfilingPolicy {
  const { profilingReason: reason, profilingNotes: notes } = channelSettings(reader, channel)
  const tree = reason === "off" ? null : treeOfChannel(reader, channel)
  return { reason, notes, treeName: tree?.name ?? "", reasons: tree ? loadReasons(reader, tree.id) : [] }
}

/** Whether closing asks for anything. */
export function asksProfiling(reader: Reader, channel: Id): boolean {
  const wants = (demand: Demand) => demand !== "off"
  const { reason, notes } = asked(profilingPolicy(reader, channel))
  return wants(reason) || wants(notes)
}

/** What the conversation was last closed with. */
export const profilingOf = (reader: Reader, conversation: Id): Profiling | null => loadProfiling(reader, conversation)

/**
 * The numbers that ask for a reason of this tree and can offer none: their conversations are closed without one, which
 * nobody sees unless told.
 */
export function asksInVain(reader: Reader, tree: Id): string[] {
  const isEmpty = loadReasons(reader, tree).every(({ retiredAt }) => retiredAt !== null)
  if (!isEmpty) return []
  return channelsWithTree(reader, tree)
    .filter(({ id }) => channelSettings(reader, id).profilingReason !== "off")
    .map(({ name }) => name)
}
