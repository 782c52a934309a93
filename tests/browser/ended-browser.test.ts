/** What scripts/test relies on to tell a browser that ended by itself from a product that fails. */
import { expect, test } from "bun:test"
import { existsSync, readFileSync } from "node:fs"
import { GONE } from "../../scripts/lib/suites.ts"
import { CHROMIUM, openBrowser } from "../support/office.ts"

const written = () => (existsSync(GONE) ? readFileSync(GONE, "utf8") : "")

test.skipIf(!existsSync(CHROMIUM))("a browser that was closed is not written down, one that crashed is", async () => {
  const before = written()
  const closed = await openBrowser()
  await closed.close()
  expect(written()).toBe(before)
  const crashed = await openBrowser()
  const gone = new Promise((resolve) => crashed.on("disconnected", resolve))
  const session = await crashed.newBrowserCDPSession()
  session.send("Browser.crash").catch(() => undefined)
  await gone
  expect(written()).toBe(`${before}tests/browser/ended-browser.test.ts\n`)
})
