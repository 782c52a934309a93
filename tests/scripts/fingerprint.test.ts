import { afterAll, beforeAll, expect, test } from "bun:test"
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fingerprint } from "../../scripts/lib/fingerprint.ts"

let root = ""
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sportello-fingerprint-"))
  mkdirSync(join(root, "src/kernel"), { recursive: true })
  writeFileSync(join(root, "src/kernel/a.ts"), "one")
  writeFileSync(join(root, "package.json"), "{}")
})
afterAll(() => rmSync(root, { recursive: true }))

test("the fingerprint follows what is in the files, what they are called, and nothing else", () => {
  const of = () => fingerprint(root, ["src", "package.json", "not-there-yet"])
  const first = of()
  writeFileSync(join(root, "elsewhere.ts"), "not an input")
  writeFileSync(join(root, "src/kernel/a.ts"), "one")
  expect(of()).toBe(first)

  writeFileSync(join(root, "src/kernel/a.ts"), "two")
  const second = of()
  expect(second).not.toBe(first)

  renameSync(join(root, "src/kernel/a.ts"), join(root, "src/kernel/b.ts"))
  expect(of()).not.toBe(second)
})
