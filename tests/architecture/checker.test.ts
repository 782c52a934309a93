/** What the checker catches, and what it lets pass: each rule of architecture.test.ts with a planted trespass. */
import { describe, expect, test } from "bun:test"
import { banTrespasses, browserTrespasses, excuses } from "./bans.ts"
import { importTrespasses } from "./law.ts"
import { longFiles, longFunctions, misnumberedMigrations, misplacedFiles, orphans } from "./shape.ts"
import { parse, type Source } from "./source.ts"
import { tableTrespasses } from "./tables.ts"

const imports = (path: string, ...targets: string[]) =>
  importTrespasses([parse(path, targets.map((target) => `import { a } from "${target}"`).join("\n"))])
const importsType = (path: string, target: string) =>
  importTrespasses([parse(path, `import type { A } from "${target}"`)])
const says = (text: string, path = "src/message/actions.ts") => banTrespasses([parse(path, text)])

describe("the import law", () => {
  test.each([
    ["src/kernel/id.ts", "./clock.ts"],
    ["src/message/rules.ts", "~/conversation/rules.ts"],
    ["src/message/store.ts", "~/database/statement.ts"],
    ["src/message/actions.ts", "~/customer/store.ts"],
    ["src/conversation/actions.ts", "./actions/announce.ts"],
    ["src/reactions.ts", "~/message/actions.ts"],
    ["src/message/routes.tsx", "views/message/bubble.tsx"],
    ["src/simulator/webhooks.ts", "~/whatsapp/signature.ts"],
    ["src/app.ts", "~/message/routes.tsx"],
    ["views/message/bubble.tsx", "../parts/badge.tsx"],
    ["src/database/file.ts", "bun:sqlite"],
  ])("%s may import %s", (path, target) => {
    expect(imports(path, target)).toEqual([])
  })

  test.each([
    ["src/kernel/id.ts", "~/database/statement.ts"],
    ["src/database/act.ts", "~/message/actions.ts"],
    ["src/message/rules.ts", "./store.ts"],
    ["src/message/rules.ts", "kysely"],
    ["src/message/store.ts", "~/customer/store.ts"],
    ["src/message/queries.ts", "./actions.ts"],
    ["src/message/actions.ts", "~/customer/actions.ts"],
    ["src/message/actions/send.ts", "~/customer/actions/merge.ts"],
    ["src/message/actions.ts", "~/reactions.ts"],
    ["src/message/routes.tsx", "./store.ts"],
    ["src/message/routes.tsx", "~/customer/actions.ts"],
    ["src/message/routes.tsx", "~/customer/rules.ts"],
    ["src/whatsapp/webhook.ts", "~/message/store.ts"],
    ["src/simulator/server.ts", "~/database/file.ts"],
    ["src/web/server.ts", "~/message/routes.tsx"],
    ["src/reactions.ts", "~/app.ts"],
    ["views/message/bubble.tsx", "~/message/rules.ts"],
    ["views/message/bubble.tsx", "kysely"],
    ["src/message/store.ts", "bun:sqlite"],
    ["src/cellar/anything.ts", "~/kernel/clock.ts"],
  ])("%s may not import %s", (path, target) => {
    expect(imports(path, target)).toHaveLength(1)
  })

  test("views know the types of the nouns, and no more", () => {
    expect(importsType("views/message/bubble.tsx", "~/message/queries.ts")).toEqual([])
    expect(importsType("src/message/routes.tsx", "~/message/rules.ts")).toEqual([])
    expect(importsType("src/message/routes.tsx", "~/message/store.ts")).toHaveLength(1)
  })

  test.each([
    'export { a } from "~/customer/actions.ts"',
    'export * from "../customer/actions.ts"',
    'const later = await import("~/customer/actions.ts")',
    'const worker = new Worker(new URL("../customer/actions.ts", import.meta.url))',
    'import { type A, b } from "~/customer/actions.ts"',
    'import "~/customer/actions.ts"',
    'type A = import("~/customer/actions.ts").A',
  ])("sees an import written as %s", (text) => {
    expect(importTrespasses([parse("src/message/actions.ts", text)])).toHaveLength(1)
  })

  test("an import in a comment or a string is none", () => {
    const text = '/* import { a } from "~/customer/actions.ts" */ const b = `import "~/customer/actions.ts"`'
    expect(importTrespasses([parse("src/message/actions.ts", text)])).toEqual([])
  })
})

describe("bans", () => {
  test.each([
    "const at = Date.now()",
    "const at = new Date()",
    "const at = globalThis.Date.now()",
    "setTimeout(ring, 10)",
    "later.map(setImmediate)",
    "await Bun.sleep(10)",
    "const signal = AbortSignal.timeout(10)",
    "const fraction = Math.random()",
    "const id = crypto.randomUUID()",
    'import { randomBytes } from "node:crypto"',
    "const port = process.env.PORT",
    'const port = Bun["env"].PORT',
    "console.log(1)",
    "await fetch(url)",
    "const door = { send: fetch }",
    "const send = (door = globalThis.fetch) => door(url)",
    "const app = new Elysia({ prefix })",
    "run(sql.raw(text))",
  ])("%s is caught outside its home", (text) => {
    expect(says(text)).toHaveLength(1)
  })

  test.each([
    "const day = new Date(at)",
    "const wait: ReturnType<typeof setTimeout> | null = null",
    "const shop = { fetch: () => 1, console: 2 }; shop.fetch()",
    "function fetch() {} ; fetch()",
    "const { fetch } = simulator; fetch(request)",
    "// Date.now() would be wrong here",
    'const hint = "console.log(Math.random())"',
    'import { createHmac } from "node:crypto"',
  ])("%s is allowed", (text) => {
    expect(says(text)).toEqual([])
  })

  test("each may be said in its home", () => {
    expect(says("Date.now()", "src/kernel/clock.ts")).toEqual([])
    expect(says("process.env.PORT", "src/config.ts")).toEqual([])
    expect(says("fetch(url)", "src/simulator/deliver.ts")).toEqual([])
    expect(says("new Elysia()", "src/web/areas.ts")).toEqual([])
  })

  test("tests do not sleep, do not skip and do not read the environment", () => {
    const path = "tests/message/send.test.ts"
    expect(says("await Bun.sleep(10)", path)).toHaveLength(1)
    expect(says("await page.waitForTimeout(10)", path)).toHaveLength(1)
    expect(says('test.skip("later", () => {})', path)).toHaveLength(1)
    expect(says("Bun.env.LONG", path)).toHaveLength(1)
    expect(says("Bun.env.LONG", "tests/support/form.ts")).toEqual([])
  })

  test("comments do not excuse", () => {
    expect(excuses([parse("src/a.ts", "// TODO later\n/** @ts-ignore */\nconst a = 1")])).toHaveLength(2)
    expect(excuses([parse("src/a.ts", '// tomorrow is another day\nconst a = "TODO"')])).toEqual([])
  })

  test("a browser is opened in the browser suite only", () => {
    const text = 'import { chromium } from "playwright-core"'
    expect(browserTrespasses([parse("tests/message/send.test.ts", text)])).toHaveLength(1)
    expect(browserTrespasses([parse("tests/browser/send.test.ts", text)])).toEqual([])
  })
})

describe("tables", () => {
  const store = parse(
    "src/message/store.ts",
    `const add = query.insertInto("message").values(row)
     export const save = (tx) => tx.run(add)
     export function replace(tx) { save(tx) }
     export const find = (reader) => reader.one(query.selectFrom("message"))`,
  )
  const trespasses = (path: string, text: string): string[] => tableTrespasses([store, parse(path, text)])

  test("only a store writes", () => {
    expect(trespasses("src/message/actions.ts", 'tx.run(query.deleteFrom("message"))')).toHaveLength(1)
    expect(trespasses("src/message/queries.ts", 'const add = inserting("note", ["id"])')).toHaveLength(1)
    expect(trespasses("src/web/session.ts", "db.run(`update session set at = ?`)")).toHaveLength(1)
    expect(trespasses("src/message/queries.ts", 'query.selectFrom("message")')).toEqual([])
  })

  test("a table has one owner", () => {
    expect(trespasses("src/customer/store.ts", 'query.updateTable("message").set(row)')).toHaveLength(1)
    expect(trespasses("src/outbox/claim.ts", 'query.updateTable("message as m").set(row)')).toHaveLength(1)
    expect(trespasses("src/customer/store.ts", 'query.updateTable("customer").set(row)')).toEqual([])
  })

  test("what writes serves the actions of its own noun; others may read", () => {
    expect(trespasses("src/message/actions/send.ts", 'import { save } from "../store.ts"')).toEqual([])
    expect(trespasses("src/call/actions.ts", 'import { find } from "~/message/store.ts"')).toEqual([])
    expect(trespasses("src/call/actions.ts", 'import { save } from "~/message/store.ts"')).toHaveLength(1)
    expect(trespasses("src/call/actions.ts", 'import { replace } from "~/message/store.ts"')).toHaveLength(1)
    expect(trespasses("src/message/queries.ts", 'import { save } from "./store.ts"')).toHaveLength(1)
    const namespace = 'import * as message from "~/message/store.ts"\n'
    expect(trespasses("src/call/actions.ts", `${namespace}message.find(tx)`)).toEqual([])
    expect(trespasses("src/call/actions.ts", `${namespace}message.save(tx)`)).toHaveLength(1)
  })
})

describe("the shape of the house", () => {
  const lines = (count: number) => "  a()\n".repeat(count)

  test("a file of 251 lines is too long, a catalogue is not", () => {
    expect(longFiles([parse("src/a.ts", lines(250))])).toEqual([])
    expect(longFiles([parse("src/a.ts", lines(251))])).toHaveLength(1)
    expect(longFiles([parse("src/database/tables.ts", lines(251))])).toEqual([])
  })

  test("a function of 41 lines is too long, a view of 80 is not", () => {
    const named = (path: string, count: number) => longFunctions([parse(path, `function f() {\n${lines(count)}}`)])
    expect(named("src/a.ts", 38)).toEqual([])
    expect(named("src/a.ts", 39)).toHaveLength(1)
    expect(named("views/a.tsx", 78)).toEqual([])
    expect(named("views/a.tsx", 79)).toHaveLength(1)
  })

  test("the lines of a function inside a function are its own", () => {
    const inner = `function inner() {\n${lines(30)}}\n`
    expect(longFunctions([parse("src/a.ts", `function outer() {\n${inner}${inner}}`)])).toEqual([])
    expect(longFunctions([parse("src/a.ts", `const f = () => {\n${lines(39)}}`)])).toHaveLength(1)
    expect(longFunctions([parse("src/a.ts", `class A {\n m() {\n${lines(39)}}\n}`)])).toHaveLength(1)
  })

  test("a module that only a test imports is an orphan", () => {
    const sources: Source[] = [
      parse("src/main.ts", 'import "./app.ts"'),
      parse("src/app.ts", 'new URL("./report/worker.ts", import.meta.url)'),
      parse("src/report/worker.ts", ""),
      parse("src/kernel/unused.ts", 'import "./unused.ts"'),
      parse("tests/unused.test.ts", 'import "~/kernel/unused.ts"'),
    ]
    expect(orphans(sources)).toEqual(["src/kernel/unused.ts is imported by nobody"])
  })

  test("a noun has the five roles and nothing else", () => {
    const fine = "src/message/rules.ts src/message/actions/send.ts src/message/routes.tsx src/kernel/any.ts src/app.ts"
    expect(misplacedFiles(fine.split(" "))).toEqual([])
    expect(misplacedFiles(["src/message/helpers.ts"])).toHaveLength(1)
    expect(misplacedFiles(["src/message/routes.ts"])).toHaveLength(1)
    expect(misplacedFiles(["src/utils/rules.ts"])).toHaveLength(1)
  })

  test("migrations have no gap, no double and a name", () => {
    expect(misnumberedMigrations(["0002_second-thing.sql", "0001_first.sql"])).toEqual([])
    expect(misnumberedMigrations(["0001_first.sql", "0003_third.sql"])).toHaveLength(1)
    expect(misnumberedMigrations(["0001_a.sql", "0001_b.sql"])).toHaveLength(1)
    expect(misnumberedMigrations(["1_first.sql"])).toHaveLength(1)
    expect(misnumberedMigrations(["0001_first.ts"])).toHaveLength(1)
  })
})
