/** The servers that help two browsers find each other: STUN says one's address, TURN carries what finds no other way. */
import { type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** What the tenant's admin sets; `secret` is what coturn calls `static-auth-secret`. */
export type CallServers = { urls: readonly string[]; secret: string | null }

/** As browsers take it. */
export type IceServer = { urls: string[]; username?: string; credential?: string }

/** `stun:`, `stuns:`, `turn:` or `turns:` with a host, perhaps a port, perhaps a transport (RFC 7064, RFC 7065). */
export const isIceUrl = (text: string): boolean =>
  /^(stuns?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?|turns?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?)$/i.test(
    text,
  )

export const MOST_ICE_URLS = 8

/** One address a line. Refuses `call.server_malformed {line}` and `field.too_many {most}`. */
export function readUrls(typed: string): { urls: string[] } | Refusal {
  const urls = typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const wrong = urls.find((line) => !isIceUrl(line))
  if (wrong !== undefined) return refuse("call.server_malformed", { line: wrong })
  return urls.length > MOST_ICE_URLS ? refuse("field.too_many", { most: MOST_ICE_URLS }) : { urls: [...new Set(urls)] }
}

/** A call goes on with what it began with; a new connection asks for new credentials. */
const CREDENTIALS_LIVE: Milliseconds = minutes(60)

/**
 * The servers with credentials for one call: `username` is when they end, in seconds, and the call; `credential` the
 * base64 of HMAC-SHA1 over it under the shared secret (coturn, `use-auth-secret`).
 */
export function iceServers({ urls, secret }: CallServers, call: Id, now: Instant): IceServer[] {
  const stun = urls.filter((url) => /^stun/i.test(url))
  const turn = urls.filter((url) => /^turn/i.test(url))
  const servers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : []
  if (turn.length === 0 || secret === null) return servers
  const username = `${Math.floor((now + CREDENTIALS_LIVE) / 1_000)}:${call}`
  const credential = new Bun.CryptoHasher("sha1", secret).update(username).digest("base64")
  return [...servers, { urls: turn, username, credential }]
}

/** What the sealed secret is bound to. */
export const placeOfSecret = (tenant: Id): string => `callServers/secret/${tenant}`
