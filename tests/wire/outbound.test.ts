import { afterEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { SystemClock, seconds, VirtualClock } from "~/kernel/clock.ts"
import { createOutbound, type Destination, isPublicAddress, type OutboundRequest } from "~/kernel/outbound.ts"
import { type BadServer, badServer, deadUrl, http } from "./loopback.ts"

const servers: BadServer[] = []
const serve = async (...args: Parameters<typeof badServer>) => {
  const server = await badServer(...args)
  servers.push(server)
  return server
}
afterEach(() => {
  for (const server of servers.splice(0)) server.stop()
})

const to = (origin: string, addresses: Destination["addresses"] = "any"): Destination[] => [{ origin, addresses }]
const doorTo = (destinations: readonly Destination[], clock = new SystemClock() as VirtualClock | SystemClock) =>
  createOutbound({ clock, destinations: () => destinations })

const request = (url: string, parts: Partial<OutboundRequest> = {}): OutboundRequest => ({
  purpose: "graph",
  url,
  method: "POST",
  body: "{}",
  timeoutMs: seconds(30),
  maxBytes: 1_000,
  ...parts,
})
const send = (url: string, parts: Partial<OutboundRequest> = {}) => doorTo(to(url)).send(request(url, parts))
const textOf = (body: Uint8Array) => new TextDecoder().decode(body)

describe("an answer", () => {
  test("comes whole, with its status and headers", async () => {
    const server = await serve((socket) => socket.end(http("418 Teapot", "short and stout", "X-Kind: tea")))
    const reply = await send(`${server.url}/path?q=1`, { headers: { Authorization: "Bearer T" } })
    if (reply.result !== "answered") throw new Error(reply.result)
    expect([reply.status, reply.headers.get("x-kind"), textOf(reply.body)]).toEqual([418, "tea", "short and stout"])
    expect(server.requests[0]).toStartWith("POST /path?q=1 HTTP/1.1")
    expect(server.requests[0]).toContain("Authorization: Bearer T")
  })

  test("that redirects is not followed, whereever it leads", async () => {
    const inside = await serve((socket) => socket.end(http("200 OK", "secret")))
    const server = await serve((socket) => socket.end(http("302 Found", "", `Location: ${inside.url}/meta-data`)))
    const reply = await doorTo([...to(server.url), ...to(inside.url)]).send(request(server.url))
    expect(reply).toMatchObject({ result: "answered", status: 302 })
    expect(inside.connections()).toBe(0)
  })

  test("goes piece by piece to who asked for it, when it is a good one", async () => {
    const body = "x".repeat(900)
    const server = await serve((socket, _, before) =>
      socket.write(http(before === 0 ? "200 OK" : "404 Not Found", body)),
    )
    const door = doorTo(to(server.url))
    let received = 0
    const into = (piece: Uint8Array) => {
      received += piece.byteLength
    }
    expect(await door.send(request(server.url, { into }))).toMatchObject({ status: 200, byteLength: 900 })
    expect(received).toBe(900)
    expect(await door.send(request(server.url, { into }))).toMatchObject({ status: 404, byteLength: 900 })
    expect(received).toBe(900)
  })

  test("larger than allowed is lost, not swallowed", async () => {
    const server = await serve((socket) => socket.write(http("200 OK", "x".repeat(1_001))))
    expect(await send(server.url)).toEqual({ result: "lost", reason: "too_large" })
  })

  test("that never ends is cut at the limit", async () => {
    const server = await serve((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write("400\r\n".concat("x".repeat(1_024), "\r\n")));
      }
      socket.on("drain", pour)
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      pour()
    })
    expect(await send(server.url, { maxBytes: 100_000 })).toEqual({ result: "lost", reason: "too_large" })
  })

  test("packed small is not unpacked into something large", async () => {
    const packed = Buffer.from(Bun.gzipSync(new Uint8Array(5_000_000)))
    const server = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`)
      socket.end(packed)
    })
    expect(await send(server.url, { maxBytes: 10_000 })).toMatchObject({ byteLength: packed.length })
    expect(server.requests[0]?.toLowerCase()).toContain("accept-encoding: identity")
  })
})

describe("nothing was written, so it is safe to try again", () => {
  test("when nobody listens", async () => {
    expect(await send(await deadUrl())).toEqual({ result: "unreachable", reason: "refused" })
  })
  test("when the name does not exist", async () => {
    expect(await send("http://no-such-host.invalid")).toEqual({ result: "unreachable", reason: "name_not_found" })
  })
  test("when the other side speaks no TLS", async () => {
    const server = await serve((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))
    expect(await send(server.url.replace("http:", "https:"))).toEqual({ result: "unreachable", reason: "tls" })
  })
  test.skipIf(Bun.which("openssl") === null)("when its certificate is not trusted", async () => {
    using server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls: selfSigned(), fetch: () => new Response("hi") })
    expect(await send(`https://127.0.0.1:${server.port}`)).toEqual({ result: "unreachable", reason: "tls" })
  })
})

describe("it may have been received, so that only a status or a person can tell", () => {
  const faults: [string, Parameters<typeof badServer>[0]][] = [
    ["a reset instead of an answer", (socket) => socket.resetAndDestroy()],
    ["a close instead of an answer", (socket) => socket.destroy()],
    ["an answer that is no HTTP", (socket) => socket.end("garbage garbage\r\n\r\n")],
    ["a body cut short of its length", (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"mess')],
    [
      "a chunked body without its end",
      (socket) => socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    ],
  ]
  for (const [how, answer] of faults) {
    test(how, async () => {
      const server = await serve(answer)
      expect(await send(server.url)).toEqual({ result: "lost", reason: "broken" })
      expect(server.requests).toHaveLength(1)
    })
  }

  test("silence, once the time is over", async () => {
    const heard = Promise.withResolvers<void>()
    const server = await serve(() => heard.resolve())
    const clock = new VirtualClock()
    const sending = doorTo(to(server.url), clock).send(request(server.url))
    await heard.promise
    await clock.advance(seconds(30))
    expect(await sending).toEqual({ result: "lost", reason: "timeout" })
  })

  test("a body that stops in the middle, once the time is over", async () => {
    const server = await serve((socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"))
    const clock = new VirtualClock()
    const begun = Promise.withResolvers<void>()
    const sending = doorTo(to(server.url), clock).send(request(server.url, { into: () => begun.resolve() }))
    await begun.promise
    await clock.advance(seconds(30))
    expect(await sending).toEqual({ result: "lost", reason: "timeout" })
  })

  test("a kept connection that breaks under the second request: it is not silently repeated", async () => {
    const server = await serve((socket, _, before) => {
      if (before === 0) socket.write(http("200 OK", "hi"))
      else socket.resetAndDestroy()
    })
    const door = doorTo(to(server.url))
    expect(await door.send(request(server.url))).toMatchObject({ status: 200 })
    expect(await door.send(request(server.url))).toEqual({ result: "lost", reason: "broken" })
    expect(server.requests).toHaveLength(2)
  })
})

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
    const env = { PATH: Bun.env.PATH ?? "", HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url }
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

/** A certificate for loopback that nobody vouches for, made for this run. */
function selfSigned(): { cert: string; key: string } {
  const made = Bun.spawnSync(
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=loopback -keyout - -out -".split(
      " ",
    ),
  )
  const pem = made.stdout.toString()
  const block = (label: string) =>
    new RegExp(`-----BEGIN ${label}-----[^]+?-----END ${label}-----`).exec(pem)?.[0] ?? ""
  return { cert: block("CERTIFICATE"), key: block("PRIVATE KEY") }
}
