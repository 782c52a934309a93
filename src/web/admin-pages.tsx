/**
 * The pages of a noun under `/admin`: the list, and beside it one of its objects, to be made, changed or taken away. A
 * noun says what its fields are, how an object is written into them, and which of its actions does what; search, paging,
 * kept input, conflicts and files are the same for all.
 */

import type { Done, Editing } from "views/admin/sheet.tsx"
import type { Child, Html } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { ListColumn } from "views/list/list.tsx"
import type { PlainKey } from "views/locales/index.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { SubjectKind } from "~/audit/rules.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Listing } from "~/database/listing.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type ListAsk, type ListPage, type ListShape, readAsk } from "~/kernel/list.ts"
import type { Refusal } from "~/kernel/step.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "./editing.ts"
import { statusOf } from "./errors.ts"
import type { FieldErrors, FormShape } from "./form.ts"
import { listFile } from "./list-file.ts"
import type { Visit } from "./visit.ts"

export type AdminParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  /** The columns that somebody wants of a list. */
  columnsOf: (read: Reader, user: Id, list: string) => readonly string[] | null
  lastChange: (read: Reader, kind: SubjectKind, id: Id) => { name: string; at: Instant } | null
}

export type AdminListProps<Row> = {
  screen: Screen
  read: Reader
  ask: ListAsk
  page: ListPage<Row>
  current: Id | null
  newPath: string
  sheet: Child
}
export type AdminSheetProps<One> = {
  screen: Screen
  read: Reader
  /** Null: a new one. */
  one: One | null
  editing: Editing
  action: string
  closePath: string
  /** `<path of the object>/<word>` with the list as it stands; empty for a new one. */
  pathTo: (word: string) => string
  done: Done | null
}
export type AdminDeletionProps<One> = {
  screen: Screen
  read: Reader
  one: One
  action: string
  closePath: string
  /** What the deletion was refused with. */
  refusal: string | null
}

export type AdminNoun<Row, One, Values> = {
  path: `/admin/${string}`
  kind: SubjectKind
  title: PlainKey
  shape: ListShape
  rows: Listing<Row>
  columns(screen: Screen): ListColumn<Row>[]
  fields(read: Reader): FormShape<Values>
  one(read: Reader, id: Id): One
  written(one: One): Written
  /** What tells one state from another, where it is not what the fields hold. */
  compared?(one: One): Written
  /** What a new one's form opens with. */
  blank(read: Reader, asked: URLSearchParams): Written
  /** At which field a refusal is said, by the beginning of its key. */
  saidAt: Readonly<Record<string, string>>
  create(tx: Tx, values: Values): Id
  change(tx: Tx, id: Id, values: Values): void
  remove(tx: Tx, id: Id): void
  List(props: AdminListProps<Row>): Html
  Sheet(props: AdminSheetProps<One>): Child
  Deletion(props: AdminDeletionProps<One>): Child
}

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }
type Beside = { sheet: Child; current: Id | null; status?: number }

/** What the routes of a noun answer with; `src/<noun>/routes` puts them at their paths. */
export function adminPages<Row, One, Values>(noun: AdminNoun<Row, One, Values>, parts: AdminParts) {
  const { path } = noun
  const compared = noun.compared ?? noun.written
  const pages = {
    list: (visit: Visit, beside?: Beside): Response => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(noun, parts, visit)
      const { sheet = null, current = null, status } = beside ?? {}
      const page = noun.rows.page(visit.read, ask)
      const props = { screen, read: visit.read, ask, page, current, sheet, newPath: pages.href(visit, `${path}/new`) }
      return visit.page(screen.t(noun.title), noun.List(props), status)
    },
    /** `to` with the list as it stands. */
    href: (visit: Visit, to: string, done?: string): string => {
      const ask = askOf(noun, parts, visit)
      const address = listAddress(to, ask, ask.cursor)
      return done ? `${address}${address.includes("?") ? "&" : "?"}done=${done}` : address
    },
    file: (visit: Visit): Promise<Response> => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(noun, parts, visit)
      return listFile(visit, ask, noun.columns(screen), noun.rows.portions(visit.read, ask), screen.t(noun.title))
    },
    /** `written`: what the form opens with, where it is not the usual. */
    fresh: (visit: Visit, written?: Written): Response =>
      newPage(visit, { errors: {}, ...(written ? { written } : {}) }),
    one: (visit: Visit, id: Id): Response => onePage(visit, id, { errors: {} }),
    create: async (visit: Visit): Promise<Response> => {
      const form = visit.checkForm(noun.fields(visit.read))
      if (!form.valid) return newPage(visit, form)
      let id: Id = 0
      const refusal = await refusalOf(
        visit.act((tx) => {
          id = noun.create(tx, form.values)
        }),
      )
      if (refusal) return newPage(visit, { written: form.written, errors: errorsFor(refusal, noun.saidAt) })
      return visit.redirect(pages.href(visit, `${path}/${id}`, "created"))
    },
    save: async (visit: Visit, id: Id): Promise<Response> => {
      noun.one(visit.read, id)
      const form = visit.checkForm<Values & { before: string }>({
        ...noun.fields(visit.read),
        ...editing,
      } as FormShape<Values & { before: string }>)
      if (!form.valid) return onePage(visit, id, form)
      const { before, ...values } = form.values
      const refusal = await refusalOf(
        visit.act((tx) => {
          unlessChanged(before, compared(noun.one(tx, id)))
          noun.change(tx, id, values as Values)
        }),
      )
      if (refusal === null) return visit.redirect(pages.href(visit, `${path}/${id}`, "saved"))
      const { written } = form
      if (refusal.refused !== "form.conflict")
        return onePage(visit, id, { written, errors: errorsFor(refusal, noun.saidAt) })
      const fields = changedSince(before, compared(noun.one(visit.read, id)))
      const conflict = { by: parts.lastChange(visit.read, noun.kind, id), fields }
      return onePage(visit, id, { written, errors: {}, conflict })
    },
    deletion: (visit: Visit, id: Id, refusal: Refusal | null = null): Response => {
      const one = noun.one(visit.read, id)
      const paths = {
        action: pages.href(visit, `${path}/${id}/deletion`),
        closePath: pages.href(visit, `${path}/${id}`),
      }
      const said = refusal && visit.t(`refused.${refusal.refused}`, refusal.detail)
      const screen = parts.screenOf(visit.me, visit.read)
      const sheet = noun.Deletion({ screen, read: visit.read, one, ...paths, refusal: said })
      return pages.list(visit, { sheet, current: id, ...(refusal ? { status: statusOf(refusal) } : {}) })
    },
    remove: async (visit: Visit, id: Id): Promise<Response> => {
      const refusal = await refusalOf(visit.act((tx) => noun.remove(tx, id)))
      return refusal ? pages.deletion(visit, id, refusal) : visit.redirect(pages.href(visit, path))
    },
  }

  function newPage(visit: Visit, typed: Typed): Response {
    const written = typed.written ?? noun.blank(visit.read, visit.query)
    const form = { written, errors: typed.errors, conflict: null, before: null }
    const paths = { action: pages.href(visit, path), closePath: pages.href(visit, path), pathTo: () => "" }
    const common = { screen: parts.screenOf(visit.me, visit.read), read: visit.read, one: null, editing: form }
    const sheet = noun.Sheet({ ...common, ...paths, done: null })
    return pages.list(visit, { sheet, current: null, ...statusFor(typed) })
  }

  function onePage(visit: Visit, id: Id, typed: Typed): Response {
    const one = noun.one(visit.read, id)
    const { errors, conflict = null, written = noun.written(one) } = typed
    const paths = {
      action: pages.href(visit, `${path}/${id}`),
      closePath: pages.href(visit, path),
      pathTo: (word: string) => pages.href(visit, `${path}/${id}/${word}`),
    }
    const common = { screen: parts.screenOf(visit.me, visit.read), read: visit.read, one, done: doneOf(visit) }
    const sheet = noun.Sheet({ ...common, ...paths, editing: { written, errors, conflict, before: compared(one) } })
    return pages.list(visit, { sheet, current: id, ...statusFor(typed) })
  }
  return pages
}

type Asking = Pick<Visit, "query" | "read" | "me">
const askOf = <Row, One, Values>(
  { shape }: AdminNoun<Row, One, Values>,
  { columnsOf }: AdminParts,
  { query, read, me }: Asking,
) => readAsk(shape, query, columnsOf(read, me.id, shape.name))

function doneOf({ query, t }: Visit): Done | null {
  const done = query.get("done")
  return done === "created" || done === "saved" ? { sentence: t(`admin.done_${done}`) } : null
}

function statusFor({ errors, conflict }: Typed): { status?: number } {
  if (conflict) return { status: 409 }
  return Object.keys(errors).length > 0 ? { status: 422 } : {}
}
