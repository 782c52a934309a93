/** What happens to profiling: trees are made and changed, numbers are given one, closings are kept. */
import { loadChannel } from "~/channel/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Profiling, Reason, WrittenReason } from "./rules.ts"
import {
  insertProfiling,
  insertReason,
  insertTree,
  loadReasons,
  moveReason,
  retireReason,
  saveTreeOfChannel,
  treeByName,
  treeOfChannel,
} from "./store.ts"

/** Makes the tree of that name as written: what is not in it any more is retired. Answers what came of it. */
export function setProfilingTree(
  tx: Tx,
  name: string,
  reasons: readonly WrittenReason[],
): "created" | "changed" | "left alone" {
  const known = treeByName(tx, name)
  const tree = known ?? tx.newId()
  if (known === null) insertTree(tx, tree, name)
  const live = loadReasons(tx, tree).filter(({ retiredAt }) => retiredAt === null)
  const changes = followLevel(tx, { tree, live }, null, reasons)
  const outcome = known === null ? "created" : changes > 0 ? "changed" : "left alone"
  if (outcome !== "left alone") {
    const subject = { kind: "profiling", id: tree, name } as const
    tx.raise({ type: "audit.due", act: `profiling.${outcome}`, subject, changes: {} })
  }
  return outcome
}

/** Gives a number the tree of that name, or none; answers whether it is another one now. */
export function setTreeOfChannel(tx: Tx, channel: Id, name: string | null): boolean {
  const before = treeOfChannel(tx, channel)
  const next = name === null ? null : treeByName(tx, name)
  if (next === (before?.id ?? null)) return false
  saveTreeOfChannel(tx, channel, next)
  const subject = { kind: "channel", id: channel, name: loadChannel(tx, channel)?.name ?? "" } as const
  const changes = { profiling: { before: before?.name ?? null, after: name } }
  tx.raise({ type: "audit.due", act: "channel.profiling_changed", subject, changes })
  return true
}

/** The number is let go. */
export const forgetTreeOf = (tx: Tx, channel: Id): void => saveTreeOfChannel(tx, channel, null)

/** A conversation was closed: what was said of it is kept. */
export function keepProfiling(tx: Tx, conversation: Id, profiling: Profiling | null): void {
  if (profiling) insertProfiling(tx, conversation, profiling)
}

type Tree = { tree: Id; live: readonly Reason[] }

/** Answers how much is otherwise now. A reason is known by its label among its siblings. */
function followLevel(tx: Tx, at: Tree, parent: Id | null, wanted: readonly WrittenReason[]): number {
  const siblings = at.live.filter((reason) => reason.parent === parent)
  const gone = siblings.filter(({ title }) => !wanted.some((one) => one.title === title))
  let changes = gone.reduce((sum, reason) => sum + retireBelow(tx, at, reason), 0)
  for (const [position, { title, mayStop, reasons }] of wanted.entries()) {
    const known = siblings.find((reason) => reason.title === title)
    const id = known?.id ?? tx.newId()
    const place = { id, position, mayStop: mayStop ? 1 : 0 } as const
    if (!known) insertReason(tx, { ...place, tree: at.tree, parent, title })
    else if (known.mayStop !== mayStop || siblings.indexOf(known) !== position) moveReason(tx, place)
    const isSame = known?.mayStop === mayStop && siblings.indexOf(known) === position
    changes += (isSame ? 0 : 1) + followLevel(tx, at, id, reasons)
  }
  return changes
}

function retireBelow(tx: Tx, at: Tree, reason: Reason): number {
  retireReason(tx, reason.id)
  const below = at.live.filter(({ parent }) => parent === reason.id)
  return below.reduce((sum, one) => sum + retireBelow(tx, at, one), 1)
}
