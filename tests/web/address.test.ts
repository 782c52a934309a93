import { describe, expect, test } from "bun:test"
import { clientAddress, networkOf, trustedProxies } from "~/web/address.ts"

describe("the address of a client", () => {
  const trusted = trustedProxies(["10.0.0.1", "10.1.0.0/16", "fd00::/8"])
  const cases: [name: string, peer: string, forwarded: string | null, address: string][] = [
    ["is the peer's", "192.0.2.1", null, "192.0.2.1"],
    ["is the peer's, whatever a stranger claims", "192.0.2.1", "203.0.113.1", "192.0.2.1"],
    ["is what a trusted proxy says", "10.0.0.1", "203.0.113.1", "203.0.113.1"],
    [
      "is what the nearest trusted proxy says, not what was put before it",
      "10.0.0.1",
      "1.1.1.1, 203.0.113.1",
      "203.0.113.1",
    ],
    ["is found behind two proxies", "10.0.0.1", "1.1.1.1, 203.0.113.1, 10.1.2.3", "203.0.113.1"],
    ["is the proxy's when it says nothing", "10.0.0.1", null, "10.0.0.1"],
    ["is the proxy's when it says nonsense", "10.0.0.1", "<script>", "10.0.0.1"],
    ["is IPv4 when mapped", "::ffff:192.0.2.1", null, "192.0.2.1"],
    ["is found behind an IPv6 proxy", "fd00::1", "2001:db8::1", "2001:db8::1"],
  ]
  for (const [name, peer, forwarded, address] of cases)
    test(name, () => expect(clientAddress(peer, forwarded, trusted)).toBe(address))
})

describe("a network", () => {
  const cases: [string, string][] = [
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:DB8:0:0:ffff::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unknown", "unknown"],
  ]
  for (const [address, network] of cases) test(`of ${address}`, () => expect(networkOf(address)).toBe(network))
})
