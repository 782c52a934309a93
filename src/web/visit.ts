/** One request as a route sees it: who asks, what they may read and do, how to answer. */

import type { Html } from "views/jsx-runtime.ts"
import { actorOf, type Session, type SessionUser } from "~/account/queries.ts"
import type { Look as BrandLook } from "~/brand/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { addressOf } from "./address.ts"
import { type Fields, type FormResult, type FormShape, readForm } from "./form.ts"
import type { Look, Phrase } from "./look.ts"
import { InvalidForm } from "./problem.ts"
import { audienceOf, htmlResponse, jsonResponse, pageOf, redirectResponse } from "./request.ts"

/** The names of the `:parameters` of a path. */
export type ParameterOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** What every visit has, signed in or not. */
export interface OpenVisit<Parameter extends string = string> {
  readonly request: Request
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<Parameter, string>>
  readonly now: Instant
  readonly language: string
  readonly t: Phrase
  /** The same visit answered in another language, which its visitor has just chosen. */
  inLanguage(language: string): OpenVisit<Parameter>
  /** The same visit, its pages looking as a company does. */
  lookingAs(look: BrandLook | null): OpenVisit<Parameter>
  /** Every field that was sent, as it came. */
  readonly sent: Fields
  /** What forms of this visit carry back as `_csrf`. */
  readonly csrfToken: string
  /** htmx asks for the panel alone. */
  readonly wantsPanel: boolean
  /** The id in the path; «not found» when it is none. */
  id(parameter: Parameter): Id
  /** The form that was sent; throws InvalidForm, which is answered with the first error in words. */
  form<Values>(shape: FormShape<Values>): Values
  /** The same with every field's error, for pages that show the form again with what was typed. */
  checkForm<Values>(shape: FormShape<Values>): FormResult<Values>
  /** The panel alone for htmx; for a person the page around it. */
  page(title: string, panel: Html, status?: number): Response
  html(fragment: Html, status?: number): Response
  json(value: unknown, status?: number): Response
  /** Done, and there is nothing to show. */
  nothing(): Response
  redirect(path: string): Response
  /** Done: scripts and panels need no answer, their panels are rung for; a plain form goes to `page`. */
  done(page: string): Response
  /** To the page that a panel stands in; `otherwise` for a plain form. */
  back(otherwise: string): Response
  /** To the page that a plain form stands on too; `otherwise` where that address answers to nothing but forms. */
  stay(otherwise: string): Response
}

/** A visit of a signed-in user: everything is bound to that user's tenant. */
export interface Visit<Parameter extends string = string>
  extends Omit<OpenVisit<Parameter>, "inLanguage" | "lookingAs"> {
  readonly me: SessionUser
  readonly actor: UserActor
  readonly session: Session
  readonly read: Reader
  act<Result>(script: (tx: Tx) => Result): Promise<Result>
  /** The user has `topic` on screen from now on: its rings reach them although it is not theirs. */
  watch(topic: string): void
}

export type VisitParts = { database: AppDatabase; look: Look; isPage: (path: string) => boolean }
type Asked = {
  request: Request
  params: Record<string, string>
  fields: Fields
  language: string
  look?: BrandLook | null
}

export function openVisit(asked: Asked, csrfToken: string, parts: VisitParts): OpenVisit {
  const { language } = asked
  const outside = (title: string, panel: Html) =>
    parts.look.outside({ language, title, panel, csrfToken, look: asked.look ?? null })
  const inLanguage = (other: string) => openVisit({ ...asked, language: other }, csrfToken, parts)
  const lookingAs = (look: BrandLook | null) => openVisit({ ...asked, look }, csrfToken, parts)
  return { ...visitOf({ ...asked, csrfToken }, parts, outside), inLanguage, lookingAs }
}

export function signedInVisit(asked: Asked, session: Session, parts: VisitParts): Visit {
  const { database, look } = parts
  const { me } = session
  const { read, act } = database.tenant(me.tenant)
  const path = new URL(asked.request.url).pathname
  const actor: UserActor = { ...actorOf(me), visit: { name: me.name, address: addressOf(asked.request) } }
  const liveCursor = database.bell.cursor()
  const inside = (title: string, panel: Html) => look.inside({ me, read, title, panel, path, liveCursor })
  const visit = visitOf({ ...asked, csrfToken: me.csrfToken }, parts, inside)
  const watch = (topic: string) => database.bell.watch(me.id, topic)
  return { ...visit, me, actor, session, read, watch, act: (script) => act(actor, script) }
}

function visitOf(
  { request, params, fields, language, csrfToken }: Asked & { csrfToken: string },
  { database, look, isPage }: VisitParts,
  around: (title: string, panel: Html) => Html,
): Omit<OpenVisit, "inLanguage" | "lookingAs"> {
  const url = new URL(request.url)
  const wantsPanel = audienceOf(request) === "panel"
  const checkForm = <Values>(shape: FormShape<Values>) => readForm(shape, fields)
  return {
    request,
    params,
    language,
    csrfToken,
    wantsPanel,
    checkForm,
    path: url.pathname,
    query: url.searchParams,
    sent: fields,
    now: database.appliance.read.now,
    t: look.phrases(language),
    id: (parameter) => found(parseId(params[parameter] ?? "")),
    form(shape) {
      const result = checkForm(shape)
      if (!result.valid) throw new InvalidForm(result.errors)
      return result.values
    },
    page: (title, panel, status) => htmlResponse(wantsPanel ? panel : around(title, panel), status),
    html: htmlResponse,
    json: jsonResponse,
    nothing: () => new Response(null, { status: 204 }),
    redirect: (path) => redirectResponse(request, path),
    done: (page) =>
      audienceOf(request) === "page" ? redirectResponse(request, page) : new Response(null, { status: 204 }),
    back: (otherwise) => redirectResponse(request, wantsPanel ? pageOf(request) : otherwise),
    stay(otherwise) {
      const page = pageOf(request)
      return redirectResponse(request, isPage(page.split("?", 1)[0] ?? page) ? page : otherwise)
    },
  }
}
