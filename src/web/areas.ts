/**
 * Who may enter. A route belongs to an area; the area has looked at the session, the rights, the origin and the token
 * before the route is asked. The only file that knows the router's library.
 */
import { Elysia } from "elysia"
import { keepSessionAlive } from "~/account/actions.ts"
import { type Session, sessionByToken } from "~/account/queries.ts"
import { may, type Permission } from "~/account/rules/policy.ts"
import { SEEN_EVERY } from "~/account/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { isInNetworks } from "~/kernel/networks.ts"
import { NotFound } from "~/kernel/step.ts"
import { newToken } from "~/kernel/token.ts"
import { addressOf } from "./address.ts"
import { cookie, readCookie } from "./cookies.ts"
import { answerTo } from "./errors.ts"
import { type Fields, readFields } from "./form.ts"
import type { Look } from "./look.ts"
import { checkSite, checkToken, isFromBrowser, isUnsafe } from "./origin.ts"
import { Problem, SignInNeeded } from "./problem.ts"
import { audienceOf, preferredLanguage } from "./request.ts"
import { type OpenVisit, openVisit, type ParameterOf, signedInVisit, type Visit, type VisitParts } from "./visit.ts"

export type AreaParts = {
  database: AppDatabase
  chance: Chance
  log: Log
  look: Look
  /** How browsers reach the intranet listener. */
  url: URL
}

export type Method = "GET" | "POST" | "PUT" | "DELETE"
export type AreaName = "open" | "signedIn" | "desk" | "supervision" | "administration" | "platform"
export type Route = {
  readonly method: Method
  readonly path: string
  readonly area: AreaName
  readonly answer: (request: Request, params: Record<string, string>) => Response | Promise<Response>
}
type Handler<AreaVisit> = (visit: AreaVisit) => Response | Promise<Response>

/** A list of routes of one area; every verb answers the list itself, so that routes read as a table. */
export interface Routes<Kind extends "open" | "inside"> {
  readonly list: readonly Route[]
  get<Path extends `/${string}`>(path: Path, handler: Handler<VisitOf<Kind, Path>>): this
  post<Path extends `/${string}`>(path: Path, handler: Handler<VisitOf<Kind, Path>>): this
  /** A POST whose body is the handler's own to read, as it comes; the token is in its header. */
  receive<Path extends `/${string}`>(path: Path, handler: Handler<VisitOf<Kind, Path>>): this
  put<Path extends `/${string}`>(path: Path, handler: Handler<VisitOf<Kind, Path>>): this
  delete<Path extends `/${string}`>(path: Path, handler: Handler<VisitOf<Kind, Path>>): this
}
type VisitOf<Kind extends "open" | "inside", Path extends string> = Kind extends "open"
  ? OpenVisit<ParameterOf<Path>>
  : Visit<ParameterOf<Path>>

export interface Areas {
  /** Anybody: login, first run, health. */
  open(): Routes<"open">
  /** Any signed-in user: what is their own, and what stands around every page. */
  signedIn(): Routes<"inside">
  /** Whoever works with customers. */
  desk(): Routes<"inside">
  supervision(): Routes<"inside">
  administration(): Routes<"inside">
  platform(): Routes<"inside">
}

export function createAreas(given: AreaParts): Areas {
  const pages: string[] = []
  const parts = { ...given, isPage: (path: string) => pages.some((page) => isOf(page, path)) }
  const inside = (area: AreaName, permission: Permission | null) => () =>
    routes<"inside">(area, guarded(parts, permission), pages)
  return {
    open: () => routes<"open">("open", unguarded(parts), pages),
    signedIn: inside("signedIn", null),
    desk: inside("desk", "work"),
    supervision: inside("supervision", "supervise"),
    administration: inside("administration", "administer"),
    platform: inside("platform", "operate"),
  }
}

/** Whether an address is one of a route's, segment by segment. */
function isOf(route: string, path: string): boolean {
  const wanted = route.split("/")
  const given = path.split("/")
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(":") || part === given[at])
}

type Answer = Route["answer"]
/** Every area's parts, and which addresses can be looked at. */
type Inner = AreaParts & VisitParts

type Guard = (handler: Handler<never>, readsBody: ReadsBody) => Answer
type ReadsBody = (request: Request, parts: AreaParts) => Promise<Fields>

function routes<Kind extends "open" | "inside">(area: AreaName, guard: Guard, pages: string[]): Routes<Kind> {
  const list: Route[] = []
  const adding = (method: Method, readsBody: ReadsBody = fieldsOf) =>
    function (this: Routes<Kind>, path: string, handler: Handler<never>) {
      list.push({ method, path, area, answer: guard(handler, readsBody) })
      if (method === "GET") pages.push(path)
      return this
    }
  const get = adding("GET")
  const post = adding("POST")
  const receive = adding("POST", leftUnread)
  return { list, get, post, receive, put: adding("PUT"), delete: adding("DELETE") }
}

/** Anybody may enter; a browser's form must still come from the page that we gave it (double submit). */
const unguarded = (parts: Inner) => (handler: Handler<never>, readsBody: ReadsBody) =>
  answering(parts, async (request, params) => {
    const secure = parts.url.protocol === "https:"
    const known = readCookie(request, "form", secure)
    const token = known ?? newToken(parts.chance)
    const fields = await readsBody(request, parts)
    if (isUnsafe(request) && (isFromBrowser(request) || known)) checkToken(request, fields, token)
    const language = languageOf(request, null, parts)
    const response = await handler(openVisit({ request, params, fields, language }, token, parts) as never)
    if (!known && response.headers.get("content-type")?.startsWith("text/html"))
      response.headers.append("set-cookie", cookie("form", token, "browser", secure))
    return response
  })

const guarded = (parts: Inner, permission: Permission | null) => (handler: Handler<never>, readsBody: ReadsBody) =>
  answering(parts, async (request, params, session) => {
    if (!session) throw new SignInNeeded()
    const fields = await readsBody(request, parts)
    if (isUnsafe(request)) checkToken(request, fields, session.me.csrfToken)
    if (permission !== null && !may(session.me, permission)) throw new Problem(403, "access.denied")
    noteActivity(parts, request, session)
    const language = languageOf(request, session, parts)
    return handler(signedInVisit({ request, params, fields, language }, session, parts) as never)
  })

type Entering = (request: Request, params: Record<string, string>, session: Session | null) => Promise<Response>

/** Whatever is thrown becomes an answer, in the language of whoever asked. */
const answering =
  (parts: AreaParts, enter: Entering): Answer =>
  async (request, params) => {
    let session: Session | null = null
    try {
      session = sessionOf(request, parts)
      return await enter(request, params, session)
    } catch (error) {
      return answerTo(error, request, languageOf(request, session, parts), parts)
    }
  }

function sessionOf(request: Request, { database, url }: AreaParts): Session | null {
  const token = readCookie(request, "session", url.protocol === "https:")
  const session = token === null ? null : sessionByToken(database.appliance.read, token)
  // A session that is carried out of the company's network is none there.
  return session && isInNetworks(session.allowedNetworks, addressOf(request)) ? session : null
}

async function leftUnread(request: Request, { url }: AreaParts): Promise<Fields> {
  checkSite(request, url)
  return new Map()
}

async function fieldsOf(request: Request, { url }: AreaParts): Promise<Fields> {
  if (!isUnsafe(request)) return new Map()
  checkSite(request, url)
  return readFields(request)
}

/** What a person does keeps a session alive; what a page does by itself (its stream, its panels) does not. */
function noteActivity({ database, log }: AreaParts, request: Request, { me, tokenHash, lastSeenAt }: Session): void {
  const byPerson = isUnsafe(request) || audienceOf(request) === "page"
  if (!byPerson || database.appliance.read.now - lastSeenAt < SEEN_EVERY) return
  database
    .tenant(me.tenant)
    .act(SYSTEM, (tx) => keepSessionAlive(tx, tokenHash))
    .catch((error) => log.error("activity not noted", describeError(error)))
}

/** The user's; for a stranger the one this browser signed in with last, else what the browser asks for. */
function languageOf(request: Request, session: Session | null, { look: { languages }, url }: AreaParts): string {
  const remembered = session?.me.language ?? readCookie(request, "language", url.protocol === "https:")
  return languages.find((known) => known === remembered) ?? preferredLanguage(request, languages)
}

/** Every route of a listener: what an access matrix enumerates. */
export const routesOf = (tables: readonly { readonly list: readonly Route[] }[]): Route[] =>
  tables.flatMap(({ list }) => list)

/** The answer to a path that nobody has: the same page as for what is not yours. */
export const unknownPath = (parts: AreaParts) => (request: Request) =>
  answerTo(new NotFound(), request, languageOf(request, sessionOf(request, parts), parts), parts)

type Handling = Pick<Route, "method" | "path" | "answer">

/** Finds the route of a request; `unknown` answers when there is none. Answers do not throw. */
export function router(
  list: readonly Handling[],
  unknown: (request: Request) => Response,
): (request: Request) => Promise<Response> {
  const plain = elysia(list, unknown, false)
  const secure = elysia(list, unknown, true)
  const fixed = new Map(
    list.filter(({ path }) => !/[:*]/.test(path)).map(({ method, path, answer }) => [`${method} ${path}`, answer]),
  )
  return async (request) => {
    const { method, url } = request
    const answer = fixed.get(`${method} ${pathIn(url)}`)
    return answer ? answer(request, {}) : (url.startsWith("https:") ? secure : plain).fetch(request)
  }
}

/** As it was written, without the cost of a URL object: webhooks come by the thousand, to one path. */
function pathIn(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3)
  const end = url.indexOf("?", start)
  return end < 0 ? url.slice(start) : url.slice(start, end)
}

/**
 * Elysia looks for the path from the 11th character of the address on, and so overlooks it after `http://crm/`; told
 * that host names are not «standard» it looks from the 7th, and overlooks it after `https://`.
 */
function elysia(list: readonly Handling[], unknown: (request: Request) => Response, standardHostname: boolean) {
  const app = new Elysia({ strictPath: true, handler: { standardHostname } }).onError(({ request }) => unknown(request))
  for (const { method, path, answer } of list)
    app.route(method, path, ({ request, params }) => answer(request, params ?? {}), { parse: "none" })
  return app
}
