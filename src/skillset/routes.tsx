/** A2: skillsets, by the tenant's admin: the list, and beside it one of them. */
import type { Done, Editing } from "views/admin/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import { SkillsetDeletion, SkillsetSheet } from "views/skillset/skillset-sheet.tsx"
import { SKILLSETS_PATH, Skillsets, skillsetColumns } from "views/skillset/skillsets.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import type { Refusal } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, type FieldErrors, id, line, optional, several, wholeNumber } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { deleteSkillset, setMembers } from "./actions/administering.ts"
import { createSkillset, updateSkillset } from "./actions.ts"
import { possibleMembers, skillsets, skillsetUses, skillsetWithMembers } from "./queries/skillsets.ts"
import { skillsetChoices } from "./queries.ts"
import { newSkillset, SKILLSET_FIELDS, SKILLSET_LIST, writtenSkillset } from "./rules/skillsets-list.ts"
import { LONGEST_OVERFLOW_SECONDS, MOST_PRIORITY, STRATEGIES } from "./rules.ts"

export type SkillsetRouteParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const skillsetRoutes = ({ administration }: Areas, parts: SkillsetRouteParts) =>
  administration()
    .get(SKILLSETS_PATH, (visit) => listPage(visit, parts))
    .post(`${SKILLSETS_PATH}/export`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const portions = skillsets.portions(visit.read, ask)
      return listFile(visit, ask, skillsetColumns(screen), portions, screen.t("skillsets.title"))
    })
    .get(`${SKILLSETS_PATH}/new`, (visit) => newOne(visit, parts, { errors: {} }))
    .post(SKILLSETS_PATH, (visit) => createOne(visit, parts))
    .get(`${SKILLSETS_PATH}/:id`, (visit) => one(visit, parts, visit.id("id"), { errors: {} }))
    .post(`${SKILLSETS_PATH}/:id`, (visit) => saveOne(visit, parts, visit.id("id")))
    .get(`${SKILLSETS_PATH}/:id/deletion`, (visit) => deletion(visit, parts, visit.id("id"), null))
    .post(`${SKILLSETS_PATH}/:id/deletion`, async (visit) => {
      const skillset = skillsetWithMembers(visit.read, visit.id("id")).id
      const { heir } = visit.form({ heir: optional(id) })
      const refusal = await refusalOf(visit.act((tx) => deleteSkillset(tx, skillset, heir)))
      return refusal ? deletion(visit, parts, skillset, refusal) : visit.redirect(hrefOf(visit, SKILLSETS_PATH))
    })

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }
type Asking = Pick<Visit, "query" | "read" | "me">

const askOf = ({ query, read, me }: Asking) =>
  readAsk(SKILLSET_LIST, query, chosenColumns(read, me.id, SKILLSET_LIST.name))

/** `path` with the list as it stands. */
function hrefOf(visit: Asking, path: string, done?: string): string {
  const ask = askOf(visit)
  const address = listAddress(path, ask, ask.cursor)
  return done ? `${address}${address.includes("?") ? "&" : "?"}done=${done}` : address
}

type Beside = { sheet?: Child; current?: Id; status?: number }

function listPage(visit: Visit, { screenOf }: SkillsetRouteParts, beside: Beside = {}): Response {
  const { me, read, page } = visit
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const { sheet = null, current = null, status } = beside
  const list = { screen, shape: SKILLSET_LIST, ask, page: skillsets.page(read, ask) }
  const newPath = hrefOf(visit, `${SKILLSETS_PATH}/new`)
  return page(
    screen.t("skillsets.title"),
    <Skillsets {...list} sheet={sheet} current={current} newPath={newPath} />,
    status,
  )
}

const sheetParts = ({ me, read }: Visit, { screenOf }: SkillsetRouteParts) => ({
  screen: screenOf(me, read),
  people: possibleMembers(read),
  others: skillsetChoices(read),
})
const statusFor = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? { status: 422 } : {})

function newOne(visit: Visit, parts: SkillsetRouteParts, { written, errors }: Typed): Response {
  const form = { written: written ?? writtenSkillset(newSkillset()), errors, conflict: null, before: null }
  const path = hrefOf(visit, SKILLSETS_PATH)
  const paths = { action: path, deletionPath: "", closePath: path }
  const props = { ...sheetParts(visit, parts), ...paths, editing: form, skillset: null, done: null }
  return listPage(visit, parts, { sheet: <SkillsetSheet {...props} />, ...statusFor(errors) })
}

function one(visit: Visit, parts: SkillsetRouteParts, id: Id, { written, errors, conflict }: Typed): Response {
  const skillset = skillsetWithMembers(visit.read, id)
  const now = writtenSkillset(skillset)
  const form = { written: written ?? now, errors, conflict: conflict ?? null, before: now }
  const path = `${SKILLSETS_PATH}/${id}`
  const props = {
    ...sheetParts(visit, parts),
    skillset,
    editing: form,
    done: doneOf(visit),
    action: hrefOf(visit, path),
    deletionPath: hrefOf(visit, `${path}/deletion`),
    closePath: hrefOf(visit, SKILLSETS_PATH),
  }
  const status = conflict ? { status: 409 } : statusFor(errors)
  return listPage(visit, parts, { sheet: <SkillsetSheet {...props} />, current: id, ...status })
}

function doneOf({ query, t }: Visit): Done | null {
  const done = query.get("done")
  return done === "saved" || done === "created" ? { sentence: t(`admin.done_${done}`) } : null
}

const shape = {
  name: line({ most: 80 }),
  strategy: choice(STRATEGIES),
  members: several(id, { most: 2_000 }),
  priority: wholeNumber({ least: 0, most: MOST_PRIORITY }),
  overflowTo: optional(id),
  afterSeconds: wholeNumber({ least: 1, most: LONGEST_OVERFLOW_SECONDS }),
}

type Values = { overflowTo: Id | null; afterSeconds: number; members: readonly Id[] }

/** Only people and skillsets that there are. */
function chosen({ read }: Visit, { overflowTo, afterSeconds, members }: Values) {
  const people = new Set(possibleMembers(read).map((person) => person.id))
  const isThere = skillsetChoices(read).some((other) => other.id === overflowTo)
  return {
    overflow: overflowTo !== null && isThere ? { to: overflowTo, afterSeconds } : null,
    members: [...new Set(members)].filter((member) => people.has(member)),
  }
}

async function createOne(visit: Visit, parts: SkillsetRouteParts): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return newOne(visit, parts, form)
  const { name, strategy, priority } = form.values
  const { overflow, members } = chosen(visit, form.values)
  let created: Id = 0
  const refusal = await refusalOf(
    visit.act((tx) => {
      created = createSkillset(tx, name, { strategy, priority, overflow })
      setMembers(tx, created, members)
    }),
  )
  if (refusal) return newOne(visit, parts, { written: form.written, errors: errorsFor(refusal, SKILLSET_FIELDS) })
  return visit.redirect(hrefOf(visit, `${SKILLSETS_PATH}/${created}`, "created"))
}

async function saveOne(visit: Visit, parts: SkillsetRouteParts, id: Id): Promise<Response> {
  skillsetWithMembers(visit.read, id)
  const form = visit.checkForm({ ...shape, ...editing })
  if (!form.valid) return one(visit, parts, id, form)
  const { name, strategy, priority, before } = form.values
  const { overflow, members } = chosen(visit, form.values)
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenSkillset(skillsetWithMembers(tx, id)))
      updateSkillset(tx, id, { name, strategy, priority, overflow })
      setMembers(tx, id, members)
    }),
  )
  if (refusal === null) return visit.redirect(hrefOf(visit, `${SKILLSETS_PATH}/${id}`, "saved"))
  const { written } = form
  if (refusal.refused !== "form.conflict")
    return one(visit, parts, id, { written, errors: errorsFor(refusal, SKILLSET_FIELDS) })
  const fields = changedSince(before, writtenSkillset(skillsetWithMembers(visit.read, id)))
  return one(visit, parts, id, {
    written,
    errors: {},
    conflict: { by: lastChange(visit.read, "skillset", id), fields },
  })
}

function deletion(visit: Visit, parts: SkillsetRouteParts, id: Id, refusal: Refusal | null): Response {
  const { read, me, t } = visit
  const skillset = skillsetWithMembers(read, id)
  const path = `${SKILLSETS_PATH}/${id}`
  const props = {
    screen: parts.screenOf(me, read),
    skillset,
    uses: skillsetUses(read, id),
    others: skillsetChoices(read),
    action: hrefOf(visit, `${path}/deletion`),
    closePath: hrefOf(visit, path),
    refusal: refusal && t(`refused.${refusal.refused}`, refusal.detail),
  }
  const status = refusal ? { status: statusOf(refusal) } : {}
  return listPage(visit, parts, { sheet: <SkillsetDeletion {...props} />, current: id, ...status })
}
