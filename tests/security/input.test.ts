/** V13, V14, V15, V20: whatever is sent, through the real routers, as somebody who may. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { GIULIA } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk
const logged: string[] = []
const noteError = (event: string) => void logged.push(event)
beforeAll(async () => {
  world = await openWorld({ log: { debug() {}, info() {}, warn() {}, error: noteError } })
  world.simulator.phones.create(GIULIA).say("Good morning")
  await world.settle()
  dora = await sitDown(world, "dora", { listening: false })
})
afterAll(() => world.close())

const PARAMETERS = [
  "q",
  "search",
  "text",
  "words",
  "sort",
  "order",
  "cursor",
  "before",
  "after",
  "from",
  "to",
  "filter",
  "columns",
  "channel",
  "skillset",
  "agent",
  "state",
  "status",
  "level",
  "period",
  "open",
  "done",
  "latitude",
  "longitude",
]
const HOSTILE = [
  "'",
  `"`,
  "' OR 1=1 --",
  `name"; DROP TABLE user; --`,
  "1) UNION SELECT passwordHash FROM user --",
  "%",
  "_",
  "*",
  `"unclosed`,
  "NEAR(",
  "a AND",
  "title:x",
  "^",
  "\\",
  "-1",
  "1e999",
  "9007199254740993",
  "__proto__",
  "constructor",
  "0000-00-00",
  "2026-13-45",
  "A".repeat(5_000),
  "\u0000",
  "\ud800",
  "[]",
  "{}",
  "null",
  "%00",
  "{{7*7}}",
]

test("no query of any page reaches a statement", async () => {
  const before = dump(world.database.path).user
  const routes = world.appliance.intranet.routes.filter(
    ({ method, path }) => method === "GET" && !/[:*]|\/events$|^\/(?:health|metrics)$/.test(path),
  )
  expect(routes.length).toBeGreaterThan(30)
  for (const { path } of routes)
    for (const word of HOSTILE) {
      const query = new URLSearchParams(PARAMETERS.map((name) => [name, word] as [string, string]))
      const { status } = await dora.visitor.get(`${path}?${query}`)
      expect([path, word.slice(0, 40), status < 500]).toEqual([path, word.slice(0, 40), true])
    }
  expect(logged).toEqual([])
  expect(dump(world.database.path).user).toEqual(before)
}, 120_000)

const PAOLO = {
  firstName: "Paolo",
  lastName: "Neri",
  email: "",
  externalId: "",
  level: "agent",
  language: "en",
  loginType: "password",
  username: "paolo",
  enabled: "",
  maxConversations: "3",
}
test("a field that the form does not have is refused, not ignored", async () => {
  for (const [name, value] of [
    ["tenant", "2"],
    ["id", "1"],
    ["passwordHash", "x"],
    ["isAdmin", "on"],
    ["permission", "operate"],
    ["__proto__", "x"],
    ["constructor", "x"],
    ["__proto__[isAdmin]", "on"],
    ["deletedAt", "1"],
  ] as const) {
    const sent = await dora.visitor.postAll("/admin/users", [...Object.entries(PAOLO), [name, value]])
    expect([name, sent.status]).toEqual([name, 422])
  }
  expect((await dora.visitor.post("/admin/users", { ...PAOLO, level: "platform_admin" })).status).toBe(422)
  expect(rowsOf(world.database.path, "SELECT 1 FROM user WHERE username = 'paolo'")).toEqual([])
  expect((await dora.visitor.post("/admin/users", PAOLO)).status).toBeLessThan(400)
  expect(rowsOf(world.database.path, "SELECT tenant, level FROM user WHERE username = 'paolo'")).toEqual([
    { tenant: 1, level: "agent" },
  ])
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
})

test("a cookie called __proto__ is a cookie like any other", async () => {
  const headers = { host: "127.0.0.1:8080", cookie: "__proto__=x; constructor=y; session=__proto__" }
  const answer = await world.answer(new Request("http://127.0.0.1:8080/login", { headers }))
  expect(answer.status).toBe(200)
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

test("no path leads out of the assets", async () => {
  const paths = [
    "/assets/../package.json",
    "/assets/..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%5cpackage.json",
    "/assets/%00",
    "/assets/base.css%00.js",
    "//etc/passwd",
    "/assets//etc/passwd",
    "/../master.key",
    "/master.key",
    "/sportello.db",
    "/assets/....//master.key",
    "/data/sportello.db",
  ]
  for (const path of paths) {
    const answer = await dora.visitor.get(path)
    const text = await answer.text()
    expect([path, answer.status]).toEqual([path, 404])
    expect(text).not.toContain('"devDependencies"')
    expect(text).not.toContain("root:")
  }
})

test("a heavy request is answered at once, and others with it", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => ["skillsets", String(index)])
  const heavy = [
    await dora.visitor.postAll("/admin/users", [...Object.entries(PAOLO), ...many]),
    await dora.visitor.get(`/admin/users?q=${"a ".repeat(3_000)}`),
    await dora.visitor.get(`/admin/users?q=${"%20".repeat(3_000)}x`),
    await dora.visitor.post("/admin/sign-in", { allowedNetworks: "10.0.0.0/8,".repeat(20_000) }),
    await dora.visitor.post("/password/forgotten", { name: `${"a".repeat(60_000)}@` }),
    await dora.visitor.post("/login", { username: "a".repeat(60_000), password: "b".repeat(60_000), language: "en" }),
  ]
  for (const { status } of heavy) expect(status).toBeLessThan(500)
  expect((await world.answer(new Request("http://127.0.0.1:8080/health"))).status).toBe(200)
})
