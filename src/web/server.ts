/**
 * The two doors. Intranet: people, behind a host check and security headers. Public: only what it is given, a bare
 * 404 for everything else, no cookies (2-architecture.md, "Two listeners").
 */
import type { Server } from "bun"
import { type Clock, type Milliseconds, seconds } from "~/kernel/clock.ts"
import { clientAddress, noteAddress, trustedProxies } from "./address.ts"
import { type AreaParts, type Method, type Route, router, unknownPath } from "./areas.ts"
import type { Assets } from "./assets.ts"
import { withCompression } from "./compression.ts"
import { answerTo } from "./errors.ts"
import { withSecurityHeaders } from "./headers.ts"
import type { Counter } from "./metrics.ts"
import { checkHost } from "./origin.ts"
import { preferredLanguage } from "./request.ts"
import { STREAM_IDLE_SECONDS, type Streams } from "./stream.ts"
import type { Tls } from "./tls/certificates.ts"

export type ListenAddress = { hostname: string; port: number }

export interface Listener {
  readonly url: URL
  /** Takes no more requests, ends streams, lets running requests finish for a while, then closes. */
  stop(): Promise<void>
}

export interface IntranetListener extends Listener {
  /** New connections get this certificate; those that are open go on with theirs. Only for a listener with TLS. */
  replaceCertificate(tls: Tls): void
}

export type IntranetParts = AreaParts & {
  routes: readonly Route[]
  assets: Assets
  trustedProxies: readonly string[]
  requests: Counter
}

/** What the intranet listener answers to a request; tests call it without a listener. */
export function intranetHandler(parts: IntranetParts): (request: Request, peer?: string) => Promise<Response> {
  const route = router(parts.routes, unknownPath(parts))
  const trusted = trustedProxies(parts.trustedProxies)
  const secure = parts.url.protocol === "https:"
  return async (request, peer = "unknown") => {
    noteAddress(request, () => clientAddress(peer, request.headers.get("x-forwarded-for"), trusted))
    const response = await answered(request, parts, route)
    parts.requests.add({ method: methodLabel(request), status: `${Math.floor(response.status / 100)}xx` })
    return withSecurityHeaders(await withCompression(request, response), secure)
  }
}

async function answered(
  request: Request,
  parts: IntranetParts,
  route: (request: Request) => Promise<Response>,
): Promise<Response> {
  try {
    checkHost(request, parts.url)
  } catch (error) {
    return answerTo(error, request, preferredLanguage(request, parts.look.languages), parts)
  }
  return parts.assets.answer(request) ?? route(request)
}

/** Slow senders are cut after this; nothing that a person does takes longer to arrive. */
const IDLE_SECONDS = 15
/** No form is larger; what is (uploads) has its own limit. */
const MOST_BODY_BYTES = 128_000_000

type IntranetServerParts = IntranetParts & {
  listen: ListenAddress
  tls: Tls | null
  streams: Streams
  clock: Clock
}

/** Throws when the port is not free. */
export function serveIntranet(parts: IntranetServerParts): IntranetListener {
  const bind = intranetBinder(parts)
  if (parts.tls) proveFree(parts.listen)
  const first = bind(parts.listen, parts.tls)
  const listen = { ...parts.listen, port: first.port ?? parts.listen.port }
  const servers = new Set([first])
  let newest = first
  return {
    url: new URL(first.url),
    async stop() {
      const stopped = [...servers].map((server) => stopGently(server, parts.clock))
      parts.streams.end()
      await Promise.all(stopped)
    },
    replaceCertificate(tls) {
      const former = newest
      newest = bind(listen, tls)
      servers.add(newest)
      void former.stop(false).then(() => servers.delete(former))
    },
  }
}

/** A running server does not take another certificate (Bun 1.4.5): its successor listens on the same port beside it. */
function intranetBinder(parts: IntranetServerParts) {
  const handle = intranetHandler(parts)
  return (listen: ListenAddress, tls: Tls | null): Server<undefined> =>
    Bun.serve({
      ...listen,
      ...(tls ? { tls } : {}),
      reusePort: tls !== null,
      idleTimeout: IDLE_SECONDS,
      maxRequestBodySize: MOST_BODY_BYTES,
      fetch(request, server) {
        if (request.headers.get("accept") === "text/event-stream") server.timeout(request, STREAM_IDLE_SECONDS)
        return handle(request, server.requestIP(request)?.address)
      },
    })
}

/** A port that is shared on purpose would also be shared with a stranger. */
function proveFree(listen: ListenAddress): void {
  void Bun.serve({ ...listen, reusePort: false, fetch: () => new Response() }).stop(true)
}

/** Whoever comes over plain HTTP is sent to `url`, to the same page. Throws when the port is not free. */
export function serveRedirect(parts: { listen: ListenAddress; url: URL; clock: Clock }): Listener {
  const server = Bun.serve({
    ...parts.listen,
    reusePort: false,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      return new Response(null, { status: 308, headers: { location: `${parts.url.origin}${pathname}${search}` } })
    },
  })
  return listener(server, parts.clock)
}

export type PublicRoute = {
  method: Method
  path: string
  answer: (request: Request, params: Record<string, string>) => Response | Promise<Response>
}

/** What the public listener answers: its few routes, or a 404 that tells nothing; never a cookie. */
export function publicHandler(routes: readonly PublicRoute[]): (request: Request) => Promise<Response> {
  const route = router(routes, () => new Response(null, { status: 404 }))
  return async (request) => {
    const response = await route(request)
    response.headers.delete("set-cookie")
    response.headers.set("x-content-type-options", "nosniff")
    return response
  }
}

export function servePublic(parts: {
  listen: ListenAddress
  routes: readonly PublicRoute[]
  trustedProxies: readonly string[]
  clock: Clock
}): Listener {
  const handle = publicHandler(parts.routes)
  const trusted = trustedProxies(parts.trustedProxies)
  const server = Bun.serve({
    ...parts.listen,
    reusePort: false,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: MOST_BODY_BYTES,
    fetch(request, server) {
      if (request.headers.get("accept") === "text/event-stream") server.timeout(request, STREAM_IDLE_SECONDS)
      const peer = () => server.requestIP(request)?.address ?? "unknown"
      noteAddress(request, () => clientAddress(peer(), request.headers.get("x-forwarded-for"), trusted))
      return handle(request)
    },
  })
  return listener(server, parts.clock)
}

const PATIENCE_AT_STOP: Milliseconds = seconds(5)

const listener = (server: Server<undefined>, clock: Clock): Listener => ({
  url: new URL(server.url),
  stop: () => stopGently(server, clock),
})

async function stopGently(server: Server<undefined>, clock: Clock): Promise<void> {
  const finished = server.stop(false)
  const impatient = clock.wakeAt(clock.now() + PATIENCE_AT_STOP, () => void server.stop(true))
  await finished
  impatient()
}

const METHODS = new Set(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
const methodLabel = ({ method }: Request) => (METHODS.has(method) ? method : "other")
