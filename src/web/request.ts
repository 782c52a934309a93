/** What kind of request it is, and how answers to it are made. Nothing else looks at htmx headers. */
import type { Html } from "views/jsx-runtime.ts"

/** Who waits for the answer: a person looking at the address bar, a panel, a live stream, a program. */
export type Audience = "page" | "panel" | "stream" | "program"

export function audienceOf({ headers }: Request): Audience {
  const accept = headers.get("accept") ?? ""
  if (headers.get("hx-request") === "true") return "panel"
  if (accept.includes("text/event-stream")) return "stream"
  if (accept.includes("application/json") && !accept.includes("text/html")) return "program"
  const mode = headers.get("sec-fetch-mode")
  return mode === null || mode === "navigate" ? "page" : "program"
}

export const htmlResponse = (html: Html, status = 200): Response =>
  new Response(html.toString(), {
    status,
    headers: { "content-type": "text/html; charset=utf-8", vary: "HX-Request, Cookie" },
  })

export const jsonResponse = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json; charset=utf-8" } })

/** Sends a browser to `path` on this appliance, whoever asked. */
export function redirectResponse(request: Request, path: string): Response {
  return audienceOf(request) === "panel"
    ? new Response(null, { status: 204, headers: { "hx-redirect": path } })
    : new Response(null, { status: 303, headers: { location: path } })
}

/** A path of this appliance, never another site's: what may follow `?next=`. Anything else is the start page. */
export function ownPath(given: string | null): string {
  if (given === null || !/^\/(?![/\\])/.test(given) || /[\p{Cc}\\]/u.test(given)) return "/"
  const url = new URL(given, "http://appliance.invalid")
  return url.host === "appliance.invalid" ? url.pathname + url.search : "/"
}

/** The page a request was made from or for: where to come back to after signing in. */
export function pageOf(request: Request): string {
  const from = addressOf(request)
  if (from === null || !URL.canParse(from)) return "/"
  const { pathname, search } = new URL(from)
  return ownPath(pathname + search)
}

function addressOf({ headers, method, url }: Request): string | null {
  if (headers.get("hx-request") === "true") return headers.get("hx-current-url")
  // A form's address answers to nothing but forms.
  return method === "GET" ? url : headers.get("referer")
}

/** The best of `languages` for a browser that nobody has signed in with. */
export function preferredLanguage({ headers }: Request, languages: readonly string[]): string {
  const wanted = (headers.get("accept-language") ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase())
  return wanted.find((language) => languages.includes(language)) ?? languages[0] ?? "en"
}
