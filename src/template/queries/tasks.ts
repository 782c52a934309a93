/** What the outbox has to tell Meta. */
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { TemplateDraft } from "../rules.ts"
import { loadTemplate } from "../store.ts"

/** The task of a template with all that the call needs; null when there is none any more. */
export function templateTask(reader: Reader, id: Id) {
  const template = loadTemplate(reader, id)
  if (!template?.task) return null
  const { task, metaId, name, language, version, category, parameterFormat, components } = template
  const draft: TemplateDraft = template.draft ?? { category, parameterFormat, components }
  return { task, metaId, name, language, version, draft }
}
