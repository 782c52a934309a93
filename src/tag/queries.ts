import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Tag } from "./rules.ts"
import { loadTags, tagsOf, tagsOfMany } from "./store.ts"

export type { Tag } from "./rules.ts"

export const allTags = (reader: Reader): Tag[] => loadTags(reader)
export const tagsOfConversation = (reader: Reader, id: Id): Tag[] => tagsOf(reader, { on: "conversation", id })
export const tagsOfCustomer = (reader: Reader, id: Id): Tag[] => tagsOf(reader, { on: "customer", id })
/** The same of several; whoever has none is not among them. */
export const tagsOfCustomers = (reader: Reader, ids: readonly Id[]): ReadonlyMap<Id, Tag[]> => tagsOfMany(reader, ids)
