/** What happens to templates: listed by Meta, changed by its news, opened to agents by an admin. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { accountOfChannel } from "./queries.ts"
import type { TemplateFact } from "./rules/facts.ts"
import {
  asListed,
  type Listed,
  OUTDATED,
  SYNC_EVERY,
  type Template,
  type TemplateNews,
  type TemplateSync,
  waitAfter,
  withNews,
} from "./rules.ts"
import { anyTemplateFile, deleteTemplateFile, insertTemplateFile } from "./store/files.ts"
import { loadSync, saveSync } from "./store/syncs.ts"
import {
  deleteTemplate,
  insertTemplate,
  loadTemplate,
  templateByName,
  templatesOfAccount,
  updateTemplate,
} from "./store.ts"

const BLANK_SYNC = { runningSince: null, syncedAt: null, tries: 0, count: 0, problem: null, problemDetails: null }

/** The account's templates are asked for as soon as the line is free. */
export function wantSync(tx: Tx, wabaId: string): void {
  const sync = loadSync(tx, wabaId) ?? { wabaId, nextAttemptAt: tx.now, ...BLANK_SYNC }
  saveSync(tx, { ...sync, nextAttemptAt: tx.now, tries: 0 })
  tx.raise({ type: "template.sync_wanted", wabaId })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

/** The call is about to be made. */
export function beginSync(tx: Tx, wabaId: string): void {
  const sync = loadSync(tx, wabaId) ?? { wabaId, nextAttemptAt: tx.now, ...BLANK_SYNC }
  saveSync(tx, { ...sync, runningSince: tx.now })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

/** Everything Meta has of the account. What it has no more is gone, unless an admin had opened it to agents. */
export function keepListed(tx: Tx, wabaId: string, listed: readonly Listed[]): void {
  const known = templatesOfAccount(tx, wabaId)
  for (const one of listed) keepOne(tx, wabaId, one)
  const names = new Set(listed.map(keyOf))
  for (const one of known) if (!names.has(keyOf(one))) forget(tx, one)
  endSync(tx, wabaId, { ...BLANK_SYNC, syncedAt: tx.now, count: listed.length, nextAttemptAt: tx.now + SYNC_EVERY })
}

/** It came to nothing: `reason` is a failure key; tried again by and by. */
export function syncFailed(tx: Tx, wabaId: string, problem: { reason: string; details: string | null }): void {
  const tries = (loadSync(tx, wabaId)?.tries ?? 0) + 1
  const next = { tries, problem: problem.reason, problemDetails: problem.details, runningSince: null }
  endSync(tx, wabaId, { ...next, nextAttemptAt: tx.now + waitAfter(tries) })
}

function endSync(tx: Tx, wabaId: string, news: Partial<TemplateSync> & { nextAttemptAt: number }): void {
  saveSync(tx, { ...BLANK_SYNC, ...loadSync(tx, wabaId), wabaId, ...news })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

const keyOf = ({ name, language }: Pick<Template, "name" | "language">): string => `${name}/${language}`

function keepOne(tx: Tx, wabaId: string, listed: Listed): void {
  const known = templateByName(tx, { wabaId, name: listed.name, language: listed.language })
  if (!known) {
    insertTemplate(tx, asListed(blank(tx, { wabaId, ...listed }), listed))
    return
  }
  const next = asListed(known, listed)
  if (JSON.stringify(next) !== JSON.stringify(known)) updateTemplate(tx, next)
}

/** A template of which nothing was decided. */
export const blank = (tx: Tx, named: Pick<Template, "wabaId" | "name" | "language">): Template => ({
  id: tx.newId(),
  wabaId: named.wabaId,
  name: named.name,
  language: named.language,
  metaId: null,
  category: "UTILITY",
  status: "MISSING",
  quality: null,
  rejectedReason: null,
  parameterFormat: "positional",
  components: [],
  enabled: false,
  fills: {},
  task: null,
  draft: null,
  tries: 0,
  nextAttemptAt: null,
  problem: null,
  problemDetails: null,
  changedAt: tx.now,
  version: 1,
})

/** What was never Meta's, or is still to be told, stays. */
function forget(tx: Tx, template: Template): void {
  if (template.task === "create" || template.status === "NOT_TAKEN") return
  if (!template.enabled) deleteTemplate(tx, template.id)
  else if (template.status !== "MISSING")
    updateTemplate(tx, { ...template, status: "MISSING", metaId: null, quality: null })
}

type Named = { id: string | null; name: string; language: string }

/** Meta told of one template; what it does not tell (new parts of it) is asked for. */
export function hearNews(tx: Tx, channel: Id, field: string, news: TemplateNews & Named): void {
  const wabaId = accountOfChannel(tx, channel)
  const known = templateByName(tx, { wabaId, name: news.name, language: news.language })
  const { status, quality, category, reason } = news
  const isStatus = field === "message_template_status_update"
  if (known) {
    const next = withNews(known, { status: isStatus ? status : null, quality, category, reason })
    if (JSON.stringify(next) !== JSON.stringify(known)) updateTemplate(tx, next)
  }
  wantSync(tx, wabaId)
}

/** A send failed for a reason that says: we know the template wrongly. */
export function doubtTemplates(tx: Tx, channel: Id, reason: string): void {
  if (OUTDATED.has(reason)) wantSync(tx, accountOfChannel(tx, channel))
}

export type TemplateChoice = { enabled: boolean; fills: Readonly<Record<string, string>> }

/** What an admin decides of a template. */
export function chooseTemplate(tx: Tx, id: Id, choice: Partial<TemplateChoice>): void {
  const known = found(loadTemplate(tx, id))
  const next = { ...known, ...choice }
  if (JSON.stringify(next) === JSON.stringify(known)) return
  updateTemplate(tx, next)
  const [before, after] = [known, next].map(({ enabled, fills }) => ({ enabled, fills: JSON.stringify(fills) }))
  tx.raise({
    type: "audit.due",
    act: "template.changed",
    changes: changesBetween(before!, after!),
    subject: { kind: "template", id, name: `${known.name} ${known.language}` },
  })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

/** The same by name, for the file: one that Meta has not listed yet waits for that. */
export function setTemplate(
  tx: Tx,
  given: Pick<Template, "wabaId" | "name" | "language"> & Partial<TemplateChoice>,
): "created" | "changed" | "left alone" {
  const { wabaId, name, language, ...choice } = given
  const known = templateByName(tx, { wabaId, name, language })
  if (known) {
    const next = { ...known, ...choice }
    if (JSON.stringify(next) === JSON.stringify(known)) return "left alone"
    updateTemplate(tx, next)
    return "changed"
  }
  insertTemplate(tx, { ...blank(tx, given), ...choice })
  return "created"
}

/** The file of a header waits for its message. */
export function keepFile(tx: Tx, given: Omit<Extract<TemplateFact, { type: "template.file_taken" }>, "type">): void {
  const { upload: id, mimeType: type, ...rest } = given
  insertTemplateFile(tx, { id, type, ...rest, uploadedAt: tx.now })
}

/** Its day is over: the file goes, unless a message carries it. */
export function letFileGo(tx: Tx, id: Id): void {
  const upload = anyTemplateFile(tx, id)
  if (!upload) return
  deleteTemplateFile(tx, upload)
  tx.raise({ type: "template.file_let_go", file: upload.file })
}
