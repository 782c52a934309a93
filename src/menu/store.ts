/** How menus and the customers in them are kept. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { MenuVisitRow } from "~/database/tables.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import type { Menu, Visit } from "./rules.ts"

const POSITION = ["revision", "path", "titles", "wrongAnswers", "askedAt", "endsAt"] as const

const ofChannel = statement((p: { channel: Id }) =>
  query.selectFrom("menu").select(["revision", "document"]).where("channel", "=", p.channel),
)
const add = inserting("menu", ["channel", "revision", "document"])
const remove = statement((p: { channel: Id }) => query.deleteFrom("menu").where("channel", "=", p.channel))
const visitById = statement((p: { id: Id }) => query.selectFrom("menuVisit").selectAll().where("id", "=", p.id))
const visitByConversation = statement((p: { conversation: Id }) =>
  query.selectFrom("menuVisit").selectAll().where("conversation", "=", p.conversation),
)
const addVisit = inserting("menuVisit", ["id", "conversation", ...POSITION])
const moveVisit = statement((p: { id: Id } & Pick<MenuVisitRow, (typeof POSITION)[number]>) =>
  query.updateTable("menuVisit").set(slotRow(POSITION)).where("id", "=", p.id),
)
const removeVisit = statement((p: { id: Id }) => query.deleteFrom("menuVisit").where("id", "=", p.id))

/** The menu of a number, with the revision its questions are marked with. */
export function loadMenu(reader: Reader, channel: Id): { revision: Id; menu: Menu } | null {
  const row = reader.one(ofChannel, { channel })
  return row && { revision: row.revision, menu: JSON.parse(row.document) as Menu }
}

/** Puts `menu` in place of the number's menu, as a new revision; null: it has none. */
export function saveMenu(tx: Tx, channel: Id, menu: Menu | null): void {
  tx.run(remove, { channel })
  if (menu) tx.run(add, { channel, revision: tx.newId(), document: JSON.stringify(menu) })
}

export const loadVisit = (reader: Reader, id: Id): Visit | null => visitFrom(reader.one(visitById, { id }))

/** Where a conversation stands in its menu; null while it is in none. */
export const visitOf = (reader: Reader, conversation: Id): Visit | null =>
  visitFrom(reader.one(visitByConversation, { conversation }))

export function insertVisit(tx: Tx, visit: Visit): void {
  tx.run(addVisit, rowOf(visit))
  saveDeadlines(tx, visit.id, [], deadlinesOf(visit))
}

export function updateVisit(tx: Tx, before: Visit, next: Visit): void {
  tx.run(moveVisit, rowOf(next))
  saveDeadlines(tx, next.id, deadlinesOf(before), deadlinesOf(next))
}

export function deleteVisit(tx: Tx, visit: Visit): void {
  tx.run(removeVisit, { id: visit.id })
  saveDeadlines(tx, visit.id, deadlinesOf(visit), [])
}

const deadlinesOf = ({ endsAt }: Visit) => [{ kind: "menu_ends" as const, at: endsAt }]

const rowOf = ({ path, titles, ...rest }: Visit): MenuVisitRow => ({
  ...rest,
  path: JSON.stringify(path),
  titles: JSON.stringify(titles),
})

const visitFrom = (row: MenuVisitRow | null): Visit | null =>
  row && { ...row, path: JSON.parse(row.path) as number[], titles: JSON.parse(row.titles) as string[] }
