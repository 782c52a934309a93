/** Tags as the admin sees them (tag/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { KeptTag, TagTone } from "../rules.ts"
import { loadTag, type TagUse, useOfTag } from "../store.ts"

export type { TagUse } from "../store.ts"
export type TagListed = KeptTag & TagUse

const onConversations = sql<number>`(${query
  .selectFrom("conversationTag as oc")
  .whereRef("oc.tag", "=", sql.ref("tag.id"))
  .select(({ fn }) => fn.countAll<number>().as("count"))})`
const onCustomers = sql<number>`(${query
  .selectFrom("customerTag as ou")
  .whereRef("ou.tag", "=", sql.ref("tag.id"))
  .select(({ fn }) => fn.countAll<number>().as("count"))})`

export const tags = listing({
  rows: (plan) =>
    query
      .selectFrom("tag")
      .select(["tag.id", "tag.name", "tag.tone", "tag.retiredAt"])
      .select([onConversations.as("conversations"), onCustomers.as("customers")])
      .where((row) =>
        row.and([
          ...plan.words(sql.ref<string>("tag.name")),
          ...plan.filter("tone", (values: TagTone[]) => row("tag.tone", "in", values)),
          ...plan.filter(
            "standing",
            (values) => sql`iif(tag.retiredAt is null, 'in_use', 'retired') in (${sql.join(values)})`,
          ),
        ]),
      ),
  line: (row): TagListed => row,
  id: "tag.id",
  order: { name: plainly(sql.ref<string>("tag.name")), conversations: onConversations, customers: onCustomers },
})

export const oneTag = (reader: Reader, id: Id): KeptTag => found(loadTag(reader, id))

export const tagUse = (reader: Reader, id: Id): TagUse => useOfTag(reader, id)
