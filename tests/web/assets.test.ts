import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { type Assets, loadAssets } from "~/web/assets.ts"

const CSS = `body { color: black }\n${".x { color: red }\n".repeat(60)}`
let folder: string
let assets: Assets
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sportello-assets-"))
  mkdirSync(join(folder, "styles"))
  writeFileSync(join(folder, "styles/app.css"), CSS)
  writeFileSync(join(folder, "small.txt"), "ok")
  writeFileSync(join(folder, ".env"), "SECRET=1")
  assets = loadAssets(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (path: string, headers: Record<string, string> = {}) =>
  assets.answer(new Request(`http://127.0.0.1${path}`, { headers }))
const bytes = async (answer: Response | null) => Buffer.from(new Uint8Array((await answer?.arrayBuffer()) ?? []))

describe("a file of the pages", () => {
  test("is served with its type and a strong tag, checked again at every visit", async () => {
    const answer = ask("/assets/styles/app.css")
    expect(answer?.headers.get("content-type")).toStartWith("text/css")
    expect(answer?.headers.get("etag")).toMatch(/^"[\w-]{16}"$/)
    expect(answer?.headers.get("cache-control")).toBe("no-cache")
    expect((await bytes(answer)).toString()).toBe(CSS)
  })
  test("by the address with its hash may be kept for ever; by another hash not", () => {
    expect(ask(assets.url("styles/app.css"))?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
    expect(ask("/assets/styles/app.css?v=old")?.headers.get("cache-control")).toBe("no-cache")
  })
  test("travels packed for who takes it, and each packing has its own tag", async () => {
    const [br, gzip, plain] = ["gzip, br", "gzip", "identity"].map((accepted) =>
      ask("/assets/styles/app.css", { "accept-encoding": accepted }),
    )
    expect(brotliDecompressSync(await bytes(br ?? null)).toString()).toBe(CSS)
    expect(gunzipSync(await bytes(gzip ?? null)).toString()).toBe(CSS)
    expect((await bytes(plain ?? null)).toString()).toBe(CSS)
    expect(new Set([br, gzip, plain].map((answer) => answer?.headers.get("etag"))).size).toBe(3)
    for (const answer of [br, gzip, plain]) expect(answer?.headers.get("vary")).toBe("Accept-Encoding")
  })
  test("that the browser has already is not sent again", async () => {
    const etag = ask("/assets/styles/app.css", { "accept-encoding": "br" })?.headers.get("etag") ?? ""
    for (const given of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const answer = ask("/assets/styles/app.css", { "accept-encoding": "br", "if-none-match": given })
      expect([answer?.status, (await bytes(answer)).length]).toEqual([304, 0])
    }
    expect(ask("/assets/styles/app.css", { "accept-encoding": "br", "if-none-match": '"x"' })?.status).toBe(200)
  })
  test("too small to gain from it is not packed", () => {
    expect(ask("/assets/small.txt", { "accept-encoding": "br" })?.headers.get("content-encoding")).toBeNull()
  })
})

describe("what is not a file of the pages", () => {
  const paths = ["/assets/", "/assets/.env", "/assets/styles", "/assets/none.css", "/assets/..%2f.env", "/small.txt"]
    .concat(["/assets/%2e%2e/.env", "/assets//small.txt", "/assets/small.txt%00", "/assets/styles/../.env"])
    .concat(["/assets/constructor", "/assets/__proto__"])
  for (const path of paths) test(`${path} is not served`, () => expect(ask(path)).toBeNull())
  test("a missing file named by a view is a fault of ours", () => {
    expect(() => assets.url("none.css")).toThrow("no asset none.css")
  })
})

describe("a bundle", () => {
  test("is its parts in their order, without comments, under an address of its own", async () => {
    const place = mkdtempSync(join(tmpdir(), "sportello-bundle-"))
    writeFileSync(
      join(place, "one.js"),
      "/** What it is for. */\n;(() => {\n  // Why.\n  globalThis.order = ['one']\n})()\n",
    )
    writeFileSync(join(place, "two.js"), "globalThis.order.push(`two // three`)\n")
    writeFileSync(join(place, "one.css"), "/* the first */\n.a {\n  color: red;\n}\n")
    const made = loadAssets(place, { "all.js": ["one.js", "two.js"], "all.css": ["one.css"] })
    const of = async (path: string) =>
      (await made.answer(new Request(`http://127.0.0.1${made.url(path)}`)))?.text() ?? ""
    const script = await of("all.js")
    expect([script.includes("What it is for"), script.includes("Why.")]).toEqual([false, false])
    expect(new Function("globalThis", `${script}; return globalThis.order`)({})).toEqual(["one", "two // three"])
    expect(await of("all.css")).toBe("\n.a {\ncolor: red;\n}\n")
    expect(() => loadAssets(place, { "all.js": ["three.js"] })).toThrow("no asset three.js for all.js")
    rmSync(place, { recursive: true })
  })
})
