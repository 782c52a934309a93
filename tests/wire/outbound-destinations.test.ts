import { afterEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { SystemClock, seconds, VirtualClock } from "~/kernel/clock.ts"
import { createOutbound, type Destination, isPublicAddress } from "~/kernel/outbound.ts"
import { doorTo, http, request, serve, stopServers, to } from "./loopback.ts"

afterEach(stopServers)

describe("the door leads only where its purpose allows", () => {
  const allowed: Destination[] = [
    { origin: "https://graph.facebook.com", addresses: "any" },
    { origin: "https://*.whatsapp.net", addresses: "any" },
  ]
  const refused = [
    "http://graph.facebook.com/",
    "https://graph.facebook.com:8443/",
    "https://graph.facebook.com.evil.test/",
    "https://evil.test/graph.facebook.com",
    "https://user:secret@graph.facebook.com/",
    "https://graph.facebook.com@evil.test/",
    "https://whatsapp.net/",
    "https://evilwhatsapp.net/",
    "http://mmg.whatsapp.net/",
    "https://mmg.whatsapp.net:444/",
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:9/",
    "file:///etc/passwd",
    "data:text/plain,hi",
    "//graph.facebook.com/",
    "not a url",
    "",
  ]
  for (const url of refused) {
    test(`not to ${url || "nowhere"}`, async () => {
      expect(await doorTo(allowed).send(request(url))).toEqual({ result: "unreachable", reason: "not_allowed" })
    })
  }

  test("each purpose has a list of its own", async () => {
    const server = await serve((socket) => socket.end(http("200 OK", "hi")))
    const door = createOutbound({
      clock: new SystemClock(),
      destinations: (purpose) => (purpose === "graph" ? to(server.url) : []),
    })
    expect(await door.send(request(server.url))).toMatchObject({ result: "answered" })
    expect(await door.send(request(server.url, { purpose: "mail" }))).toEqual({
      result: "unreachable",
      reason: "not_allowed",
    })
  })

  test("a proxy named by the environment is not used", async () => {
    const proxy = await serve((socket) => socket.end(http("200 OK", "proxied")))
    const server = await serve((socket) => socket.end(http("200 OK", "direct")))
    const script = `
      import { SystemClock } from "~/kernel/clock.ts"
      import { createOutbound } from "~/kernel/outbound.ts"
      const destinations = () => [{ origin: "${server.url}", addresses: "any" }]
      const door = createOutbound({ clock: new SystemClock(), destinations })
      const reply = await door.send({ purpose: "x", url: "${server.url}", method: "GET", timeoutMs: 5000, maxBytes: 100 })
      process.stdout.write(reply.result === "answered" ? new TextDecoder().decode(reply.body) : reply.reason)
    `
    const env = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url }
    const child = Bun.spawn([process.execPath, "-e", script], { cwd: `${import.meta.dir}/../..`, env, stdout: "pipe" })
    expect(await new Response(child.stdout).text()).toBe("direct")
    expect(proxy.connections()).toBe(0)
  })
})

describe("a name that leads inside the building", () => {
  const inside = (addresses: string[]) =>
    createOutbound({
      clock: new SystemClock(),
      destinations: () => to("http://media.test:9", "public"),
      resolve: async () => addresses,
    }).send(request("http://media.test:9/"))

  test("is refused, even when only one of its addresses does", async () => {
    for (const addresses of [["127.0.0.1"], ["93.184.216.34", "10.0.0.8"], ["::1"], ["::ffff:169.254.169.254"]]) {
      expect(await inside(addresses)).toEqual({ result: "unreachable", reason: "internal_address" })
    }
  })
  test("or nowhere is not found", async () => {
    expect(await inside([])).toEqual({ result: "unreachable", reason: "name_not_found" })
  })
  test("is refused as a bare address too", async () => {
    const door = doorTo(to("http://127.0.0.1:9", "public"))
    expect(await door.send(request("http://127.0.0.1:9"))).toEqual({
      result: "unreachable",
      reason: "internal_address",
    })
  })
  test("that nobody resolves in time was never written to", async () => {
    const clock = new VirtualClock()
    const door = createOutbound({
      clock,
      destinations: () => to("http://media.test", "public"),
      resolve: () => new Promise(() => {}),
    })
    const sending = door.send(request("http://media.test/"))
    await clock.advance(seconds(30))
    expect(await sending).toEqual({ result: "unreachable", reason: "name_not_found" })
  })

  test("cannot be swapped in after the check: the address that was checked is dialled, under the name", async () => {
    const server = await serve((socket) => socket.end(http("200 OK", "hi")))
    const { port } = new URL(server.url)
    const url = `http://media.test:${port}`
    const asked: string[] = []
    const door = createOutbound({
      clock: new SystemClock(),
      destinations: () => to(url, "public"),
      resolve: async (host) => {
        asked.push(host)
        return asked.length === 1 ? ["127.0.0.2", "127.0.0.1"] : ["169.254.169.254"]
      },
      isPublic: (address) => address.startsWith("127."),
    })
    expect(await door.send(request(`${url}/x`))).toMatchObject({ result: "answered", status: 200 })
    expect(asked).toEqual(["media.test"])
    expect(server.requests[0]).toContain(`Host: media.test:${port}`)
    expect(await door.send(request(`${url}/x`))).toEqual({ result: "unreachable", reason: "internal_address" })
  })

  const internal = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255"
  const more =
    "192.168.1.1 224.0.0.1 255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:7f00:1 fc00::1 fd12::1 fe80::1 ff02::1"
  test("is known by its address", () => {
    for (const address of `${internal} ${more}`.split(" "))
      expect([address, isPublicAddress(address)]).toEqual([address, false])
    for (const address of ["93.184.216.34", "172.32.0.1", "11.0.0.1", "2a03:2880:f10d:83:face:b00c:0:25de"]) {
      expect([address, isPublicAddress(address)]).toEqual([address, true])
    }
    for (const address of ["", "localhost", "127.1", "0x7f.1"]) expect(isPublicAddress(address)).toBe(false)
  })
  test("is known wherever in a private network it lies", () => {
    const byte = fc.nat(255)
    fc.assert(
      fc.property(byte, byte, byte, (b, c, d) => {
        expect(isPublicAddress(`10.${b}.${c}.${d}`)).toBe(false)
        expect(isPublicAddress(`192.168.${c}.${d}`)).toBe(false)
        expect(isPublicAddress(`8.${b}.${c}.${d}`)).toBe(true)
      }),
    )
  })
})
