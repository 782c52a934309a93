/** What a browser fetches the first time somebody opens the console: the goal is 150 KB, and pages need some thirty of it. */
import { expect, test } from "bun:test"
import { BUNDLES } from "views/layout/bundles.ts"
import { loadAssets, publicFolder } from "~/web/assets.ts"

const LOADED = [
  "bundles/sportello.css",
  "bundles/sportello.js",
  "scripts/theme.js",
  "scripts/live-worker.js",
  "fonts/inter-latin.woff2",
  "icons.svg",
  "icon-32.png",
  "favicon.svg",
]
const MOST_KILOBYTES = 120

test("styles, scripts, font and icons of the first load leave room for the page itself", async () => {
  const assets = loadAssets(publicFolder(), BUNDLES)
  const weights = await Promise.all(
    LOADED.map(async (path) => {
      const headers = { "accept-encoding": "gzip" }
      const answer = assets.answer(new Request(`http://appliance.test${assets.url(path)}`, { headers }))
      return [path, ((await answer?.arrayBuffer())?.byteLength ?? Number.NaN) / 1_000] as const
    }),
  )
  expect(weights.reduce((sum, [, weight]) => sum + weight, 0)).toBeLessThan(MOST_KILOBYTES)
})
