import { describe, expect, test } from "bun:test"
import { createHmac } from "node:crypto"
import fc from "fast-check"
import { digest, matchingSecret, sign, signedDigest } from "~/whatsapp/signature.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const body = bytes('{"text":"caff\\u00e8 \\ud83d\\ude00"}')
const SECRET = "app-secret"

test("the signature is Meta's: HMAC-SHA256 under the app secret over the bytes", () => {
  const independent = createHmac("sha256", SECRET).update(body).digest("hex")
  expect(sign(SECRET, body)).toBe(`sha256=${independent}`)
  expect(digest(body, SECRET)).toBe(independent)
  expect(signedDigest(`sha256=${independent}`)).toBe(independent)
})

test("the secret that signed is found among several", () => {
  expect(matchingSecret(body, sign(SECRET, body), [SECRET])).toBe(0)
  expect(matchingSecret(body, sign(SECRET, body), ["older", "", SECRET])).toBe(2)
})

describe("a webhook is refused when its signature is", () => {
  const good = sign(SECRET, body)
  const refused: [string, string | null][] = [
    ["missing", null],
    ["empty", ""],
    ["of the old kind (SHA-1)", `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`],
    ["without its prefix", good.slice("sha256=".length)],
    ["too short", good.slice(0, -1)],
    ["too long", `${good}0`],
    ["in upper case", `sha256=${good.slice("sha256=".length).toUpperCase()}`],
    ["under an upper-case prefix", good.replace("sha256", "SHA256")],
    ["followed by a space", `${good} `],
    ["followed by a line", `${good}\n`],
    ["no hex", `sha256=${"z".repeat(64)}`],
    [
      "that of the same JSON written anew",
      sign(SECRET, bytes(JSON.stringify(JSON.parse(new TextDecoder().decode(body))))),
    ],
    ["that of another app", sign("another app's secret", body)],
    ["that of an empty secret", sign("", body)],
  ]
  for (const [how, header] of refused) {
    test(how, () => expect(matchingSecret(body, header, [SECRET, ""])).toBe(-1))
  }
  test("because no secret is configured", () => expect(matchingSecret(body, good, [])).toBe(-1))
})

test("the bytes decide, even when they are no valid text", () => {
  const invalid = Uint8Array.of(0x7b, 0xff, 0xfe, 0x00, 0x7d)
  const decoded = bytes(new TextDecoder().decode(invalid))
  expect(matchingSecret(invalid, sign(SECRET, invalid), [SECRET])).toBe(0)
  expect(matchingSecret(invalid, sign(SECRET, decoded), [SECRET])).toBe(-1)
})

test("one changed bit anywhere breaks the signature", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (original, position) => {
      const changed = Uint8Array.from(original)
      const index = position % changed.length
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(matchingSecret(original, sign(SECRET, original), [SECRET])).toBe(0)
      expect(matchingSecret(changed, sign(SECRET, original), [SECRET])).toBe(-1)
    }),
  )
})
