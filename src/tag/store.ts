/** How tags are kept, and what carries them. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { foldedTag, type Tag, type TagPlace, type TagTone } from "./rules.ts"

const every = statement(() => query.selectFrom("tag").select(["id", "name", "tone"]).orderBy("folded"))
const byFolded = statement((p: { folded: string }) =>
  query.selectFrom("tag").select(["id", "name", "tone"]).where("folded", "=", p.folded),
)
const add = inserting("tag", ["id", "name", "folded", "tone"])
const change = statement((p: { id: Id; name: string; tone: TagTone }) =>
  query.updateTable("tag").set({ name: p.name, tone: p.tone }).where("id", "=", p.id),
)
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
const addToConversation = inserting("conversationTag", ["conversation", "tag"])
const addToCustomer = inserting("customerTag", ["customer", "tag"])
const dropFromConversation = statement((p: { id: Id; tag: Id }) =>
  query.deleteFrom("conversationTag").where("conversation", "=", p.id).where("tag", "=", p.tag),
)
const dropFromCustomer = statement((p: { id: Id; tag: Id }) =>
  query.deleteFrom("customerTag").where("customer", "=", p.id).where("tag", "=", p.tag),
)

/** Every tag of the tenant, by name. */
export const loadTags = (reader: Reader): Tag[] => reader.all(every)

export const tagNamed = (reader: Reader, name: string): Tag | null => reader.one(byFolded, { folded: foldedTag(name) })

export const tagsOf = (reader: Reader, { on, id }: TagPlace): Tag[] =>
  reader.all(on === "conversation" ? ofConversation : ofCustomer, { id })

export function insertTag(tx: Tx, tag: Tag): void {
  tx.run(add, { ...tag, folded: foldedTag(tag.name) })
}

/** The same word, written or shown otherwise. */
export function updateTag(tx: Tx, tag: Tag): void {
  tx.run(change, tag)
}

export function attachTag(tx: Tx, { on, id }: TagPlace, tag: Id): void {
  if (on === "conversation") tx.run(addToConversation, { conversation: id, tag })
  else tx.run(addToCustomer, { customer: id, tag })
}

/** Answers whether it was there. */
export const detachTag = (tx: Tx, { on, id }: TagPlace, tag: Id): boolean =>
  tx.run(on === "conversation" ? dropFromConversation : dropFromCustomer, { id, tag }) > 0
