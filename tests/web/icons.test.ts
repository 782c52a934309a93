import { expect, test } from "bun:test"
import { BUNDLES } from "views/layout/bundles.ts"
import { Document } from "views/layout/page.tsx"
import { loadAssets, publicFolder } from "~/web/assets.ts"
import { elements } from "../views/reading.ts"

test("a page names its icon in every size, and each picture has the size it says", async () => {
  const assets = loadAssets(publicFolder(), BUNDLES)
  const page = Document({ title: "Login", language: "en", asset: assets.url, now: 0, session: null, children: null })
  const icons = await elements(page, "link[rel=icon][type='image/png'], link[rel=apple-touch-icon]")
  const sizes = await Promise.all(
    icons.map(async ({ attributes }) => {
      const request = new Request(`http://127.0.0.1${attributes.get("href")}`)
      const picture = Buffer.from((await assets.answer(request)?.arrayBuffer()) ?? new ArrayBuffer(0))
      expect(picture.toString("latin1", 1, 4)).toBe("PNG")
      return [attributes.get("sizes"), picture.readUInt32BE(16), picture.readUInt32BE(20)]
    }),
  )
  expect(sizes).toEqual([
    ["32x32", 32, 32],
    ["192x192", 192, 192],
    [undefined, 180, 180],
  ])
})
