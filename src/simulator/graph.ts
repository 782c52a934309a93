/**
 * The front of the Graph API: who calls, which object, which edge. Faults strike here; what an edge does is in the
 * other graph-*.ts files.
 */
import type { Strikes } from "./faults.ts"
import { ACCOUNT_EDGES, debugToken, NUMBER_EDGES } from "./graph-accounts.ts"
import type { Call, Edges, Services, Upload } from "./graph-call.ts"
import { GraphError, unknownObject } from "./graph-errors.ts"
import { disturbed, type Outcome } from "./graph-faults.ts"
import { MEDIUM_EDGES } from "./graph-media.ts"
import { TEMPLATE_EDGES } from "./graph-templates.ts"
import { isObject, type JsonObject, parseJson } from "./json.ts"
import type { WireSubject } from "./wire.ts"
import type { Line, World } from "./world.ts"

const NEWEST_VERSION = "v26.0"

/** `/v26.0/123/messages` or `/123/messages`: the version, and the path's parts. */
const PATH = /^(?:\/(v\d+\.\d+))?((?:\/[\w.-]+)*)\/?$/

/** Answers any call of the Graph API. May never answer, or reject with `ConnectionBroken`, when a fault says so. */
export async function answerGraph(services: Services, request: Request): Promise<Response> {
  services.activity.begin()
  let respond: Outcome["respond"]
  try {
    respond = await carryOut(services, request)
  } finally {
    services.activity.end()
  }
  return respond()
}

async function carryOut(services: Services, request: Request): Promise<Outcome["respond"]> {
  const { world } = services
  const url = new URL(request.url)
  const path = PATH.exec(url.pathname)
  const parts = (path?.[2] ?? "").split("/").filter((part) => part !== "")
  const noted: { subject: WireSubject; who: string | null } = {
    subject: { about: "call", method: request.method, path: parts.slice(1).join("/") || (parts[0] ?? "/") },
    who: null,
  }
  const call: Call = {
    ...services,
    ...(await bodyOf(request, url)),
    request,
    url,
    method: request.method,
    version: path?.[1] ?? NEWEST_VERSION,
    token: tokenOf(request, url),
    about: (subject, who = null) => Object.assign(noted, { subject, who }),
    answersLast: false,
  }
  const line = lineOf(world, parts[0], call.token)
  const where = { phoneNumberId: line?.phoneNumberId ?? "", on: strikesOf(parts, call.body) }
  const outcome = await disturbed(call, where, () => answer(call, parts, path !== null))
  const { status, code, fault } = outcome
  world.wire.note({ direction: "out", ...noted, status, code, fault, attempt: 1 })
  return outcome.respond
}

function answer(call: Call, parts: string[], wellFormed: boolean): JsonObject | Response {
  const { world, method, token } = call
  const [id = "", ...edges] = parts
  if (!wellFormed || parts.length === 0 || parts.length > 2)
    throw new GraphError(2500, { message: `Unknown path components: /${parts.join("/")}` })
  const known = requireToken(world, token)
  if (id === "debug_token") return debugToken(call)
  const edge = `${method} ${edges[0] ?? ""}`.trim()
  const line = world.lines.get(id)
  if (line && line.accessToken === token) return follow(NUMBER_EDGES, line, edge, call, id)
  const account = world.accounts.get(id)
  if (account && known.some(({ wabaId }) => wabaId === id)) return follow(ACCOUNT_EDGES, account, edge, call, id)
  const medium = world.media.get(id)
  if (medium && known.some(({ phoneNumberId }) => phoneNumberId === medium.phoneNumberId))
    return follow(MEDIUM_EDGES, medium, edge, call, id)
  const template = templatesOf(world, known).find((other) => other.id === id)
  if (template) return follow(TEMPLATE_EDGES, template, edge, call, id)
  if (/^\d+$/.test(id)) throw unknownObject(method, id)
  throw new GraphError(2500, { message: `Unknown path components: /${parts.join("/")}` })
}

function follow<Target>(edges: Edges<Target>, target: Target, edge: string, call: Call, id: string) {
  const handler = edges[edge]
  if (handler) return handler(target, call)
  const path = edge.split(" ")[1]
  const elsewhere = Object.keys(edges).some((key) => key.split(" ")[1] === path)
  if (path === undefined || elsewhere) throw unknownObject(call.method, id)
  throw new GraphError(2500, { message: `Unknown path components: /${path}` })
}

/** The numbers this token belongs to; throws what Meta says without one or with a wrong one. */
function requireToken(world: World, token: string): Line[] {
  if (token === "")
    throw new GraphError(104, { status: 401, message: "An access token is required to request this resource." })
  const known = [...world.lines.values()].filter((line) => line.accessToken === token)
  if (known.length === 0) throw new GraphError(190)
  return known
}

const templatesOf = (world: World, lines: Line[]) =>
  lines.flatMap(({ wabaId }) => world.accounts.get(wabaId)?.templates ?? [])

/** The number a fault must name to strike this call: the one in the path, else the first of the token. */
const lineOf = (world: World, id: string | undefined, token: string): Line | undefined =>
  world.lines.get(id ?? "") ?? [...world.lines.values()].find((line) => line.accessToken === token)

const tokenOf = (request: Request, url: URL): string =>
  /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ??
  url.searchParams.get("access_token") ??
  ""

function strikesOf(parts: string[], body: JsonObject): Strikes {
  if (parts[1] === "messages" || parts[1] === "marketing_messages") return body.status === "read" ? "receipt" : "send"
  return parts[1] === "media" ? "media" : "other"
}

async function bodyOf(request: Request, url: URL): Promise<{ body: JsonObject; upload: Upload | null }> {
  const query: JsonObject = Object.fromEntries(url.searchParams)
  const type = request.headers.get("content-type") ?? ""
  if (request.method === "GET" || request.body === null) return { body: query, upload: null }
  if (type.startsWith("multipart/form-data")) {
    const form = await request.formData().catch(() => null)
    return form ? uploadOf(form, query) : { body: query, upload: null }
  }
  const text = await request.text()
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { body: { ...query, ...Object.fromEntries(new URLSearchParams(text)) }, upload: null }
  const parsed = parseJson(text)
  return { body: { ...query, ...(isObject(parsed) ? parsed : {}) }, upload: null }
}

type Form = Awaited<ReturnType<Request["formData"]>>

async function uploadOf(form: Form, query: JsonObject): Promise<{ body: JsonObject; upload: Upload | null }> {
  const body = { ...query }
  form.forEach((value, name) => {
    if (typeof value === "string") body[name] = value
  })
  const file = form.get("file")
  if (!(file instanceof Blob)) return { body, upload: null }
  const filename = file instanceof File ? file.name : null
  return { body, upload: { bytes: await file.bytes(), mimeType: file.type, filename } }
}
