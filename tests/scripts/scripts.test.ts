/** What every script and every committed file for machines promises. */
import { expect, test } from "bun:test"
import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs"

const scripts = readdirSync("scripts")
  .map((name) => `scripts/${name}`)
  .filter((path) => statSync(path).isFile())

test("every script begins with what it is for", () => {
  expect(scripts).toContain("scripts/demo")
  for (const path of [...scripts, ".ci/run"]) {
    const [first = "", second = ""] = readFileSync(path, "utf8").split("\n")
    expect([path, /^(#|\/\/) ?\S|^\/\*\*( \S|$)/.test(first.startsWith("#!") ? second : first)]).toEqual([path, true])
  }
})

test("the commands of the contract can be run", () => {
  for (const name of ["setup", "demo", "dev", "test", "build"]) accessSync(`scripts/${name}`, constants.X_OK)
  accessSync(".ci/run", constants.X_OK)
})

test("no file that machines read names a download host", () => {
  for (const path of ["bun.lock", "bunfig.toml", ".npmrc", "package.json"])
    expect([path, /https?:\/\//.test(readFileSync(path, "utf8"))]).toEqual([path, false])
})

test("dependencies are pinned to exact versions", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
