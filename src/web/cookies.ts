/** Cookies: `__Host-` over TLS; plain names on a plain listener, where browsers refuse the prefix. */
import type { Milliseconds } from "~/kernel/clock.ts"

export type CookieName = "session" | "device" | "form" | "language" | "step" | "provider" | "company"

/** The value of a cookie of the request, or null. */
export function readCookie(request: Request, name: CookieName, secure: boolean): string | null {
  const wanted = nameOf(name, secure)
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const split = pair.indexOf("=")
    if (split > 0 && pair.slice(0, split).trim() === wanted) return pair.slice(split + 1).trim() || null
  }
  return null
}

export type CookieLife = Milliseconds | "browser"

/** A `Set-Cookie` value; scripts never see it, other sites' requests never carry it but for plain links. */
export function cookie(name: CookieName, value: string, life: CookieLife, secure: boolean): string {
  const age = life === "browser" ? "" : `; Max-Age=${Math.floor(life / 1_000)}`
  return `${nameOf(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${secure ? "; Secure" : ""}`
}

export const expiredCookie = (name: CookieName, secure: boolean): string => cookie(name, "", 0, secure)

const nameOf = (name: CookieName, secure: boolean) => (secure ? `__Host-${name}` : name)
