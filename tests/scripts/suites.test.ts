import { expect, test } from "bun:test"
import { parseRequest, suitesOf } from "../../scripts/lib/suites.ts"

const FILES = ["tests/wire/payload.test.ts", "tests/browser/login.test.ts", "tests/call/rules.test.ts"]

test("browser tests run on their own, after the others", () => {
  expect(suitesOf(FILES, []).map(({ files, needsChromium }) => [files, needsChromium])).toEqual([
    [["tests/call/rules.test.ts", "tests/wire/payload.test.ts"], false],
    [["tests/browser/login.test.ts"], true],
  ])
})

test("a path chooses the files that contain it; a suite without files is not run", () => {
  expect(suitesOf(FILES, ["wire"]).map(({ files }) => files)).toEqual([["tests/wire/payload.test.ts"]])
  expect(suitesOf(FILES, ["tests/browser"]).map(({ name }) => name)).toEqual(["browser"])
  expect(suitesOf(FILES, ["nothing like it"])).toEqual([])
})

test("paths and options are told apart; the value of an option stays with it", () => {
  expect(parseRequest(["--long", "./tests/wire", "-t", "a title", "--bail=1"])).toEqual({
    patterns: ["tests/wire"],
    options: ["-t", "a title", "--bail=1"],
  })
})
