/** Predefined messages as the admin sees them (predefined-message/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { PredefinedMessage } from "../rules.ts"
import { loadPredefinedMessage, messageFrom } from "../store.ts"

const column = (name: string) => sql.ref<string>(`predefinedMessage.${name}`)

export const predefinedMessages = listing({
  rows: (plan) =>
    query
      .selectFrom("predefinedMessage")
      .selectAll()
      .where((row) =>
        row.and([
          ...plan.words(column("title"), column("category"), column("text")),
          ...plan.filter("category", (values) => row("category", "in", values)),
          ...plan.filter(
            "replies",
            (values) => sql`ifnull(json_extract(choices, '$.style'), 'none') in (${sql.join(values)})`,
          ),
          ...plan.filter("standing", (values) => sql`iif(enabled, 'enabled', 'disabled') in (${sql.join(values)})`),
        ]),
      ),
  line: (row): PredefinedMessage => messageFrom(row)!,
  id: "predefinedMessage.id",
  order: {
    title: plainly(column("title")),
    category: plainly(column("category"), column("title")),
    language: column("language"),
  },
})

export const onePredefinedMessage = (reader: Reader, id: Id): PredefinedMessage =>
  found(loadPredefinedMessage(reader, id))

const everyCategory = statement(() =>
  query.selectFrom("predefinedMessage").select("category").distinct().orderBy("category"),
)

export const predefinedCategories = (reader: Reader): string[] =>
  reader.all(everyCategory).map(({ category }) => category)
