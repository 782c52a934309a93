/** What the profiling of a number is chosen from. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { loadReasons, treeByName, treeOfChannel } from "../store.ts"

const names = statement(() => query.selectFrom("profilingTree").select("name").orderBy("name"))

export const treeNames = (reader: Reader): string[] => reader.all(names).map(({ name }) => name)

/** Empty: it has none. */
export const treeNameOf = (reader: Reader, channel: Id): string => treeOfChannel(reader, channel)?.name ?? ""

/** What a closing is asked first. */
export function firstReasons(reader: Reader, name: string): string[] {
  const tree = treeByName(reader, name)
  if (tree === null) return []
  return loadReasons(reader, tree)
    .filter(({ parent, retiredAt }) => parent === null && retiredAt === null)
    .map(({ title }) => title)
}
