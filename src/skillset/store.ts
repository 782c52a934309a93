import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

export type Skillset = { id: Id; name: string }

const every = statement(() => query.selectFrom("skillset").select(["id", "name"]).orderBy("name"))
const byName = statement((p: { name: string }) =>
  query.selectFrom("skillset").select(["id", "name"]).where("name", "=", p.name),
)
const insert = inserting("skillset", ["id", "name", "createdAt"])
const ofUser = statement((p: { user: Id }) =>
  query.selectFrom("skillsetMember").select("skillset").where("user", "=", p.user).orderBy("skillset"),
)
const join = inserting("skillsetMember", ["skillset", "user"])
const leave = statement((p: { skillset: Id; user: Id }) =>
  query.deleteFrom("skillsetMember").where("skillset", "=", p.skillset).where("user", "=", p.user),
)

export const allSkillsets = (reader: Reader): Skillset[] => reader.all(every)

export const skillsetByName = (reader: Reader, name: string): Skillset | null => reader.one(byName, { name })

export const skillsetsOf = (reader: Reader, user: Id): Id[] =>
  reader.all(ofUser, { user }).map(({ skillset }) => skillset)

export const insertSkillset = (tx: Tx, { id, name }: Skillset): void =>
  void tx.run(insert, { id, name, createdAt: tx.now })

export const addMember = (tx: Tx, skillset: Id, user: Id): void => void tx.run(join, { skillset, user })

export const removeMember = (tx: Tx, skillset: Id, user: Id): void => void tx.run(leave, { skillset, user })
