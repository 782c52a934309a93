import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { FILE_LIMITS } from "views/conversation/attaching.tsx"
import { days, hours, seconds } from "~/kernel/clock.ts"
import { inlineType, MEDIA_RULES, mayBeSent, outgoingAs, tidyName } from "~/media/rules/kinds.ts"
import { dimensionsOf, sniff } from "~/media/rules/sniff.ts"
import { mayFetchAgain, nextTry } from "~/media/rules.ts"
import { rangeOf } from "~/web/range.ts"

const sample = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dir, "../../src/simulator/samples", name)))
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"))

describe("What a file is, is read off its bytes", () => {
  test.each([
    ["photo.jpg", "image/jpeg"],
    ["clip.mp4", "video/mp4"],
    ["receipt.pdf", "application/pdf"],
    ["sticker.webp", "image/webp"],
    ["voice.ogg", "audio/ogg"],
  ])("%s is %s", (name, type) => {
    expect(sniff(sample(name))).toBe(type)
  })

  test.each([
    ["\x89PNG\r\n\x1a\n", "image/png"],
    ["GIF89a", "image/gif"],
    ["#!AMR\n", "audio/amr"],
    ["ID3\x04", "audio/mpeg"],
    ["\xff\xfb\x90\x44", "audio/mpeg"],
    ["\xff\xf1\x50\x80", "audio/aac"],
    ["\0\0\0\x18ftypM4A \0\0", "audio/mp4"],
    ["\0\0\0\x18ftyp3gp4\0\0", "video/3gpp"],
    ["\0\0\0\x18ftypheic\0\0", "image/heic"],
    ["PK\x03\x04", "application/zip"],
    ["<svg onload=alert(1)>", null],
    ["", null],
  ])("%j is %p", (head, type) => {
    expect(sniff(bytes(head))).toBe(type)
  })

  test("a picture's size is known before it is shown, and a broken one has none", () => {
    const photo = sample("photo.jpg")
    const size = dimensionsOf(photo, "image/jpeg")
    expect(size?.width).toBeGreaterThan(10)
    expect(size?.height).toBeGreaterThan(10)
    expect(dimensionsOf(sample("sticker.webp"), "image/webp")).toEqual({ width: 512, height: 512 })
    for (let length = 0; length < 200; length += 7) dimensionsOf(photo.subarray(0, length), "image/jpeg")
    expect(dimensionsOf(bytes("\x89PNG\r\n\x1a\n"), "image/png")).toBeNull()
  })
})

describe("What is shown inside the page", () => {
  test.each([
    ["image/jpeg", "image/jpeg", "image/jpeg"],
    ["audio/ogg", "audio/ogg; codecs=opus", "audio/ogg"],
    ["video/mp4", "audio/mp4", "audio/mp4"],
    ["image/jpeg", "IMAGE/JPEG ", "image/jpeg"],
    ["image/jpeg", "text/html", null],
    [null, "image/svg+xml", null],
    [null, "image/svg+xml; x", null],
    [null, "image/png", null],
    ["application/pdf", "application/pdf", null],
    ["audio/amr", "audio/amr", null],
    ["image/png", null, null],
  ])("bytes of %p called %p are shown as %p", (sniffed, declared, shown) => {
    expect(inlineType(sniffed, declared)).toBe(shown)
  })
})

describe("What may be sent, and as what", () => {
  const as = (name: string, declaredType: string, sniffed: string | null) => outgoingAs({ name, declaredType, sniffed })

  test("pictures and sounds by their bytes, documents by their name", () => {
    expect(as("a.pdf", "application/pdf", "image/png")).toEqual({ kind: "image", type: "image/png" })
    expect(as("a.docx", "", "application/zip")).toMatchObject({
      kind: "document",
      type: expect.stringContaining("wordprocessingml"),
    })
    expect(as("a.txt", "text/plain", null)).toEqual({ kind: "document", type: "text/plain" })
    expect(as("a.webp", "image/webp", "image/webp")).toEqual({ kind: "document", type: "image/webp" })
  })

  test("what says it is a picture and is none is refused, and so is what nobody can name", () => {
    expect(as("a.png", "image/png", null)).toEqual({ refused: "file.kind_mismatch" })
    expect(as("a.xyz", "", null)).toEqual({ refused: "file.kind_unknown" })
    expect(as("a", "application/octet-stream", null)).toEqual({ refused: "file.kind_unknown" })
  })

  test("a file that is too large is refused with the exact limit of its kind", () => {
    expect(mayBeSent("image", 5_000_000)).toBeNull()
    expect(mayBeSent("image", 5_000_001)).toEqual({ refused: "file.too_large_image", detail: { limit: 5, size: 5.1 } })
    expect(mayBeSent("document", 100_000_001)?.refused).toBe("file.too_large_document")
    expect(mayBeSent("video", 0)?.refused).toBe("file.empty")
  })

  test("the page knows the same limits as the server", () => {
    for (const kind of ["image", "video", "audio", "document"] as const)
      expect({ types: [...MEDIA_RULES[kind].mimeTypes], bytes: MEDIA_RULES[kind].maxBytes }).toEqual({
        ...FILE_LIMITS[kind],
        types: [...FILE_LIMITS[kind].types],
      })
  })

  test.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\conto.pdf", "conto.pdf"],
    ["fat\u202efdp.exe", "fatfdp.exe"],
    ["a\r\nb\0.pdf", "ab.pdf"],
    ["...hidden", "hidden"],
    ["caffè ☕.pdf", "caffè ☕.pdf"],
  ])("the name %j is shown as %j", (given, shown) => {
    expect(tidyName(given)).toBe(shown)
  })

  test("an endless name keeps its ending", () => {
    expect(tidyName(`${"x".repeat(300)}.pdf`)).toBe(`${"x".repeat(196)}.pdf`)
  })
})

describe("What a customer sent is fetched", () => {
  const expiresAt = days(7)

  test("again and again while the line is down, at most an hour apart, until WhatsApp has it no more", () => {
    expect(nextTry("unreachable", 1, 0, expiresAt)).toEqual({ state: "waiting", wait: seconds(5) })
    expect(nextTry("unreachable", 50, 0, expiresAt)).toEqual({ state: "waiting", wait: hours(1) })
    expect(nextTry("unreachable", 50, expiresAt, expiresAt)).toEqual({ state: "expired" })
  })

  test("eight times when WhatsApp says no, and not again when it is too large", () => {
    expect(nextTry("refused", 7, 0, expiresAt).state).toBe("waiting")
    expect(nextTry("refused", 8, 0, expiresAt).state).toBe("failed")
    expect(nextTry("altered", 8, 0, expiresAt).state).toBe("failed")
    expect(nextTry("too_large", 1, 0, expiresAt).state).toBe("failed")
  })

  test("by hand as long as it can be there", () => {
    expect(mayFetchAgain("failed", 10, 5)).toBeNull()
    expect(mayFetchAgain("failed", 10, 10)?.refused).toBe("media.expired")
    expect(mayFetchAgain("here", 10, 5)?.refused).toBe("media.here")
  })
})

test.each([
  ["bytes=0-99", { start: 0, end: 100 }],
  ["bytes=900-", { start: 900, end: 1000 }],
  ["bytes=-10", { start: 990, end: 1000 }],
  ["bytes=-5000", { start: 0, end: 1000 }],
  ["bytes=0-5000", { start: 0, end: 1000 }],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", null],
  ["bytes=0-1,5-6", null],
  ["lines=1-2", null],
] as const)("the range %p of 1,000 bytes is %p", (header, range) => {
  expect(rangeOf(header, 1_000)).toEqual(range)
})
