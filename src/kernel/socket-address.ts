/** Where a program listens, as an operator writes it: `127.0.0.1:3310`, `[::1]:3310`, `clamav.lan:3310`, `/run/clamd.ctl`. */
export type SocketAddress = { path: string } | { hostname: string; port: number }

const NAMED = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?):([0-9]{1,5})$/i

export function socketAddress(text: string): SocketAddress | null {
  if (/^\/[^\0]{1,107}$/.test(text)) return { path: text }
  const [, host = "", , digits] = NAMED.exec(text) ?? []
  const port = Number(digits)
  return port >= 1 && port <= 65_535 ? { hostname: host.replace(/^\[|\]$/g, ""), port } : null
}

/** Why `text` is no such address; null when it is, or is empty. */
export const socketAddressReason = (text: string): string | null =>
  text === "" || socketAddress(text) ? null : "must be like 127.0.0.1:3310, or the path of a socket like /run/clamd.ctl"
