/** How templates are kept: known by account, name and language. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { TemplateRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { Template, TemplateDraft } from "./rules.ts"

const CHANGING = [
  "metaId",
  "category",
  "status",
  "quality",
  "rejectedReason",
  "parameterFormat",
  "components",
  "enabled",
  "fills",
  "task",
  "draft",
  "tries",
  "nextAttemptAt",
  "problem",
  "problemDetails",
  "changedAt",
  "version",
] as const
type Name = Pick<Template, "wabaId" | "name" | "language">

const byId = statement((p: { id: Id }) => query.selectFrom("template").selectAll().where("id", "=", p.id))
const byName = statement((p: Name) =>
  query
    .selectFrom("template")
    .selectAll()
    .where("wabaId", "=", p.wabaId)
    .where("name", "=", p.name)
    .where("language", "=", p.language),
)
const ofAccount = statement((p: { wabaId: string }) =>
  query.selectFrom("template").selectAll().where("wabaId", "=", p.wabaId).orderBy("name").orderBy("language"),
)
const everyone = statement(() =>
  query.selectFrom("template").selectAll().orderBy("name").orderBy("language").orderBy("wabaId"),
)
const add = inserting("template", ["id", "wabaId", "name", "language", ...CHANGING])
const change = statement((p: { id: Id } & Pick<TemplateRow, (typeof CHANGING)[number]>) =>
  query.updateTable("template").set(slotRow(CHANGING)).where("id", "=", p.id),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("template").where("id", "=", p.id))

export const loadTemplate = (reader: Reader, id: Id): Template | null => templateFrom(reader.one(byId, { id }))

export const templateByName = (reader: Reader, { wabaId, name, language }: Name): Template | null =>
  templateFrom(reader.one(byName, { wabaId, name, language }))

/** By name and language. */
export const templatesOfAccount = (reader: Reader, wabaId: string): Template[] =>
  reader.all(ofAccount, { wabaId }).map((row) => templateFrom(row)!)

export const allTemplates = (reader: Reader): Template[] => reader.all(everyone).map((row) => templateFrom(row)!)

export function insertTemplate(tx: Tx, template: Template): void {
  tx.run(add, rowOf(template))
}

/** Writes `next`, one version later. */
export function updateTemplate(tx: Tx, next: Template): void {
  tx.run(change, rowOf({ ...next, version: next.version + 1, changedAt: tx.now }))
}

export function deleteTemplate(tx: Tx, id: Id): void {
  tx.run(remove, { id })
}

const rowOf = ({ components, fills, draft, enabled, ...rest }: Template): TemplateRow => ({
  ...rest,
  components: JSON.stringify(components),
  fills: JSON.stringify(fills),
  enabled: enabled ? 1 : 0,
  draft: draft && JSON.stringify(draft),
})

const templateFrom = (row: TemplateRow | null): Template | null =>
  row && {
    ...row,
    enabled: row.enabled === 1,
    components: JSON.parse(row.components) as Template["components"],
    fills: JSON.parse(row.fills) as Record<string, string>,
    draft: row.draft === null ? null : (JSON.parse(row.draft) as TemplateDraft),
  }
