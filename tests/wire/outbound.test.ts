import { afterEach, describe, expect, test } from "bun:test"
import { seconds, VirtualClock } from "~/kernel/clock.ts"
import type { OutboundRequest } from "~/kernel/outbound.ts"
import { type badServer, deadUrl, doorTo, http, request, serve, stopServers, to } from "./loopback.ts"

afterEach(stopServers)

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

  test("that redirects is not followed, wherever it leads", async () => {
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

  test("is cut when who asked for it cannot take it", async () => {
    const hungUp = Promise.withResolvers<void>()
    const server = await serve((socket) => {
      socket.on("close", () => hungUp.resolve())
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
    })
    const into = () => {
      throw new Error("disk full")
    }
    await expect(send(server.url, { into })).rejects.toThrow("disk full")
    await hungUp.promise
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
    expect([server.requests.length, server.connections()]).toEqual([2, 1])
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
