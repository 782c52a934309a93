/**
 * The customer's side of a call, on the public listener: a page behind a link, and its signalling. Nothing of the
 * conversation is on it. Looking at the page changes nothing, so that a preview of the link uses nothing up.
 */
import { GuestPage } from "views/call/guest.tsx"
import { GuestRefusal } from "views/call/refusal.tsx"
import type { Html } from "views/jsx-runtime.ts"
import { LANGUAGES, refusalLine, translator } from "views/locales/index.ts"
import { brandFile } from "~/brand/queries/files.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Id } from "~/kernel/id.ts"
import { NotFound, type Refusal, Refused, refuse } from "~/kernel/step.ts"
import { digestOf } from "~/kernel/token.ts"
import type { Assets } from "~/web/assets.ts"
import { Problem } from "~/web/problem.ts"
import { preferredLanguage } from "~/web/request.ts"
import type { PublicRoute } from "~/web/server.ts"
import { readSignal } from "~/web/signal.ts"
import { isSeat, type Signalling } from "~/web/signalling.ts"
import { guestJoins } from "../actions/guest.ts"
import { callByToken, callWay, type GuestCall, guestCall } from "../queries.ts"

export type GuestParts = { database: AppDatabase; signalling: Signalling; assets: Assets }

/** What of `public/` the page needs; nothing else of it is to be had here. */
const FILES: Readonly<Record<string, string>> = {
  "connection.js": "call/connection.js",
  "guest.js": "call/guest.js",
  "guest.css": "call/guest.css",
  "icons.svg": "icons.svg",
  "icon.png": "icon-32.png",
}

export function guestRoutes(parts: GuestParts): PublicRoute[] {
  const route = (method: "GET" | "POST", path: string, answer: Answer): PublicRoute => ({
    method,
    path,
    answer: (request, { token = "" }) => answering(request, () => answer(request, guestOf(parts, token), parts)),
  })
  return [
    {
      method: "GET",
      path: "/call/assets/:file",
      answer: (request, { file = "" }) => asset(parts.assets, request, file),
    },
    {
      method: "GET",
      path: "/call/brand/:file",
      answer: (request, { file = "" }) => brand(parts, request, file),
    },
    route("GET", "/call/:token", page),
    route("POST", "/call/:token/join", join),
    route("GET", "/call/:token/events", events),
    route("POST", "/call/:token/signals", signals),
    route("POST", "/call/:token/leave", leave),
  ]
}

type Guest = GuestCall & { tenant: Id }
type Answer = (request: Request, guest: Guest, parts: GuestParts) => Response | Promise<Response>

function guestOf({ database }: GuestParts, token: string): Guest {
  const known = /^[\w-]{43}$/.test(token) ? callByToken(database.appliance.read, digestOf(token)) : null
  if (!known) throw new NotFound()
  return { ...guestCall(database.tenant(known.tenant).read, known.id, LANGUAGES), tenant: known.tenant }
}

/** A link that is over says so on its page; whoever is still there is told by the stream. */
function page(
  _: Request,
  { call, company, look, agent, language }: Guest,
  { database, signalling }: GuestParts,
): Response {
  const t = translator(language)
  const now = database.appliance.read.now
  const isOver =
    call.state === "ended" ? "call.over" : now >= call.linkUntil && call.state !== "joined" ? "call.link_ended" : null
  if (isOver)
    return html(<GuestRefusal t={t} language={language} company={company} look={look} refusal={refuse(isOver)} />, 410)
  const props = { t, language, company, look, agent, isElsewhere: signalling.isThere(call.id, "customer") }
  return html(<GuestPage {...props} />)
}

async function join(_: Request, { call, tenant }: Guest, { database, signalling }: GuestParts): Promise<Response> {
  await guestJoins(database, { tenant, id: call.id })
  signalling.expect({ tenant, call: call.id, side: "customer" })
  return json(callWay(database.tenant(tenant).read, database.secrets, call.id))
}

function events(request: Request, { call, tenant }: Guest, { signalling }: GuestParts): Response {
  const { searchParams } = new URL(request.url)
  const seat = searchParams.get("seat") ?? ""
  if (call.state !== "joined" || !isSeat(seat)) throw new NotFound()
  const number = (name: string) =>
    /^\d{1,15}$/.test(searchParams.get(name) ?? "") ? Number(searchParams.get(name)) : null
  return signalling.open({ tenant, call: call.id, side: "customer", seat }, number("heard"), number("session"))
}

async function signals(request: Request, { call }: Guest, { signalling }: GuestParts): Promise<Response> {
  const { seat, session, signal } = await readSignal(request)
  signalling.say(call.id, "customer", seat, session, signal)
  return nothing()
}

/** By a beacon as the page goes: the seat is all it says. */
async function leave(request: Request, { call }: Guest, { signalling }: GuestParts): Promise<Response> {
  const seat = (await request.text()).slice(0, 100)
  if (isSeat(seat)) signalling.leave(call.id, "customer", seat)
  return nothing()
}

function asset(assets: Assets, request: Request, file: string): Response {
  const path = Object.hasOwn(FILES, file) ? FILES[file] : undefined
  const answer =
    path && assets.answer(new Request(new URL(`/assets/${path}`, request.url).href, { headers: request.headers }))
  return answer || new Response(null, { status: 404 })
}

function brand({ database }: GuestParts, request: Request, file: string): Response {
  try {
    return brandFile(database.appliance.read, request, file)
  } catch (error) {
    if (error instanceof NotFound) return new Response(null, { status: 404 })
    throw error
  }
}

/** A stranger learns nothing but that there is nothing. */
async function answering(request: Request, answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof NotFound) return refusal(request, refuse("call.no_link"), 404)
    if (error instanceof Refused) return refusal(request, error.refusal, 410)
    if (error instanceof Problem) return new Response(null, { status: error.status })
    throw error
  }
}

function refusal(request: Request, refused: Refusal, status: number): Response {
  const language = preferredLanguage(request, LANGUAGES)
  const t = translator(language)
  if (request.method === "POST") return json({ refused: refusalLine(t, refused) }, status)
  return html(<GuestRefusal t={t} language={language} company={null} look={null} refusal={refused} />, status)
}

const GUARDED = {
  "content-security-policy": [
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self' blob:",
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  ].join("; "),
  "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "x-robots-tag": "noindex",
}
const html = (content: Html, status = 200): Response =>
  new Response(content.toString(), { status, headers: { ...GUARDED, "content-type": "text/html; charset=utf-8" } })
const json = (value: unknown, status = 200): Response =>
  Response.json(value, { status, headers: { "cache-control": "no-store" } })
const nothing = (): Response => new Response(null, { status: 204 })
