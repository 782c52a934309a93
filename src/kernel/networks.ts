/** Lists of addresses and networks as people write them: `10.0.0.0/8, 192.0.2.7, 2001:db8::/32`. */
import { BlockList, isIP } from "node:net"

const written = (text: string): string[] =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")

/** Why `text` is no such list; null when it is, or is empty. */
export function networksReason(text: string): string | null {
  const wrong = written(text).find((entry) => !isNetwork(entry))
  return wrong === undefined ? null : "must be addresses or networks separated by commas, e.g. 10.0.0.0/8, 192.0.2.7"
}

export function isNetwork(text: string): boolean {
  const [host = "", bits, ...more] = text.split("/")
  const family = isIP(host)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

const known = new Map<string, BlockList>()
const MOST_KNOWN = 100

/** Whether `address` is in one of them; an empty list holds every address. */
export function isInNetworks(text: string, address: string): boolean {
  if (written(text).length === 0) return true
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "")
  const family = isIP(plain)
  return family !== 0 && listOf(text).check(plain, family === 6 ? "ipv6" : "ipv4")
}

/** Every request asks; nearly always of the same list as before. */
function listOf(text: string): BlockList {
  const before = known.get(text)
  if (before) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const list = new BlockList()
  for (const entry of written(text)) {
    const [host = "", bits] = entry.split("/")
    const family = isIP(host) === 6 ? "ipv6" : "ipv4"
    if (bits === undefined) list.addAddress(host, family)
    else list.addSubnet(host, Number(bits), family)
  }
  known.set(text, list)
  return list
}
