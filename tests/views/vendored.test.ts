import { expect, test } from "bun:test"
import { ICONS } from "views/parts/icons.ts"
import { vendored } from "../../scripts/vendor.ts"

const root = `${import.meta.dir}/../..`

test("the vendored files are byte for byte what the script makes of the pinned packages", async () => {
  for (const [path, made] of await vendored()) {
    const kept = new Uint8Array(await Bun.file(`${root}/public/${path}`).arrayBuffer())
    expect([path, Buffer.from(kept).equals(Buffer.from(made))]).toEqual([path, true])
  }
})

test("every icon a view names is in the sprite, and every icon of the sprite is named by a view", async () => {
  const sprite = await Bun.file(`${root}/public/icons.svg`).text()
  const drawn = [...sprite.matchAll(/<symbol id="([a-z0-9-]+)"/g)].map(([, name]) => name!)
  expect(drawn).toEqual([...ICONS])
  let views = ""
  for await (const path of new Bun.Glob("views/**/*.{ts,tsx}").scan(root))
    if (!path.startsWith("views/simulator/") && path !== "views/parts/icons.ts")
      views += await Bun.file(`${root}/${path}`).text()
  expect(ICONS.filter((name) => !views.includes(`"${name}"`))).toEqual([])
})

test("nothing that a page loads comes from another site", async () => {
  for await (const path of new Bun.Glob("public/**/*.{css,js,svg}").scan(root)) {
    const text = await Bun.file(`${root}/${path}`).text()
    const loads = text.match(/(?:@import|url\(|from |import\()\s*["']?(?:https?:)?\/\//g) ?? []
    expect([path, loads]).toEqual([path, []])
  }
})
