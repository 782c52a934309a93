/** Is this request meant for us, and did one of our own pages send it? */
import { sameText } from "~/kernel/token.ts"
import { type Fields, TOKEN_FIELD } from "./form.ts"
import { Problem } from "./problem.ts"

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"])
const SAFE = new Set(["GET", "HEAD", "OPTIONS"])

/** An unsafe method may change something; a safe one never does. */
export const isUnsafe = (request: Request): boolean => !SAFE.has(request.method)

/**
 * Throws Problem 421 unless the request names us as `url` does. Loopback names are always us: whoever can reach them
 * sits at the machine, and a name that only resolves to it (DNS rebinding) is still refused.
 */
export function checkHost(request: Request, url: URL): void {
  const host = hostOf(request)
  if (host === null || !(host.host === url.host || LOOPBACK.has(host.hostname)))
    throw new Problem(421, "request.not_for_us")
}

/** Throws Problem 403 when a browser says that another site made the request. */
export function checkSite(request: Request, url: URL): void {
  const site = request.headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin" && site !== "none") throw new Problem(403, "request.forged")
  const origin = request.headers.get("origin")
  if (origin !== null && !isOwn(origin, request, url)) throw new Problem(403, "request.forged")
}

/** Whether a browser made it: those say so with every unsafe request. */
export const isFromBrowser = (request: Request): boolean =>
  request.headers.has("sec-fetch-site") || request.headers.has("origin")

/** Throws Problem 403 unless the request carries `token`, as a header or as a field. */
export function checkToken(request: Request, fields: Fields, token: string): void {
  const given = request.headers.get("x-csrf-token") ?? fields.get(TOKEN_FIELD)?.[0]
  if (given === undefined || !sameText(given, token)) throw new Problem(403, "request.forged")
}

function isOwn(origin: string, request: Request, url: URL): boolean {
  if (origin === url.origin) return true
  if (!URL.canParse(origin)) return false
  const { host, hostname } = new URL(origin)
  return LOOPBACK.has(hostname) && host === hostOf(request)?.host
}

function hostOf(request: Request): URL | null {
  const url = `http://${request.headers.get("host") ?? new URL(request.url).host}`
  return URL.canParse(url) ? new URL(url) : null
}
