/** What happens to profiling: trees are made and changed, numbers are given one, closings are kept. */
import { type Changes, changesBetween } from "~/audit/rules.ts"
import { loadChannel } from "~/channel/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { outlineOf, refuseReasons, writtenReasons } from "./rules/writing.ts"
import type { Profiling, Reason, WrittenReason } from "./rules.ts"
import {
  channelsWithTree,
  closingsWith,
  deleteTree,
  insertProfiling,
  insertReason,
  insertTree,
  liveTreesOf,
  loadReasons,
  loadTree,
  moveReason,
  retireReason,
  saveTreeOfChannel,
  treeByName,
  treeOfChannel,
  updateTree,
} from "./store.ts"

/**
 * Makes the tree of that name as written: what is not in it any more is retired. One that was taken away is in use
 * again. Answers what came of it.
 */
export function setProfilingTree(
  tx: Tx,
  name: string,
  reasons: readonly WrittenReason[],
): "created" | "changed" | "left alone" {
  const known = treeByName(tx, name)
  if (known === null) {
    addTree(tx, name, reasons)
    return "created"
  }
  return changeTree(tx, known, name, reasons) ? "changed" : "left alone"
}

/** Refuses as `refuseReasons`, and `profiling.name_taken`. */
export function addTree(tx: Tx, name: string, reasons: readonly WrittenReason[]): Id {
  check(tx, { name, reasons, self: null })
  const retired = treeByName(tx, name)
  if (retired !== null) {
    changeTree(tx, retired, name, reasons)
    return retired
  }
  const id = tx.newId()
  insertTree(tx, id, name)
  followLevel(tx, { tree: id, live: [] }, null, reasons)
  note(tx, "profiling.created", { id, name }, changesBetween({}, { reasons: outlineOf(reasons) }))
  return id
}

/** A label is never edited: another one is another reason, and the old one is retired. */
export function changeTree(tx: Tx, id: Id, name: string, reasons: readonly WrittenReason[]): boolean {
  const tree = found(loadTree(tx, id))
  check(tx, { name, reasons, self: id })
  const live = loadReasons(tx, id).filter(({ retiredAt }) => retiredAt === null)
  const before = outlineOf(writtenReasons(live))
  const isOther = name !== tree.name || tree.retiredAt !== null
  if (isOther) updateTree(tx, { id, name, retiredAt: null })
  const changes = followLevel(tx, { tree: id, live }, null, reasons)
  if (changes === 0 && !isOther) return false
  const said = changesBetween({ name: tree.name, reasons: before }, { name, reasons: outlineOf(reasons) })
  note(tx, "profiling.changed", tree, said)
  return true
}

/**
 * Takes it away; where conversations were closed with it, its reasons stay for them. Refuses `profiling.in_use
 * {numbers}`: a number would ask for nothing any more without anybody having said so.
 */
export function removeTree(tx: Tx, id: Id): void {
  const tree = found(loadTree(tx, id))
  const numbers = channelsWithTree(tx, id)
  demand(numbers.length === 0, "profiling.in_use", { numbers: numbers.map(({ name }) => name).join(", ") })
  if (closingsWith(tx, id) === 0) deleteTree(tx, id)
  else {
    const live = loadReasons(tx, id).filter(({ retiredAt }) => retiredAt === null)
    followLevel(tx, { tree: id, live }, null, [])
    updateTree(tx, { id, name: tree.name, retiredAt: tx.now })
  }
  note(tx, "profiling.removed", tree, {})
}

type Written = { name: string; reasons: readonly WrittenReason[]; self: Id | null }

function check(tx: Tx, { name, reasons, self }: Written): void {
  const refusal = refuseReasons(reasons)
  if (refusal) throw new Refused(refusal)
  const other = treeByName(tx, name)
  const isRetired = other !== null && self !== null && found(loadTree(tx, other)).retiredAt !== null
  const isKept = other !== null && other === self
  const isFree = isKept || !(isRetired || isNameTaken(liveTreesOf(tx), name, self))
  demand(isFree, "profiling.name_taken", { name })
}

function note(tx: Tx, act: ProfilingAct, { id, name }: { id: Id; name: string }, changes: Changes): void {
  tx.raise({ type: "audit.due", act, subject: { kind: "profiling", id, name }, changes })
}
type ProfilingAct = "profiling.created" | "profiling.changed" | "profiling.removed"

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
