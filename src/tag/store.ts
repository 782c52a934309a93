/** How tags are kept, and what carries them. */
import type { Reader, Tx } from "~/database/handles.ts"
import { idsIn, idsText } from "~/database/ids.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { foldedTag, type KeptTag, type Tag, type TagPlace } from "./rules.ts"

const COLUMNS = ["id", "name", "tone", "retiredAt"] as const

const everyOffered = statement(() =>
  query.selectFrom("tag").select(["id", "name", "tone"]).where("retiredAt", "is", null).orderBy("folded"),
)
const byId = statement((p: { id: Id }) => query.selectFrom("tag").select(COLUMNS).where("id", "=", p.id))
const byFolded = statement((p: { folded: string }) =>
  query.selectFrom("tag").select(COLUMNS).where("folded", "=", p.folded),
)
const add = inserting("tag", ["id", "name", "folded", "tone", "retiredAt"])
const CHANGING = ["name", "folded", "tone", "retiredAt"] as const
const change = statement((p: KeptTag & { folded: string }) =>
  query.updateTable("tag").set(slotRow(CHANGING)).where("id", "=", p.id),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("tag").where("id", "=", p.id))
const countConversations = statement((p: { id: Id }) =>
  query
    .selectFrom("conversationTag")
    .where("tag", "=", p.id)
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const countCustomers = statement((p: { id: Id }) =>
  query
    .selectFrom("customerTag")
    .where("tag", "=", p.id)
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const openOnes = statement((p: { id: Id }) =>
  query
    .selectFrom("conversation as c")
    .select("c.id")
    .where("c.state", "<>", "closed")
    .where((row) =>
      row.or([
        row.exists(
          row
            .selectFrom("conversationTag as ct")
            .select("ct.tag")
            .whereRef("ct.conversation", "=", "c.id")
            .where("ct.tag", "=", p.id),
        ),
        row.exists(
          row
            .selectFrom("customerTag as ut")
            .select("ut.tag")
            .whereRef("ut.customer", "=", "c.customer")
            .where("ut.tag", "=", p.id),
        ),
      ]),
    ),
)
const moveConversations = statement((p: { id: Id; into: Id }) =>
  query
    .updateTable("conversationTag")
    .set({ tag: p.into })
    .where("tag", "=", p.id)
    .where("conversation", "not in", (row) =>
      row.selectFrom("conversationTag as there").select("there.conversation").where("there.tag", "=", p.into),
    ),
)
const moveCustomers = statement((p: { id: Id; into: Id }) =>
  query
    .updateTable("customerTag")
    .set({ tag: p.into })
    .where("tag", "=", p.id)
    .where("customer", "not in", (row) =>
      row.selectFrom("customerTag as there").select("there.customer").where("there.tag", "=", p.into),
    ),
)
const clearConversations = statement((p: { id: Id }) => query.deleteFrom("conversationTag").where("tag", "=", p.id))
const clearCustomers = statement((p: { id: Id }) => query.deleteFrom("customerTag").where("tag", "=", p.id))
const ofConversation = statement((p: { id: Id }) =>
  query
    .selectFrom("conversationTag as on")
    .innerJoin("tag", "tag.id", "on.tag")
    .select(["tag.id", "tag.name", "tag.tone"])
    .where("on.conversation", "=", p.id)
    .orderBy("tag.folded"),
)
const ofCustomer = statement((p: { id: Id }) =>
  query
    .selectFrom("customerTag as on")
    .innerJoin("tag", "tag.id", "on.tag")
    .select(["tag.id", "tag.name", "tag.tone"])
    .where("on.customer", "=", p.id)
    .orderBy("tag.folded"),
)
const ofCustomers = statement((p: { customers: string }) =>
  query
    .selectFrom("customerTag as on")
    .innerJoin("tag", "tag.id", "on.tag")
    .select(["on.customer", "tag.id", "tag.name", "tag.tone"])
    .where("on.customer", "in", idsIn(p.customers))
    .orderBy("tag.folded"),
)
const addToConversation = inserting("conversationTag", ["conversation", "tag"])
const addToCustomer = inserting("customerTag", ["customer", "tag"])
const dropFromConversation = statement((p: { id: Id; tag: Id }) =>
  query.deleteFrom("conversationTag").where("conversation", "=", p.id).where("tag", "=", p.tag),
)
const dropFromCustomer = statement((p: { id: Id; tag: Id }) =>
  query.deleteFrom("customerTag").where("customer", "=", p.id).where("tag", "=", p.tag),
)

/** Every tag that may be put somewhere, by name. */
export const loadTags = (reader: Reader): Tag[] => reader.all(everyOffered)

export const loadTag = (reader: Reader, id: Id): KeptTag | null => reader.one(byId, { id })

export type TagUse = { conversations: number; customers: number }

/** How much carries it. */
export const useOfTag = (reader: Reader, id: Id): TagUse => ({
  conversations: reader.one(countConversations, { id })?.count ?? 0,
  customers: reader.one(countCustomers, { id })?.count ?? 0,
})

/** The open conversations beside which it is seen, their own or their customer's. */
export const openWithTag = (reader: Reader, tag: Id): Id[] => reader.all(openOnes, { id: tag }).map(({ id }) => id)

export const tagNamed = (reader: Reader, name: string): KeptTag | null =>
  reader.one(byFolded, { folded: foldedTag(name) })

export const tagsOf = (reader: Reader, { on, id }: TagPlace): Tag[] =>
  reader.all(on === "conversation" ? ofConversation : ofCustomer, { id })

/** Of several customers. */
export function tagsOfMany(reader: Reader, customers: readonly Id[]): ReadonlyMap<Id, Tag[]> {
  const all = new Map<Id, Tag[]>()
  for (const { customer, ...tag } of reader.all(ofCustomers, { customers: idsText(customers) })) {
    const own = all.get(customer) ?? []
    all.set(customer, own)
    own.push(tag)
  }
  return all
}

export function insertTag(tx: Tx, tag: Tag): void {
  tx.run(add, { ...tag, folded: foldedTag(tag.name), retiredAt: null })
}

export function updateTag(tx: Tx, tag: KeptTag): void {
  tx.run(change, { ...tag, folded: foldedTag(tag.name) })
}

/** Whatever carries it carries `into` instead. */
export function moveTag(tx: Tx, id: Id, into: Id): void {
  tx.run(moveConversations, { id, into })
  tx.run(moveCustomers, { id, into })
}

/** Taken off everything first. */
export function deleteTag(tx: Tx, id: Id): void {
  tx.run(clearConversations, { id })
  tx.run(clearCustomers, { id })
  tx.run(remove, { id })
}

export function attachTag(tx: Tx, { on, id }: TagPlace, tag: Id): void {
  if (on === "conversation") tx.run(addToConversation, { conversation: id, tag })
  else tx.run(addToCustomer, { customer: id, tag })
}

/** Answers whether it was there. */
export const detachTag = (tx: Tx, { on, id }: TagPlace, tag: Id): boolean =>
  tx.run(on === "conversation" ? dropFromConversation : dropFromCustomer, { id, tag }) > 0
