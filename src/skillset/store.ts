import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { SkillsetRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Overflow, Skillset } from "./rules.ts"

const COLUMNS = ["name", "strategy", "priority"] as const

const whole = query
  .selectFrom("skillset")
  .where("skillset.deletedAt", "is", null)
  .leftJoin("skillsetOverflow as overflow", "overflow.skillset", "skillset.id")
  .select(["skillset.id", "skillset.name", "skillset.strategy", "skillset.priority"])
  .select(["overflow.overflowTo", "overflow.afterSeconds"])
const every = statement(() => whole.orderBy("skillset.name"))
const byName = statement((p: { name: string }) => whole.where("skillset.name", "=", p.name))
const byId = statement((p: { id: Id }) => whole.where("skillset.id", "=", p.id))
const insert = inserting("skillset", ["id", "createdAt", ...COLUMNS])
const update = statement((p: Pick<SkillsetRow, "id" | (typeof COLUMNS)[number]>) =>
  query
    .updateTable("skillset")
    .set(slotRow(COLUMNS))
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const clearOverflow = statement((p: { skillset: Id }) =>
  query.deleteFrom("skillsetOverflow").where("skillset", "=", p.skillset),
)
const setOverflow = inserting("skillsetOverflow", ["skillset", "overflowTo", "afterSeconds"])
const ofUser = statement((p: { user: Id }) =>
  query.selectFrom("skillsetMember").select("skillset").where("user", "=", p.user).orderBy("skillset"),
)
const join = inserting("skillsetMember", ["skillset", "user"])
const leave = statement((p: { skillset: Id; user: Id }) =>
  query.deleteFrom("skillsetMember").where("skillset", "=", p.skillset).where("user", "=", p.user),
)

type Row = Pick<SkillsetRow, "id" | (typeof COLUMNS)[number]> & {
  overflowTo: Id | null
  afterSeconds: number | null
}

export const allSkillsets = (reader: Reader): Skillset[] => reader.all(every).map(fromRow)

export function skillsetByName(reader: Reader, name: string): Skillset | null {
  const row = reader.one(byName, { name })
  return row && fromRow(row)
}

export function loadSkillset(reader: Reader, id: Id): Skillset | null {
  const row = reader.one(byId, { id })
  return row && fromRow(row)
}

export const skillsetsOf = (reader: Reader, user: Id): Id[] =>
  reader.all(ofUser, { user }).map(({ skillset }) => skillset)

export function insertSkillset(tx: Tx, { id, name, strategy, priority, overflow }: Skillset): void {
  tx.run(insert, { id, name, strategy, priority, createdAt: tx.now })
  saveOverflow(tx, id, overflow)
}

export function updateSkillsetRow(tx: Tx, { id, name, strategy, priority, overflow }: Skillset): void {
  tx.run(update, { id, name, strategy, priority })
  saveOverflow(tx, id, overflow)
}

const bury = statement((p: { id: Id; now: Instant; name: string }) =>
  query
    .updateTable("skillset")
    .set({ deletedAt: p.now, name: p.name })
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const clearMembers = statement((p: { skillset: Id }) =>
  query.deleteFrom("skillsetMember").where("skillset", "=", p.skillset),
)

/** What is left is the name on what was, with the day of its end: the bare one is free again. */
export function burySkillset(tx: Tx, { id, name }: Skillset): void {
  saveOverflow(tx, id, null)
  tx.run(clearMembers, { skillset: id })
  const free = [`${name} [${dayOf(tx.now)}]`, `${name} [${dayOf(tx.now)} ${id}]`].find((one) => !isNameKept(tx, one))
  tx.run(bury, { id, now: tx.now, name: free ?? String(id) })
}

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)
const kept = statement((p: { name: string }) => query.selectFrom("skillset").select("id").where("name", "=", p.name))
const isNameKept = (reader: Reader, name: string): boolean => reader.one(kept, { name }) !== null

export const addMember = (tx: Tx, skillset: Id, user: Id): void => void tx.run(join, { skillset, user })

export const removeMember = (tx: Tx, skillset: Id, user: Id): void => void tx.run(leave, { skillset, user })

function saveOverflow(tx: Tx, skillset: Id, overflow: Overflow | null): void {
  tx.run(clearOverflow, { skillset })
  if (overflow) tx.run(setOverflow, { skillset, overflowTo: overflow.to, afterSeconds: overflow.afterSeconds })
}

const fromRow = ({ id, name, strategy, priority, overflowTo, afterSeconds }: Row): Skillset => ({
  id,
  name,
  strategy,
  priority,
  overflow: overflowTo === null || afterSeconds === null ? null : { to: overflowTo, afterSeconds },
})
