/** How the faults of the Graph API look to the caller: instead of the answer, or after the work was done. */
import type { Instant } from "~/kernel/clock.ts"
import type { Fault, FaultKind, Strikes } from "./faults.ts"
import type { Call } from "./graph-call.ts"
import { GraphError } from "./graph-errors.ts"
import type { JsonObject } from "./json.ts"
import type { World } from "./world.ts"

/** The connection ends without an answer: `listen` makes a reset of it, an in-process `fetch` rejects with it. */
export class ConnectionBroken extends Error {
  readonly code = "ECONNRESET"
  constructor() {
    super("The socket connection was closed unexpectedly.")
    this.name = "ConnectionBroken"
  }
}

export type Outcome = {
  /** HTTP status; null when the caller gets no answer. */
  status: number | null
  code: number | null
  fault: FaultKind | null
  respond: () => Response | Promise<Response>
}

type Where = { phoneNumberId: string; on: Strikes }
type Answer = () => JsonObject | Response

/** Runs `answer` unless a fault refuses before it, and gives the caller what the faults leave of the result. */
export async function disturbed(call: Call, where: Where, answer: Answer): Promise<Outcome> {
  const slow = call.faults.strike("slow-answer", where)
  if (slow) await call.activity.rest(until(call.world, call.world.clock.now() + slow.delay))
  const instead = refusedBefore(call, where)
  if (instead) return instead
  const outcome = settled(call, answer)
  const spoiled = outcome.code === null ? spoiledAfter(call, where) : null
  if (call.answersLast) await call.activity.rest(call.activity.idle())
  return spoiled ?? { ...outcome, fault: outcome.fault ?? slow?.kind ?? null }
}

/** Faults that keep the call from doing anything. */
function refusedBefore(call: Call, where: Where): Outcome | null {
  const { faults } = call
  const token = faults.strike("token-refused", where)
  if (token) return refusal(call, new GraphError(190), token.kind)
  const error = faults.strike("graph-error", where)
  if (error) {
    const { code, kind, ...detail } = error
    return refusal(call, new GraphError(code, { details: "Refused by the simulator, on request.", ...detail }), kind)
  }
  const many = faults.strike("too-many-requests", where)
  if (many) return plain(429, "Too Many Requests", many.kind, retryHeader(many.retryAfterSeconds))
  const server = faults.strike("server-error", where)
  if (server) return serverError(call, server)
  const reset = faults.strike("connection-reset", where)
  return reset && broken(reset.kind)
}

/** Faults that spoil the answer of a call that was carried out. */
function spoiledAfter(call: Call, where: Where): Outcome | null {
  const { faults, request } = call
  const server = faults.strike("accepts-then-server-error", where)
  if (server) return serverError(call, server)
  const reset = faults.strike("accepts-then-reset", where)
  if (reset) return broken(reset.kind)
  const silent = faults.strike("accepts-without-answer", where)
  if (silent) return { status: null, code: null, fault: silent.kind, respond: () => whenGivenUp(request.signal) }
  const html = faults.strike("answer-html", where)
  if (html) return plain(200, "<!doctype html><title>Facebook</title>", html.kind, { "content-type": "text/html" })
  const cut = faults.strike("answer-broken-json", where)
  if (cut) return plain(200, '{"messaging_product":"whatsapp","contacts":[{"inp', cut.kind, JSON_TYPE)
  const nameless = faults.strike("answer-without-id", where)
  return (
    nameless && plain(200, '{"messaging_product":"whatsapp","contacts":[],"messages":[]}', nameless.kind, JSON_TYPE)
  )
}

const JSON_TYPE = { "content-type": "application/json; charset=UTF-8" }

function settled(call: Call, answer: Answer): Outcome {
  try {
    const result = answer()
    if (result instanceof Response) return { status: result.status, code: null, fault: null, respond: () => result }
    const respond = () => new Response(JSON.stringify(result), { headers: graphHeaders(call) })
    return { status: 200, code: null, fault: null, respond }
  } catch (error) {
    if (error instanceof GraphError) return refusal(call, error, null)
    throw error
  }
}

function refusal(call: Call, error: GraphError, fault: FaultKind | null): Outcome {
  const headers = { ...graphHeaders(call), ...retryHeader(error.detail.retryAfterSeconds) }
  if (error.code === 190) headers["www-authenticate"] = `OAuth "Facebook Platform" "invalid_token" "${error.message}"`
  const body = JSON.stringify(error.body(traceId(call.world)))
  return {
    status: error.status,
    code: error.code,
    fault,
    respond: () => new Response(body, { status: error.status, headers }),
  }
}

type ServerError = Extract<Fault, { kind: "server-error" | "accepts-then-server-error" }>

function serverError(call: Call, { kind, status = 500, body = "graph" }: ServerError): Outcome {
  if (body === "graph") return refusal(call, new GraphError(status === 503 ? 2 : 131000, { status }), kind)
  if (body === "none") return plain(status, "", kind)
  return plain(status, "<html><body><h1>Sorry, something went wrong.</h1></body></html>", kind, {
    "content-type": "text/html",
  })
}

const broken = (fault: FaultKind): Outcome => ({
  status: null,
  code: null,
  fault,
  respond: () => Promise.reject(new ConnectionBroken()),
})

function plain(status: number, body: string, fault: FaultKind, headers: Record<string, string> = {}): Outcome {
  return { status, code: null, fault, respond: () => new Response(body, { status, headers }) }
}

const retryHeader = (retryAfterSeconds: number | undefined): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }

/** The headers Meta documents on every response. */
function graphHeaders({ world, version }: Call): Record<string, string> {
  const usage = {
    type: "messaging",
    call_count: 1,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: 0,
  }
  const account = [...world.accounts.keys()][0] ?? "0"
  return {
    ...JSON_TYPE,
    "cache-control": "private, no-cache, no-store, must-revalidate",
    "facebook-api-version": version,
    "x-business-use-case-usage": JSON.stringify({ [account]: [usage] }),
    "x-fb-request-id": traceId(world),
    "x-fb-trace-id": traceId(world),
    "x-fb-rev": "1030000000",
  }
}

const traceId = (world: World): string => `A${Buffer.from(world.chance.bytes(16)).toString("base64url")}`

const until = (world: World, at: Instant): Promise<void> =>
  new Promise((resolve) => {
    world.clock.wakeAt(at, resolve)
  })

/** Waits until the caller has lost patience; what it then gets reaches nobody. */
const whenGivenUp = (signal: AbortSignal): Promise<Response> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(new ConnectionBroken())
    else signal.addEventListener("abort", () => reject(new ConnectionBroken()), { once: true })
  })
