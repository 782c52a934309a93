import { afterEach, describe, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { bareMimeType, mediaKindOf } from "~/media/rules/kinds.ts"
import { matchesSha256 } from "~/whatsapp/media.ts"
import { credentials, graph } from "./graph-server.ts"
import { http, serve, stopServers } from "./loopback.ts"
import { NUMBER } from "./support.ts"

afterEach(stopServers)

describe("pictures, sounds and files", () => {
  const bytes = new TextEncoder().encode("not really a picture")

  test("go up with name and type, and get an id", async () => {
    const parts: unknown[] = []
    const { client } = graph(async (request) => {
      const form = await request.formData()
      const sent = form.get("file")
      if (typeof sent !== "string" && sent !== null) parts.push(sent.name, sent.type, await sent.text())
      parts.push(form.get("messaging_product"), form.get("type"))
      return Response.json({ id: 1037543291543636 })
    })
    const file = { pieces: [bytes], byteLength: bytes.length, mimeType: "image/png", fileName: "caffè.png" }
    expect(await client.uploadMedia(credentials, file)).toEqual({ result: "ok", value: "1037543291543636" })
    expect(parts).toEqual(["caffè.png", "image/png", "not really a picture", "whatsapp", "image/png"])
  })

  test("come down from the address that Meta gives, with their checksum", async () => {
    const served = graph((request) =>
      new URL(request.url).pathname.startsWith("/v26.0/")
        ? Response.json({ url: `${served.url}/media/1`, mime_type: "image/png", sha256: "abc", file_size: "20" })
        : new Response(bytes, { headers: { "Content-Type": "image/png" } }),
    )
    const address = await served.client.mediaUrl(credentials, "77/8")
    expect(address).toMatchObject({ value: { mimeType: "image/png", byteLength: 20 } })
    expect(served.asked[0]?.line).toBe(`GET /v26.0/77%2F8?phone_number_id=${NUMBER}`)
    const pieces: Uint8Array[] = []
    const sink = { maxBytes: 100, into: (piece: Uint8Array) => void pieces.push(piece) }
    const download = await served.client.downloadMedia(credentials, `${served.url}/media/1`, sink)
    const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest())
    expect(download).toEqual({ result: "ok", mimeType: "image/png", byteLength: bytes.length, sha256 })
    expect(Buffer.concat(pieces).toString()).toBe("not really a picture")
    expect(served.asked[1]?.authorization).toBe("Bearer EAAtoken")
  })

  test("an expired address, one too large and one that fails are told apart", async () => {
    const { client, url } = graph((request) => {
      const { pathname } = new URL(request.url)
      if (pathname === "/gone") return new Response("no", { status: 404 })
      if (pathname === "/moved") return Response.redirect("http://169.254.169.254/latest/meta-data", 302)
      return pathname === "/large" ? new Response("x".repeat(101)) : new Response("no", { status: 403 })
    })
    const results: unknown[] = []
    const received: Uint8Array[] = []
    const sink = { maxBytes: 100, into: (piece: Uint8Array) => void received.push(piece) }
    for (const path of ["/gone", "/large", "/moved", "/forbidden"]) {
      results.push(await client.downloadMedia(credentials, url + path, sink))
    }
    expect(results).toEqual([
      { result: "gone" },
      { result: "too_large" },
      { result: "unavailable", reason: "status_302" },
      { result: "unavailable", reason: "status_403" },
    ])
    expect(Buffer.concat(received).length).toBeLessThanOrEqual(100)
  })

  test("the token goes to no host but Meta's, whatever address a payload names", async () => {
    const thief = await serve((socket) => socket.end(http("200 OK", "thanks")))
    const { client } = graph(() => new Response(""))
    const sink = { maxBytes: 100, into: () => {} }
    for (const url of [thief.url, "https://lookaside.fbsbx.com.evil.test/x", "http://lookaside.fbsbx.com/x"]) {
      expect(await client.downloadMedia(credentials, url, sink)).toEqual({ result: "not_allowed" })
    }
    expect(thief.connections()).toBe(0)
  })

  test("Meta's checksum counts in base64 and in hex", () => {
    const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest())
    expect(matchesSha256(Buffer.from(sha256).toString("base64"), sha256)).toBe(true)
    expect(matchesSha256(Buffer.from(sha256).toString("hex").toUpperCase(), sha256)).toBe(true)
    expect(matchesSha256(Buffer.from(sha256.toReversed()).toString("base64"), sha256)).toBe(false)
    for (const claimed of ["", "abc", "..."]) expect(matchesSha256(claimed, sha256)).toBe(false)
  })

  test("a file is sent as what WhatsApp shows, else as a document", () => {
    expect(mediaKindOf("image/jpeg")).toBe("image")
    expect(mediaKindOf("Audio/OGG; codecs=opus")).toBe("audio")
    expect(mediaKindOf("video/mp4")).toBe("video")
    expect(mediaKindOf("image/webp")).toBe("document")
    expect(mediaKindOf("image/svg+xml")).toBe("document")
    expect(mediaKindOf("")).toBe("document")
    expect(bareMimeType("audio/ogg; codecs=opus")).toBe("audio/ogg")
  })
})
