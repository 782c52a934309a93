import { lookup } from "node:dns/promises"
import { BlockList, isIP, isIPv6 } from "node:net"
import type { Clock, Milliseconds } from "./clock.ts"

/**
 * The one door for outbound HTTP. Whoever asks names a purpose, and each purpose has its list of destinations; no
 * redirect is followed, no proxy of the environment is used, every call ends by the clock and every body is bounded.
 */
export interface Outbound {
  send(request: OutboundRequest): Promise<OutboundReply>
}

/**
 * An origin that a purpose may reach: scheme, host and port must be equal; `https://*.example.com` stands for any
 * host below. `addresses: "public"` refuses names that lead inside the building; "any" is for what the operator set.
 */
export type Destination = { origin: string; addresses: "public" | "any" }

export type OutboundRequest = {
  purpose: string
  url: string
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | StreamedBody
  timeoutMs: Milliseconds
  /** The largest body that is read; a larger one is a lost answer. */
  maxBytes: number
  /** Receives the body of a 2xx answer piece by piece, which then is not collected; the next comes when it is done. */
  into?: (piece: Uint8Array) => void | Promise<void>
}

/** A body too large to be held: asked for piece by piece as the line takes them. */
export type StreamedBody = { contentType: string; byteLength: number; pieces(): Iterable<Uint8Array> }

/**
 * `unreachable`: nothing was written, so that trying again is safe. `lost`: the other side may have received and
 * acted on the request. What is in doubt is lost.
 */
export type OutboundReply =
  | { result: "answered"; status: number; headers: Headers; body: Uint8Array<ArrayBuffer>; byteLength: number }
  | { result: "unreachable"; reason: UnreachableReason }
  | { result: "lost"; reason: LostReason }
export type UnreachableReason = "not_allowed" | "internal_address" | "name_not_found" | "refused" | "no_route" | "tls"
export type LostReason = "timeout" | "broken" | "too_large"

export type OutboundOptions = {
  clock: Clock
  destinations: (purpose: string) => readonly Destination[]
  /** Every address of a host name; rejects when there is none. */
  resolve?: Resolve
  isPublic?: (address: string) => boolean
}
type Resolve = (host: string) => Promise<readonly string[]>

/** Kept shorter than firewalls keep theirs: a request into a connection that they dropped would be a lost one. */
const IDLE_CONNECTION_SECONDS = 30

export function createOutbound(options: OutboundOptions): Outbound {
  const { clock, destinations, resolve = systemResolve, isPublic = isPublicAddress } = options
  const session = new Bun.FetchSession({ proxy: false, keepAlive: { idleTimeout: IDLE_CONNECTION_SECONDS } })
  return {
    async send(request) {
      const url = parseUrl(request.url)
      const destination = url && destinations(request.purpose).find((each) => reaches(each.origin, url))
      if (!url || !destination) return unreachable("not_allowed")
      const abort = new AbortController()
      const stopTimer = clock.wakeAt(clock.now() + request.timeoutMs, () => abort.abort())
      const call = (dialled: Dialled) => exchange({ request, session, abort, ...dialled })
      try {
        if (destination.addresses === "any") return await call({ url })
        const addresses = await addressesOf(url, resolve, abort.signal)
        if (!addresses.every(isPublic)) return unreachable("internal_address")
        return await firstReached(addresses, (address) => call(pinned(url, address)))
      } finally {
        stopTimer()
        abort.abort()
      }
    },
  }
}

type Dialled = { url: URL; headers?: Record<string, string>; tls?: { serverName: string } }
type Exchange = Dialled & { request: OutboundRequest; session: Bun.FetchSession; abort: AbortController }

async function exchange({ request, session, abort, url, headers, tls }: Exchange): Promise<OutboundReply> {
  let response: Response
  try {
    response = await fetch(url, {
      session,
      method: request.method,
      headers: { "Accept-Encoding": "identity", ...request.headers, ...bodyHeaders(request), ...headers },
      ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
      ...(tls ? { tls } : {}),
      redirect: "manual",
      decompress: false,
      signal: abort.signal,
    })
  } catch (error) {
    return failure(error, abort.signal)
  }
  return await receive(request, response, abort)
}

type Body = NonNullable<OutboundRequest["body"]>
const isStreamed = (body: Body | undefined): body is StreamedBody => typeof body === "object" && "pieces" in body

/** With its length, which the Graph API wants to know before it begins. */
const bodyHeaders = ({ body }: OutboundRequest): Record<string, string> =>
  isStreamed(body) ? { "Content-Type": body.contentType, "Content-Length": String(body.byteLength) } : {}

export function bodyOf(body: Body): string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (!isStreamed(body)) return body
  const pieces = body.pieces()[Symbol.iterator]()
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}

async function receive(request: OutboundRequest, response: Response, abort: AbortController): Promise<OutboundReply> {
  const into = response.ok ? request.into : undefined
  const pieces: Uint8Array[] = []
  const reader = response.body?.getReader()
  let byteLength = 0
  for (;;) {
    const step = await reader?.read().catch((error: unknown) => failure(error, abort.signal))
    if (step === undefined || ("done" in step && step.done)) break
    if ("result" in step) return step.result === "unreachable" ? lost("broken") : step
    byteLength += step.value.byteLength
    if (byteLength > request.maxBytes) {
      abort.abort()
      return lost("too_large")
    }
    if (into) await into(step.value)
    else pieces.push(step.value)
  }
  const { status, headers } = response
  return { result: "answered", status, headers, body: new Uint8Array(Buffer.concat(pieces)), byteLength }
}

/** As measured on Bun 1.4: these codes arise before the first byte of the request is written, and only then. */
const BEFORE_WRITING: ReadonlyMap<string, UnreachableReason> = new Map<string, UnreachableReason>([
  ["ECONNREFUSED", "refused"],
  ["FailedToOpenSocket", "refused"],
  ["ENOTFOUND", "name_not_found"],
  ["EAI_AGAIN", "name_not_found"],
  ["EHOSTUNREACH", "no_route"],
  ["ENETUNREACH", "no_route"],
])
const CERTIFICATE = /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT)/

function failure(error: unknown, signal: AbortSignal): OutboundReply {
  if (signal.aborted) return lost("timeout")
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const before = BEFORE_WRITING.get(code)
  if (before) return unreachable(before)
  const handshake = code === "EPROTO" && error instanceof Error && error.message.includes("handshake")
  return CERTIFICATE.test(code) || handshake ? unreachable("tls") : lost("broken")
}

const unreachable = (reason: UnreachableReason): OutboundReply => ({ result: "unreachable", reason })
const lost = (reason: LostReason): OutboundReply => ({ result: "lost", reason })

function parseUrl(written: string): URL | null {
  const url = URL.parse(written)
  const web = url?.protocol === "https:" || url?.protocol === "http:"
  return url && web && url.username === "" && url.password === "" ? url : null
}

function reaches(origin: string, url: URL): boolean {
  if (!origin.startsWith("https://*.")) return URL.parse(origin)?.origin === url.origin
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(origin.slice("https://*".length))
}

async function addressesOf(url: URL, resolve: Resolve, signal: AbortSignal): Promise<readonly string[]> {
  const host = bareHost(url)
  return isIP(host) ? [host] : await Promise.race([resolve(host), aborted(signal)]).catch(() => [])
}

/** The checked address is the one dialled, so that a second answer of the DNS changes nothing. */
function pinned(url: URL, address: string): Dialled {
  const dialled = new URL(url)
  dialled.hostname = isIPv6(address) ? `[${address}]` : address
  const tls = isIP(bareHost(url)) ? {} : { tls: { serverName: url.hostname } }
  return { url: dialled, headers: { Host: url.host }, ...tls }
}

/** The next address only while nothing has been written to the one before. */
async function firstReached(
  addresses: readonly string[],
  call: (address: string) => Promise<OutboundReply>,
): Promise<OutboundReply> {
  let reply = unreachable("name_not_found")
  for (const address of addresses) {
    reply = await call(address)
    if (reply.result !== "unreachable") break
  }
  return reply
}

const bareHost = (url: URL) => url.hostname.replace(/^\[|\]$/g, "")

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }))

const systemResolve = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map((found) => found.address)

/** Whether an address belongs to the internet rather than to this machine, its network or a cloud's metadata. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && !INTERNAL.check(address, version === 6 ? "ipv6" : "ipv4")
}

/** An IPv4 address written as IPv6 (::ffff:…) is held against the IPv4 networks by BlockList itself. */
const INTERNAL = new BlockList()
const INTERNAL_NETWORKS = [
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24",
  "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
  "::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8",
]
for (const network of INTERNAL_NETWORKS.join(" ").split(" ")) {
  const [address = "", prefix = ""] = network.split("/")
  INTERNAL.addSubnet(address, Number(prefix), isIPv6(address) ? "ipv6" : "ipv4")
}
