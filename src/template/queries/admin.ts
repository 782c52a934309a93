/** Templates as their admin sees them: the list (template/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { type Anatomy, anatomyOf } from "../rules/anatomy.ts"
import type { Template, TemplateTask } from "../rules.ts"
import { loadTemplate } from "../store.ts"

export type TemplateLine = Pick<
  Template,
  "id" | "wabaId" | "name" | "language" | "category" | "status" | "quality" | "rejectedReason" | "enabled"
> & {
  task: TemplateTask | null
  problem: string | null
  problemDetails: string | null
  body: string
  changedAt: Instant
  isSupported: boolean
}

const column = (name: string) => sql.ref<string>(`template.${name}`)
/** What a person reads of it; the rest of the components are Meta's own words. */
const body = sql<string | null>`(SELECT json_extract(part.value, '$.text') FROM json_each(template.components) AS part
  WHERE upper(json_extract(part.value, '$.type')) = 'BODY')`

export const templates = listing({
  rows: (plan) =>
    query
      .selectFrom("template")
      .select(["id", "wabaId", "name", "language", "category", "status", "quality", "rejectedReason", "enabled"])
      .select(["task", "problem", "problemDetails", "changedAt", "components", "draft"])
      .where((row) =>
        row.and([
          ...plan.words(column("name"), body),
          ...plan.filter("status", (values) => row("template.status", "in", values)),
          ...plan.filter("category", (values) => row("template.category", "in", values)),
          ...plan.filter("language", (values) => row("template.language", "in", values)),
          ...plan.filter("agents", (values) => sql`iif(template.enabled, 'open', 'closed') in (${sql.join(values)})`),
        ]),
      ),
  line: ({ components, draft: _, enabled, ...row }): TemplateLine => {
    const parts = JSON.parse(components) as Template["components"]
    const anatomy = anatomyOf({ components: parts, category: row.category })
    const isSupported = anatomy !== null || parts.length === 0
    return {
      ...row,
      task: row.task as TemplateTask | null,
      enabled: enabled === 1,
      body: anatomy?.body ?? "",
      isSupported,
    }
  },
  id: "template.id",
  order: {
    name: column("name"),
    language: column("language"),
    category: column("category"),
    status: column("status"),
    quality: sql<string>`ifnull(template.quality, '')`,
    agents: sql<number>`1 - template.enabled`,
    account: column("wabaId"),
    changedAt: sql.ref<number>("template.changedAt"),
  },
})

const languages = statement(() => query.selectFrom("template").select("language").distinct().orderBy("language"))

/** Those that some template is in. */
export const templateLanguages = (reader: Reader): string[] => reader.all(languages).map(({ language }) => language)

/** One of them, with its parts as far as we understand them. */
export function oneTemplate(reader: Reader, id: Id): Template & { anatomy: Anatomy | null } {
  const template = found(loadTemplate(reader, id))
  return { ...template, anatomy: anatomyOf(template.components.length > 0 ? template : (template.draft ?? template)) }
}

const waiting = statement((p: { template: Id }) =>
  query
    .selectFrom("conversation as c")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("c.state", "=", "awaiting_reply")
    .where("c.state", "<>", "closed")
    .where((row) =>
      row.exists(
        row
          .selectFrom("message as m")
          .select("m.id")
          .whereRef("m.conversation", "=", "c.id")
          .where("m.kind", "=", "template")
          .where(sql<number>`json_extract(m.content, '$.template.template')`, "=", p.template),
      ),
    ),
)

/** How many conversations wait for an answer to it: those stay as they are. */
export const awaitedAnswers = (reader: Reader, id: Id): number => reader.one(waiting, { template: id })?.count ?? 0
