/** The house rules of README, read off the source itself. What each rule catches: tests/architecture/checker.test.ts. */
import { expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { banTrespasses, browserTrespasses, excuses } from "./architecture/bans.ts"
import { importTrespasses } from "./architecture/law.ts"
import { longFiles, longFunctions, misnumberedMigrations, misplacedFiles, orphans } from "./architecture/shape.ts"
import { readSources } from "./architecture/source.ts"
import { tableTrespasses } from "./architecture/tables.ts"

const product = readSources("src/**/*.{ts,tsx}", "views/**/*.{ts,tsx}")
const scripts = readSources("scripts/**/*.ts")
const tests = readSources("tests/**/*.{ts,tsx}")

test("every room imports only from the rooms it may know", () => {
  expect(importTrespasses(product)).toEqual([])
})

test("time, chance, the environment, the console, the network and routers are reached through their one home", () => {
  expect(banTrespasses([...product, ...tests])).toEqual([])
})

test("a table is written by its own noun's store, and a store's writers serve its own actions alone", () => {
  expect(tableTrespasses(product)).toEqual([])
})

test("no file holds more than one idea", () => {
  expect(longFiles([...product, ...scripts])).toEqual([])
})

test("no function is longer than a screen", () => {
  expect(longFunctions([...product, ...scripts])).toEqual([])
})

test("there is no module that nobody imports", () => {
  expect(orphans([...product, ...scripts])).toEqual([])
})

test("every file stands in a room, and a noun's files play one of the five roles", () => {
  expect(misplacedFiles(product.map(({ path }) => path))).toEqual([])
})

test("migrations are numbered from 0001 without gaps", () => {
  expect(readdirSync("migrations")).not.toEqual([])
  expect(misnumberedMigrations(readdirSync("migrations"))).toEqual([])
})

test("a test that opens a browser stands in tests/browser", () => {
  expect(browserTrespasses(tests)).toEqual([])
})

test("no comment excuses what is not finished", () => {
  expect(excuses([...product, ...scripts, ...tests])).toEqual([])
})
