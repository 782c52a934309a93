import { afterEach, beforeEach, expect, test } from "bun:test"
import { gunzipSync } from "node:zlib"
import { type Appliance, Browser, openAppliance } from "./appliance.tsx"

let appliance: Appliance
let browser: Browser
beforeEach(async () => {
  appliance = await openAppliance({
    routes: ({ desk }) => [
      desk()
        .get("/long", ({ page }) => page("Long", <p>{"già detto ".repeat(500)}</p>))
        .get("/short", ({ html }) => html(<p>già detto</p>))
        .get("/data", ({ json }) => json({ words: "word ".repeat(500) })),
    ],
  })
  await appliance.user(await appliance.tenant("acme"), "anna")
  browser = new Browser(appliance)
  await browser.signIn("anna")
})
afterEach(() => appliance.close())

const get = (path: string, headers: Record<string, string> = {}) => browser.get(path, { headers })
const GZIP = { "accept-encoding": "gzip, deflate, br" }

test("a long page travels packed to a browser that unpacks, and says the same", async () => {
  const plain = await get("/long")
  const packed = await get("/long", { ...GZIP, "sec-fetch-site": "same-origin" })
  expect(packed.headers.get("content-encoding")).toBe("gzip")
  const bytes = new Uint8Array(await packed.arrayBuffer())
  const words = await plain.text()
  expect(gunzipSync(bytes).toString()).toBe(words)
  expect(bytes.length).toBeLessThan(words.length / 10)
  for (const name of ["content-security-policy", "cache-control", "content-type"])
    expect(packed.headers.get(name)).toBe(plain.headers.get(name))
})

test("caches learn that the answer depends on the encoding", async () => {
  for (const headers of [{}, GZIP])
    expect((await get("/long", headers)).headers.get("vary")).toContain("Accept-Encoding")
})

test("what another site's link asked for is never packed: its length would tell what is in it", async () => {
  for (const site of ["cross-site", "same-site"])
    expect((await get("/long", { ...GZIP, "sec-fetch-site": site })).headers.get("content-encoding")).toBeNull()
})

test.each([
  ["a browser that takes no gzip", "/long", { "accept-encoding": "br, gzip;q=0" }],
  ["a short panel", "/short", GZIP],
  ["what is no page", "/data", GZIP],
])("%s gets it as it is", async (_, path, headers) => {
  const answer = await get(path, headers)
  expect(answer.headers.get("content-encoding")).toBeNull()
  expect(await answer.text()).toMatch(/già detto|word/)
})
