/** Where a request comes from: the peer, or what a trusted proxy in front says. */
import { BlockList, isIP } from "node:net"

/** Who is at the other end of a request; kept beside it, since the standard `Request` does not know. */
const addresses = new WeakMap<Request, () => string>()
export const noteAddress = (request: Request, address: () => string): void => void addresses.set(request, address)
export const addressOf = (request: Request): string => addresses.get(request)?.() ?? "unknown"

/** The addresses (or networks, `10.0.0.0/8`) whose `X-Forwarded-For` counts. */
export function trustedProxies(addresses: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const address of addresses) {
    const [host = "", bits] = address.split("/")
    if (bits === undefined) list.addAddress(host, family(host))
    else list.addSubnet(host, Number(bits), family(host))
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address))
}

/** The nearest address that is not one of ours: read from the right, since everything further left can be made up. */
export function clientAddress(peer: string, forwarded: string | null, trusted: (address: string) => boolean): string {
  const hops = [...(forwarded ?? "").split(",").map((hop) => hop.trim()), peer].map(plain)
  let nearest = hops.pop()!
  while (trusted(nearest)) {
    const next = hops.pop()
    if (!next || isIP(next) === 0) break
    nearest = next
  }
  return nearest
}

/** The network an address belongs to, as far as guessing goes: an IPv4 address, or an IPv6 /64. */
export function networkOf(address: string): string {
  const host = plain(address)
  return isIP(host) === 6 ? `${expanded(host).slice(0, 4).join(":")}::/64` : host
}

/** `::ffff:192.0.2.1` is 192.0.2.1. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "")

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4")

function expanded(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::")
  const left = head.split(":").filter(Boolean)
  const right = (tail ?? "").split(":").filter(Boolean)
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right]
}
