/** A1: users, by the tenant's admin: the list, and beside it one of them, to be made, changed or let go. */
import { Handed } from "views/account/handed.tsx"
import { UserDeletion } from "views/account/user-deletion.tsx"
import { UserSheet } from "views/account/user-sheet.tsx"
import { USERS_PATH, Users, userColumns } from "views/account/users.tsx"
import type { Done, Editing } from "views/admin/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import { agentLine } from "~/agent/queries/agents.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { type Refusal, Refused } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { statusOf } from "~/web/errors.ts"
import { checkbox, type FieldErrors } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { type InvitingParts, invite } from "../actions/inviting.ts"
import { addColleague, changeColleague, deleteColleague, enableColleague } from "../actions/users.ts"
import { colleague, inHand, users } from "../queries/users.ts"
import { linksOfUser } from "../queries/ways-in.ts"
import type { SessionUser } from "../queries.ts"
import { COLLEAGUE_FIELDS, newColleague, writtenColleague } from "../rules/colleague.ts"
import { USER_LIST } from "../rules/users-list.ts"
import { changeShape, shape } from "./user-form.tsx"

export type UserRouteParts = InvitingParts & {
  screenOf: (me: SessionUser, read: Reader) => Screen
  languages: readonly string[]
}

export const userRoutes = ({ administration }: Areas, parts: UserRouteParts) =>
  administration()
    .get(USERS_PATH, (visit) => usersPage(visit, parts))
    .post(`${USERS_PATH}/export`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      return listFile(visit, ask, userColumns(screen), users.portions(visit.read, ask), screen.t("users.title"))
    })
    .get(`${USERS_PATH}/new`, (visit) => newUser(visit, parts, { errors: {} }))
    .post(USERS_PATH, (visit) => createUser(visit, parts))
    .get(`${USERS_PATH}/:id`, (visit) => oneUser(visit, parts, visit.id("id"), { errors: {} }))
    .post(`${USERS_PATH}/:id`, (visit) => saveUser(visit, parts, visit.id("id")))
    .post(`${USERS_PATH}/:id/enabling`, async (visit) => {
      const id = visit.id("id")
      const { enabled } = visit.form({ enabled: checkbox })
      await visit.act((tx) => enableColleague(tx, id, enabled))
      return visit.redirect(hrefOf(visit, `${USERS_PATH}/${id}`, "saved"))
    })
    .get(`${USERS_PATH}/:id/deletion`, (visit) => deletion(visit, parts, visit.id("id"), null))
    .post(`${USERS_PATH}/:id/deletion`, async (visit) => {
      const id = visit.id("id")
      const refusal = await refusalOf(visit.act((tx) => deleteColleague(tx, id)))
      return refusal ? deletion(visit, parts, id, refusal) : visit.redirect(hrefOf(visit, USERS_PATH))
    })

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }
type SheetOf = { sheet: Child; current: Id | null }

const askOf = ({ query, read, me }: Pick<Visit, "query" | "read" | "me">) =>
  readAsk(USER_LIST, query, chosenColumns(read, me.id, USER_LIST.name))

/** `path` with the list as it stands. */
function hrefOf(visit: Pick<Visit, "query" | "read" | "me">, path: string, done?: string): string {
  const ask = askOf(visit)
  const address = listAddress(path, ask, ask.cursor)
  return done ? `${address}${address.includes("?") ? "&" : "?"}done=${done}` : address
}

function usersPage(visit: Visit, { screenOf }: UserRouteParts, beside?: SheetOf & { status?: number }): Response {
  const { me, read, page } = visit
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const { sheet = null, current = null, status } = beside ?? {}
  const list = { screen, shape: USER_LIST, ask, page: users.page(read, ask), skillsets: skillsetChoices(read) }
  const newPath = hrefOf(visit, `${USERS_PATH}/new`)
  return page(screen.t("users.title"), <Users {...list} sheet={sheet} current={current} newPath={newPath} />, status)
}

function newUser(visit: Visit, parts: UserRouteParts, { written, errors }: Typed): Response {
  const blank = writtenColleague(newColleague(tenantProfile(visit.read).language))
  const form = { written: written ?? blank, errors, conflict: null, before: null }
  const paths = { action: hrefOf(visit, USERS_PATH), deletionPath: "", closePath: hrefOf(visit, USERS_PATH) }
  const props = {
    ...sheetParts(visit, parts),
    ...paths,
    editing: form,
    user: null,
    standing: null,
    isMe: false,
    links: [],
    handed: null,
    done: null,
  }
  return usersPage(visit, parts, { sheet: <UserSheet {...props} />, current: null, ...statusFor(errors) })
}

function oneUser(
  visit: Visit,
  parts: UserRouteParts,
  id: Id,
  { written, errors, conflict }: Typed,
  handed: Child = null,
): Response {
  const { read, me, query } = visit
  const user = colleague(read, id)
  const now = writtenColleague(user)
  const form = { written: written ?? now, errors, conflict: conflict ?? null, before: now }
  const path = `${USERS_PATH}/${id}`
  const paths = { action: hrefOf(visit, path), deletionPath: hrefOf(visit, `${path}/deletion`) }
  const props = {
    ...sheetParts(visit, parts),
    ...paths,
    closePath: hrefOf(visit, USERS_PATH),
    user,
    editing: form,
    links: linksOfUser(read, id).map(({ provider }) => provider),
    standing: agentLine(read, id),
    isMe: me.id === id,
    handed,
    done: doneOf(visit, query.get("done"), path),
  }
  return usersPage(visit, parts, {
    sheet: <UserSheet {...props} />,
    current: id,
    ...(conflict ? { status: 409 } : statusFor(errors)),
  })
}

const sheetParts = ({ me, read }: Visit, { screenOf, languages }: UserRouteParts) => ({
  screen: screenOf(me, read),
  skillsets: skillsetChoices(read),
  languages,
})
const statusFor = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? { status: 422 } : {})

function doneOf(visit: Visit, done: string | null, path: string): Done | null {
  if (done === "invited") return { sentence: visit.t("users.done_invited") }
  if (done === "created") return { sentence: visit.t("admin.done_created") }
  if (done === "disabled")
    return {
      sentence: visit.t("users.done_disabled"),
      undo: { action: hrefOf(visit, `${path}/enabling`), fields: { enabled: "on" } },
    }
  return done === "saved" ? { sentence: visit.t("admin.done_saved") } : null
}

async function createUser(visit: Visit, parts: UserRouteParts): Promise<Response> {
  const form = visit.checkForm(shape(visit, parts))
  if (!form.valid) return newUser(visit, parts, form)
  const { skillsets, enabled, ...details } = form.values
  const again = (refusal: Refusal) =>
    newUser(visit, parts, { written: form.written, errors: errorsFor(refusal, COLLEAGUE_FIELDS) })
  let created: Id = 0
  const refusal = await refusalOf(
    visit.act((tx) => {
      created = addColleague(tx, { ...details, passwordHash: null }, skillsets)
      if (!enabled) enableColleague(tx, created, false)
    }),
  )
  if (refusal) return again(refusal)
  if (!enabled || details.loginType !== "password")
    return visit.redirect(hrefOf(visit, `${USERS_PATH}/${created}`, "created"))
  return invited(visit, parts, created)
}

/** Whoever signs in with a password is invited at once: nobody sets it but themselves. */
async function invited(visit: Visit, parts: UserRouteParts, id: Id): Promise<Response> {
  const result = await invite(parts, visit.me.tenant, visit.actor, id)
  if (result.by === "mail") return visit.redirect(hrefOf(visit, `${USERS_PATH}/${id}`, "invited"))
  const handed = <Handed screen={parts.screenOf(visit.me, visit.read)} what={{ kind: "invitation", ...result }} />
  return oneUser(visit, parts, id, { errors: {} }, handed)
}

async function saveUser(visit: Visit, parts: UserRouteParts, id: Id): Promise<Response> {
  const { enabled: wasEnabled } = colleague(visit.read, id)
  const form = visit.checkForm(changeShape(visit, parts))
  if (!form.valid) return oneUser(visit, parts, id, form)
  const { before, skillsets, ...changes } = form.values
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenColleague(colleague(tx, id)))
      changeColleague(tx, id, changes, skillsets)
    }),
  )
  if (refusal === null) {
    const done = wasEnabled && !changes.enabled ? "disabled" : "saved"
    return visit.redirect(hrefOf(visit, `${USERS_PATH}/${id}`, done))
  }
  const { written } = form
  if (refusal.refused !== "form.conflict")
    return oneUser(visit, parts, id, { written, errors: errorsFor(refusal, COLLEAGUE_FIELDS) })
  const fields = changedSince(before, writtenColleague(colleague(visit.read, id)))
  const conflict = { by: lastChange(visit.read, "user", id), fields }
  return oneUser(visit, parts, id, { written, errors: {}, conflict })
}

function deletion(visit: Visit, parts: UserRouteParts, id: Id, refusal: Refusal | null): Response {
  const { read, me, t } = visit
  const user = colleague(read, id)
  if (me.id === id && !refusal) throw new Refused({ refused: "user.is_you" })
  const path = `${USERS_PATH}/${id}`
  const paths = { action: hrefOf(visit, `${path}/deletion`), closePath: hrefOf(visit, path) }
  const said = refusal && t(`refused.${refusal.refused}`, refusal.detail)
  const sheet = (
    <UserDeletion screen={parts.screenOf(me, read)} user={user} inHand={inHand(read, id)} {...paths} refusal={said} />
  )
  return usersPage(visit, parts, { sheet, current: id, ...(refusal ? { status: statusOf(refusal) } : {}) })
}
