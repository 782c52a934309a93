/** scripts/lib/test.ts, run as a person runs it, over small projects with all that can go wrong in a test file. */
import { afterAll, expect, test } from "bun:test"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const RUNNER = resolve("scripts/lib/test.ts")
const projects: string[] = []
afterAll(() => {
  for (const project of projects) rmSync(project, { recursive: true })
})

const PASSES = 'import { test } from "bun:test"\ntest("passes", () => {})'
const FAILS = 'import { test } from "bun:test"\ntest("fails", () => { throw new Error("as planned") })'
const DOES_NOT_LOAD = 'import "./nowhere.ts"'
const ENDS_THE_PROCESS = 'import { test } from "bun:test"\ntest("exits", () => process.exit(0))'

function run(files: Record<string, string>, ...args: string[]) {
  const project = mkdtempSync(join(tmpdir(), "sportello-runner-"))
  projects.push(project)
  mkdirSync(join(project, "tests"))
  writeFileSync(join(project, "package.json"), "{}")
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, "tests", name), text)
  const { exitCode, stdout } = Bun.spawnSync([process.execPath, RUNNER, ...args], { cwd: project })
  const lines = stdout.toString().trimEnd().split("\n")
  return { exitCode, last: lines.at(-1), lines, kept: readFileSync(join(project, "test-results/closing-line"), "utf8") }
}

test("all green ends with the closing line and success", () => {
  const { exitCode, last, kept } = run({ "a.test.ts": PASSES, "b.test.ts": PASSES })
  expect([exitCode, last, kept]).toEqual([0, "2 passed, 0 failed", "2 passed, 0 failed\n"])
})

test("a failed test is named and fails the run", () => {
  const { exitCode, last, lines } = run({ "a.test.ts": PASSES, "b.test.ts": FAILS })
  expect([exitCode, last]).toEqual([1, "1 passed, 1 failed"])
  expect(lines).toContain("failed: tests/b.test.ts:2: fails")
})

test("a file that does not load fails the run", () => {
  const { exitCode, last } = run({ "a.test.ts": PASSES, "b.test.ts": DOES_NOT_LOAD })
  expect([exitCode, last]).toEqual([1, "1 passed, 1 failed"])
})

test("a test that ends the process with success does not pass for it", () => {
  const { exitCode, last } = run({ "a.test.ts": PASSES, "b.test.ts": ENDS_THE_PROCESS })
  expect([exitCode, last]).toEqual([1, "0 passed, 2 failed"])
})

test("a run of nothing is no success", () => {
  const { exitCode, last } = run({ "a.test.ts": PASSES }, "no-such-path")
  expect([exitCode, last]).toEqual([1, "0 passed, 0 failed"])
})

test("a part can be run", () => {
  const { exitCode, last } = run({ "a.test.ts": PASSES, "b.test.ts": FAILS }, "tests/a")
  expect([exitCode, last]).toEqual([0, "1 passed, 0 failed"])
})

/** Fails as long as no mark of an earlier run is there. */
const FAILS_ONCE = (goes: boolean) => `import { test } from "bun:test"
import { appendFileSync, existsSync, writeFileSync } from "node:fs"
test("works the second time", () => {
  if (existsSync("mark")) return
  writeFileSync("mark", "")
  ${goes ? 'appendFileSync("test-results/browsers-gone", "tests/b.test.ts\\n")' : ""}
  throw new Error("the browser has ended")
})`

test("a file whose browser ended by itself is run once more, and only such a file", () => {
  const { exitCode, last, lines } = run({ "a.test.ts": PASSES, "b.test.ts": FAILS_ONCE(true) })
  expect([exitCode, last]).toEqual([0, "2 passed, 0 failed"])
  expect(lines).toContain("The browser ended by itself; run once more: tests/b.test.ts")
  expect(run({ "a.test.ts": PASSES, "b.test.ts": FAILS_ONCE(false) }).last).toBe("1 passed, 1 failed")
})

test("a browser that ends every time fails the run", () => {
  const always = FAILS_ONCE(true).replace('writeFileSync("mark", "")', "")
  expect(run({ "a.test.ts": FAILS, "b.test.ts": always }).last).toBe("0 passed, 2 failed")
})
