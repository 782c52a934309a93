/** A7: profiling trees, by the tenant's admin. */
import { PROFILING_PATH, TreeDeletion, TreeList, TreeSheet, treeColumns } from "views/profiling/admin.tsx"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { Refused } from "~/kernel/step.ts"
import { type AdminNoun, type AdminParts, adminPages } from "~/web/admin-pages.tsx"
import type { Areas } from "~/web/areas.ts"
import type { Written } from "~/web/editing.ts"
import { type Field, id, line, several } from "~/web/form.ts"
import { addTree, changeTree, removeTree, setTreeOfChannel } from "../actions.ts"
import { numbersWithTrees, oneTree, type Tree, type TreeLine, trees } from "../queries/list.ts"
import { asksInVain } from "../queries.ts"
import { PROFILING_LIST } from "../rules/list.ts"
import { LONGEST_REASON, MOST_REASONS, outlineOf, rowsOf, treeOf, writtenReasons } from "../rules/writing.ts"
import { LEVELS, type WrittenReason } from "../rules.ts"

export function profilingAdminRoutes({ administration }: Areas, parts: AdminParts) {
  const pages = adminPages(noun, parts)
  return administration()
    .get(PROFILING_PATH, (visit) => pages.list(visit))
    .post(`${PROFILING_PATH}/export`, (visit) => pages.file(visit))
    .get(`${PROFILING_PATH}/new`, (visit) => pages.fresh(visit))
    .post(PROFILING_PATH, (visit) => pages.create(visit))
    .get(`${PROFILING_PATH}/:id`, (visit) => pages.one(visit, visit.id("id")))
    .post(`${PROFILING_PATH}/:id`, (visit) => pages.save(visit, visit.id("id")))
    .get(`${PROFILING_PATH}/:id/deletion`, (visit) => pages.deletion(visit, visit.id("id")))
    .post(`${PROFILING_PATH}/:id/deletion`, (visit) => pages.remove(visit, visit.id("id")))
}

/** The rows in the order of the page: key, title and level of each; `mayStop` names the keys that may. */
type Values = {
  name: string
  row: string[]
  title: string[]
  level: string[]
  mayStop: string[]
  channels: Id[]
}

const anything: Field<string> = (given) => ({ value: (given[0] ?? "").normalize("NFC").trim().replace(/\s+/g, " ") })
const rows = several(anything, { most: MOST_REASONS })

function fieldsOf(read: Reader) {
  const known = new Set(numbersWithTrees(read).map((one) => one.id))
  const numbers = several(id, { most: 500 })
  const channels: Field<Id[]> = (given) => {
    const result = numbers(given)
    return "refused" in result ? result : { value: [...new Set(result.value)].filter((one) => known.has(one)) }
  }
  return { name: line({ most: LONGEST_REASON }), row: rows, title: rows, level: rows, mayStop: rows, channels }
}

function reasonsIn({ row, title, level, mayStop }: Values): WrittenReason[] {
  const result = treeOf(
    title.map((words, index) => ({
      title: words,
      mayStop: mayStop.includes(row[index] ?? ""),
      level: Math.min(LEVELS, Math.max(1, Number(level[index]) || 1)),
    })),
  )
  if ("refused" in result) throw new Refused(result)
  return result.value
}

function writtenTree({ name, live, channels }: Tree): Written {
  const written = rowsOf(writtenReasons(live)).map((one, index) => ({ ...one, key: `r${index + 1}` }))
  return {
    name: [name],
    row: written.map(({ key }) => key),
    title: written.map(({ title }) => title),
    level: written.map(({ level }) => String(level)),
    mayStop: written.filter(({ mayStop }) => mayStop).map(({ key }) => key),
    channels: channels.map((one) => String(one.id)),
  }
}

const comparedTree = ({ name, live, channels }: Tree): Written => ({
  name: [name],
  title: [outlineOf(writtenReasons(live))],
  channels: channels.map((one) => String(one.id)),
})

/** Chosen numbers get it; those that had it and are not chosen have none any more. */
function giveTo(tx: Tx, tree: Id, name: string, channels: readonly Id[]): void {
  const before = oneTree(tx, tree).channels.map((one) => one.id)
  for (const channel of before) if (!channels.includes(channel)) setTreeOfChannel(tx, channel, null)
  for (const channel of channels) setTreeOfChannel(tx, channel, name)
}

const noun: AdminNoun<TreeLine, Tree, Values> = {
  path: PROFILING_PATH,
  kind: "profiling",
  title: "profiling_admin.title",
  shape: PROFILING_LIST,
  rows: trees,
  columns: treeColumns,
  fields: fieldsOf,
  one: oneTree,
  written: writtenTree,
  compared: comparedTree,
  blank: () => ({ row: [], title: [], level: [], mayStop: [] }),
  saidAt: { "profiling.name": "name", "profiling.reasons": "title" },
  create(tx, values) {
    const tree = addTree(tx, values.name, reasonsIn(values))
    giveTo(tx, tree, values.name, values.channels)
    return tree
  },
  change(tx, id, values) {
    changeTree(tx, id, values.name, reasonsIn(values))
    giveTo(tx, id, values.name, values.channels)
  },
  remove: removeTree,
  List: (props) => <TreeList {...props} shape={PROFILING_LIST} />,
  Sheet: (props) => (
    <TreeSheet
      {...props}
      numbers={numbersWithTrees(props.read)}
      inVain={props.one ? asksInVain(props.read, props.one.id) : []}
    />
  ),
  Deletion: (props) => <TreeDeletion {...props} />,
}
