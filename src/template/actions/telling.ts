/** What an admin wants of a template, and what Meta answered to it. */
import { type Changes, changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { blank } from "../actions.ts"
import { draftProblems, type TemplateForm, toDraft } from "../rules/drafting.ts"
import { type Template, type TemplateDraft, waitAfter } from "../rules.ts"
import { deleteTemplate, insertTemplate, loadTemplate, templateByName, updateTemplate } from "../store.ts"

export type NewTemplate = TemplateForm & { wabaId: string; name: string; language: string; enabled: boolean }

/** Hands a new template in. Refuses `template.name_taken` and what Meta would refuse (`draftProblems`). */
export function submitTemplate(tx: Tx, given: NewTemplate): Id {
  const { wabaId, name, language, enabled } = given
  allow(given)
  const known = templateByName(tx, { wabaId, name, language })
  const isFree = known === null || known.status === "NOT_TAKEN" || known.status === "MISSING"
  demand(isFree, "template.name_taken", { name, language })
  const draft = toDraft(given)
  const before = known ?? blank(tx, { wabaId, name, language })
  const next: Template = {
    ...before,
    ...draft,
    enabled,
    status: "SUBMITTING",
    task: "create",
    draft,
    tries: 0,
    nextAttemptAt: tx.now,
    problem: null,
    problemDetails: null,
  }
  if (known) updateTemplate(tx, next)
  else insertTemplate(tx, next)
  tell(tx, "template.created", next, changesBetween({}, said(draft)))
  return next.id
}

/** Changes one that Meta has; it is reviewed again. Refuses `template.in_review`. */
export function editTemplate(tx: Tx, id: Id, form: TemplateForm): void {
  const known = found(loadTemplate(tx, id))
  demand(known.metaId !== null && known.status !== "PENDING" && known.task === null, "template.in_review")
  allow({ ...form, name: known.name })
  const draft = { ...toDraft(form), parameterFormat: known.parameterFormat }
  const problem = { problem: null, problemDetails: null }
  updateTemplate(tx, { ...known, ...problem, draft, task: "edit", tries: 0, nextAttemptAt: tx.now })
  tell(tx, "template.content_changed", known, changesBetween(said(known), said(draft)))
}

/** Deletes one at Meta, in this language; one that Meta never had goes at once. */
export function withdrawTemplate(tx: Tx, id: Id): void {
  const known = found(loadTemplate(tx, id))
  if (known.metaId === null) deleteTemplate(tx, id)
  else {
    const problem = { problem: null, problemDetails: null }
    updateTemplate(tx, { ...known, ...problem, task: "delete", draft: null, tries: 0, nextAttemptAt: tx.now })
  }
  tell(tx, "template.deleted", known, {})
}

const said = ({ category, components }: TemplateDraft) => ({ category, components: JSON.stringify(components) })

function allow(form: TemplateForm & { name: string }): void {
  const [problem] = draftProblems(form)
  if (problem) throw new Refused(problem.refusal)
}

type Act = "template.created" | "template.content_changed" | "template.deleted"

function tell(tx: Tx, act: Act, { id, name, language }: Template, changes: Changes): void {
  tx.raise({ type: "template.task_due" })
  tx.raise({ type: "audit.due", act, subject: { kind: "template", id, name: `${name} ${language}` }, changes })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

const SETTLED = { task: null, draft: null, tries: 0, nextAttemptAt: null, problem: null, problemDetails: null }

/** Meta has done it; what an admin has decided since then is still to be told. */
export function taskDone(
  tx: Tx,
  id: Id,
  version: number,
  answer: true | { id: string; status: string; category: string | null } | null,
): void {
  const template = loadTemplate(tx, id)
  if (!template || template.version !== version) return
  if (template.task === "delete") deleteTemplate(tx, id)
  else {
    const created = typeof answer === "object" && answer !== null
    const news = created
      ? { metaId: answer.id, status: answer.status, category: answer.category ?? template.category }
      : { status: "PENDING" }
    updateTemplate(tx, { ...template, ...template.draft, ...news, ...SETTLED })
  }
  tx.ring("templates", { everyone: true, watchersOnly: true })
  if (answer === null) tx.raise({ type: "template.listing_due", wabaId: template.wabaId })
}

type Trouble = { reason: string; details: string | null }

/** Meta said no: an admin reads why, and what was wanted stays to be put right. */
export function taskRefused(tx: Tx, id: Id, version: number, { reason, details }: Trouble): void {
  const template = loadTemplate(tx, id)
  if (!template || template.version !== version) return
  const status = template.task === "create" ? "NOT_TAKEN" : template.status
  const settled = { task: null, tries: 0, nextAttemptAt: null, problem: reason, problemDetails: details }
  updateTemplate(tx, { ...template, status, ...settled })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}

/** No answer: told again by and by. */
export function taskFailed(tx: Tx, id: Id, { reason, details }: Trouble): void {
  const template = loadTemplate(tx, id)
  if (!template?.task) return
  const tries = template.tries + 1
  const problem = { problem: reason, problemDetails: details }
  updateTemplate(tx, { ...template, ...problem, tries, nextAttemptAt: tx.now + waitAfter(tries) })
  tx.ring("templates", { everyone: true, watchersOnly: true })
}
