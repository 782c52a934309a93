import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Route } from "~/web/areas.ts"
import { conversations, messages } from "../journeys/scene.ts"
import { ACME, GLOBEX } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import type { Visitor } from "../support/visitor.ts"
import { openWorld, type World } from "../support/world.ts"

/** Two companies with the same customers, the same names, the same conversations: whatever crosses shows. */

type Company = {
  tenant: Id
  names: string[]
  secret: string
  conversation: Id
  waiting: Id
  message: Id
  failed: Id
  medium: Id
}

let world: World
let acme: Company
let globex: Company

const CUSTOMERS = [
  { name: "Giulia Lombardi", phone: "+39 345 555 0172" },
  { name: "Paolo Verdi", phone: "+39 345 555 0173" },
]

beforeAll(async () => {
  world = await openWorld()
  const phones = CUSTOMERS.map((who) => world.simulator.phones.create(who))
  acme = await dayAt(ACME.number.phoneNumberId, "", "the acme affair")
  globex = await dayAt(GLOBEX.number.phoneNumberId, "2", "the globex affair")

  /** One conversation that an agent has, with an answer that arrived and one that failed, and one that waits. */
  async function dayAt(to: string, suffix: string, secret: string): Promise<Company> {
    const anna = await sitDown(world, `anna${suffix}`)
    phones[0]?.say(`I ask about ${secret}`, { to })
    await world.settle()
    const mine = conversations(world).find(({ tenant, owner }) => tenant === anna.tenant && owner === anna.id)
    const conversation = mine?.id ?? 0
    await anna.open(conversation)
    await anna.reply(conversation, `We speak of ${secret}`)
    await world.advance(seconds(10))
    world.simulator.faults.add({ fault: { kind: "graph-error", code: 131026 }, times: 1 })
    await anna.reply(conversation, `Lost word of ${secret}`)
    await world.advance(seconds(10))
    await anna.status("break")
    phones[1]?.say(`I wait because of ${secret}`, { to })
    await world.settle()
    const waiting = conversations(world).find(({ tenant, state }) => tenant === anna.tenant && state === "queued")
    const [, sent, failed] = messages(world, conversation)
    expect([sent?.status, failed?.status]).toEqual(["read", "failed"])
    phones[0]?.send({ kind: "image" }, { to })
    await world.settle()
    const medium = messages(world, conversation).find(({ kind }) => kind === "image")?.id ?? 0
    expect(medium).toBeGreaterThan(0)
    await anna.leave()
    const names = ["anna", "marco", "ivo", "carla", "dora"].map((name) => name + suffix)
    const message = sent?.id ?? 0
    const lost = failed?.id ?? 0
    return {
      tenant: anna.tenant,
      names,
      secret,
      conversation,
      waiting: waiting?.id ?? 0,
      message,
      medium,
      failed: lost,
    }
  }
})
afterAll(() => world.close())

/** A walk is a thousand requests: on a busy machine it takes its time. */
const LIMIT_MS = 240_000

/** What a company keeps for its agents. */
const KEPT = ["predefinedMessage", "profilingTree", "customerProperty", "tag"]

/** Everything of a company that has an id, and ids of nobody. */
const NOBODYS = 4_711
function idsOf({ tenant, conversation, waiting, message, failed, medium }: Company): Id[] {
  const all = (table: string) =>
    rowsOf<{ id: Id }>(world.database.path, `SELECT id FROM "${table}" WHERE tenant = ?`, tenant).map(({ id }) => id)
  return [
    conversation,
    waiting,
    message,
    failed,
    medium,
    ...["user", "channel", "skillset", "customer", "location", "template", ...KEPT].flatMap((table) =>
      all(table).slice(0, 1),
    ),
  ]
}

/** The forms of every route that changes something. A new route fails until it stands here. */
const FORMS: Readonly<Record<string, Record<string, string>>> = {
  "/logout": {},
  "/notices/seen": {},
  "/presence": { status: "break" },
  "/agents/:id/status": { status: "break" },
  "/channels/:id/forced-hours": { state: "open", until: "18:00" },
  "/channels/:id/forced-hours/ending": {},
  "/profile/language": { language: "en" },
  "/admin/tenants": {},
  "/admin/settings": { name: "Other" },
  "/admin/retention": { conversationsDays: "7" },
  "/admin/retention/run": {},
  "/admin/retention/holds/:id/lifting": {},
  "/admin/skillsets": { name: "Newcomer" },
  "/admin/skillsets/export": { format: "csv" },
  "/admin/skillsets/:id": { name: "Other" },
  "/admin/skillsets/:id/deletion": {},
  "/profile/password": { current: "x", password: "x", repeated: "x" },
  "/profile/sessions/:session/ending": {},
  "/profile/sessions/ending": {},
  "/profile/second-factor": { proof: "x" },
  "/profile/second-factor/confirmation": { code: "123456" },
  "/profile/passkeys/new": { passkeyProof: "x" },
  "/profile/passkeys": { question: "x", answer: "{}", name: "Foreign" },
  "/profile/passkeys/:id/name": { name: "Foreign" },
  "/profile/passkeys/:id/removal": { proof: "x" },
  "/profile/second-factor/codes": { proof: "x" },
  "/profile/second-factor/ending": { proof: "x" },
  "/proof": { _proof: "x", _onward: "/", _back: "/", _form: "" },
  "/proof/elsewhere": { provider: "google", next: "/" },
  "/admin/channels/export": { format: "csv" },
  "/admin/channels": { name: "Newcomer" },
  "/admin/channels/:id/enabling": {},
  "/admin/channels/:id/deletion": {},
  "/admin/channels/:id": {},
  "/admin/channels/:id/check": {},
  "/admin/channels/:id/subscription": {},
  "/admin/channels/:id/test-message": { phone: "+39 345 555 0172" },
  "/admin/channels/:id/hours": {},
  "/admin/channels/:id/skillsets": {},
  "/admin/channels/:id/behaviour": {},
  "/admin/channels/:id/messages": {},
  "/admin/channels/:id/menu": {},
  "/admin/channels/:id/profiling": {},
  "/admin/channels/:id/messages/preview": {},
  "/admin/channels/:id/menu/trial": {},
  "/admin/users/:id/invitation": {},
  "/admin/users/:id/password-reset": {},
  "/admin/users/:id/second-factor/reset": {},
  "/admin/users/:id/sessions/ending": {},
  "/admin/users": { username: "newcomer" },
  "/admin/locations": { name: "Elsewhere" },
  "/admin/locations/export": { format: "csv" },
  "/admin/locations/:id": { name: "Elsewhere" },
  "/admin/locations/:id/deletion": {},
  "/admin/predefined-messages": { title: "Elsewhere" },
  "/admin/predefined-messages/export": { format: "csv" },
  "/admin/predefined-messages/:id": { title: "Elsewhere" },
  "/admin/predefined-messages/:id/deletion": {},
  "/admin/profiling": { name: "Elsewhere" },
  "/admin/profiling/export": { format: "csv" },
  "/admin/profiling/:id": { name: "Elsewhere" },
  "/admin/profiling/:id/deletion": {},
  "/admin/properties": { name: "Elsewhere" },
  "/admin/properties/export": { format: "csv" },
  "/admin/properties/:id": { name: "Elsewhere" },
  "/admin/properties/:id/deletion": {},
  "/admin/tags": { name: "Elsewhere" },
  "/admin/tags/export": { format: "csv" },
  "/admin/tags/:id": { name: "Elsewhere" },
  "/admin/tags/:id/deletion": {},
  "/admin/properties/:id/moving": { direction: "up" },
  "/admin/tags/:id/merging": { into: "1" },
  "/admin/imports/files": {},
  "/admin/imports/:id/reading": { encoding: "utf-8", separator: "comma" },
  "/admin/imports/:id/checking": { country: "IT", column0: "phone" },
  "/admin/imports/:id/steering": { deed: "cancel" },
  "/admin/imports/:id/problems/export": { format: "csv" },
  "/admin/users/export": { format: "csv" },
  "/reports/export": { format: "csv" },
  "/reports/schedules": { report: "volumes", rows: "day", every: "day", recipients: "boss@company.test" },
  "/reports/schedules/:id/ending": {},
  "/admin/audit/export": { format: "csv" },
  "/admin/mail": { host: "mail.test", port: "587", security: "tls", username: "", password: "", sender: "a@b.test" },
  "/admin/ways-in/directory": {
    url: "ldap://directory.test",
    way: "user",
    bindName: "uid={username},dc=acme",
    serviceName: "",
    searchBase: "",
    userFilter: "",
    groupBase: "",
    allowedGroups: "",
    groupRules: "",
    certificate: "",
  },
  "/admin/ways-in/directory/removing": {},
  "/admin/ways-in/directory/test": { username: "", password: "" },
  "/admin/ways-in/providers/:provider": { clientId: "x", clientSecret: "x" },
  "/admin/ways-in/providers/:provider/removing": {},
  "/admin/ways-in/providers/:provider/test": {},
  "/admin/users/:id/provider/unlinking": {},
  "/admin/mail/removing": {},
  "/admin/mail/test": { to: "a@b.test" },
  "/admin/mail/:id/again": {},
  "/admin/users/:id": { firstName: "Other" },
  "/admin/users/:id/enabling": {},
  "/admin/configuration/export": {},
  "/admin/tenants/:id/disabling": {},
  "/admin/tenants/:id/enabling": {},
  "/admin/tenants/:id/invitation": {},
  "/admin/users/:id/deletion": {},
  "/lists/columns": { list: "users", usual: "yes" },
  "/conversations/:id/opening": {},
  "/conversations/:id/taking": {},
  "/conversations/:id/closing": { seenUnread: "1000" },
  "/conversations/:id/reopening": {},
  "/conversations/:id/transfer": { to: "user", user: "1", mode: "immediate", note: "" },
  "/conversations/:id/declining": { reason: "" },
  "/conversations/:id/park": { as: "public", reason: "" },
  "/conversations/:id/unpark": {},
  "/conversations/:id/releasing": {},
  "/conversations/:id/messages": { text: "We take over", clientId: "foreign" },
  "/conversations/:id/templates": { template: "1", clientId: "foreign" },
  "/templates/files": {},
  "/templates-sent/:id/closing": {},
  "/start": { to: "number-393455550172", channel: "1", kind: "text", text: "Hello", clientId: "foreign" },
  "/conversations/:id/files": {},
  "/conversations/:id/mail": { to: "thief@globex.test", words: "", step: "send" },
  "/conversations/:id/looking": { doing: "writing" },
  "/conversations/:id/notes": { text: "For us", clientId: "foreign" },
  "/conversations/:id/tags": { on: "customer", name: "VIP" },
  "/conversations/:id/tags/removal": { on: "conversation", tag: "1" },
  "/customers": { name: "Giulia Lombardi", phone: "+39 345 555 0172" },
  "/customers/export": { format: "csv" },
  "/history/export": { format: "csv" },
  "/all-conversations/export": { format: "csv" },
  "/lists/filters": { list: "conversations", name: "Mine", query: "view=all" },
  "/lists/filters/:id/deletion": {},
  "/customers/:id/archive": {},
  "/customers/:id/joining": { joined: "1" },
  "/customers/:id/separating": { join: "1", how: "undo" },
  "/customers/:id": { name: "Nobody" },
  "/customers/:id/standing": { deed: "unblock" },
  "/customers/:id/erasure": { typed: "Giulia Lombardi" },
  "/customers/:id/hold": { reason: "Theirs" },
  "/conversations/:id/hold": { reason: "Theirs" },
  "/conversations/:id/voice-notes": {},
  "/conversations/:id/locations": { clientId: "foreign-place", latitude: "45.46", longitude: "9.19" },
  "/media/:id/fetching": {},
  "/conversations/:id/read": {},
  "/conversations/:id/messages/:message/resend": {},
  "/conversations/:id/messages/:message/reaction": { emoji: "👍" },
  "/conversations/:id/messages/:message/card": { card: "0" },
  "/conversations/:id/contacts": { source: "colleague", id: "1", clientId: "foreign-contact" },
  "/conversations/:id/messages/:message/discard": {},
  "/waiting/steering": { conversation: "1", deed: "return" },
  "/waiting/closing": { closing: "1.0" },
  "/admin/templates/sync": {},
  "/admin/sign-in": {},
  "/admin/appliance/sign-in": {},
  "/admin/appliance/scanner": {},
  "/admin/appliance/scanner/trial": {},
  "/admin/appliance/mail": {},
  "/admin/appliance/mail/:id/again": {},
  "/admin/appliance/mail/removing": {},
  "/admin/appliance/mail/test": {},
  "/admin/templates": { name: "theirs" },
  "/admin/templates/export": { format: "csv" },
  "/admin/templates/check": {},
  "/admin/templates/examples": {},
  "/admin/templates/:id": { enabled: "on" },
  "/admin/templates/:id/content": { body: "Other words" },
  "/admin/templates/:id/deletion": {},
  "/admin/branding": { name: "Theirs", accent: "", before: "{}" },
  "/admin/branding/logo": {},
  "/admin/branding/logo/removing": {},
  "/admin/channels/holidays": { year: "2027", country: "IT", list: "", source: "country" },
  "/admin/channels/holidays/adding": { year: "2027" },
  "/admin/set-aside/:id/placing": {},
  "/admin/set-aside/:id/removing": {},
  "/unmanaged/:id/skillset": { skillset: "1" },
  "/conversations/:id/call": {},
  "/calls/:id/link": {},
  "/admin/calls/template": { template: "foreign" },
  "/admin/calls": { urls: "stun:stun.foreign.test", secret: "", before: "{}" },
  "/calls/:id/signals": {},
  "/conversations/:id/dictation": {},
  "/conversations/:id/dictation/language": { language: "it" },
  "/dictation/notice": {},
  "/media/:id/transcription": {},
  "/admin/speech": { kind: "off", url: "", model: "", languages: "", key: "", before: "{}" },
  "/admin/speech/test": {},
  "/calls/:id/end": {},
}

type Answer = { status: number; body: string }

async function ask(visitor: Visitor, route: Route, path: string): Promise<Answer> {
  const post = () =>
    /\/(files|voice-notes|signals|dictation|logo)$/.test(path)
      ? visitor.upload(path, "words")
      : visitor.post(path, FORMS[route.path])
  const response = await (route.method === "GET" ? visitor.get(path) : post())
  return { status: response.status, body: await response.text() }
}

const parameters = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "")
const filled = (path: string, ids: readonly Id[]) => {
  let index = 0
  return path.replaceAll(/:\w+/g, () => String(ids[index++] ?? ids[0]))
}

/** The ids of a company in every place of a path: the same one in each, and the pairs that belong together. */
function pathsWith(path: string, company: Company): string[] {
  const places = parameters(path).length
  const alike = idsOf(company).map((id) => Array<Id>(places).fill(id))
  const pairs = [company.message, company.failed].map((message) => [company.conversation, message])
  return [...alike, ...(places === 2 ? pairs : [])].map((ids) => filled(path, ids))
}

/** What is not there is not found; whoever may not enter at all is told so before anything is looked up. */
const without = ({ area }: Route, name: string): number => {
  if (area === "platform") return 403
  if (area === "administration" && !name.startsWith("dora")) return 403
  return area === "supervision" && !/^(carla|dora)/.test(name) ? 403 : 404
}

/** Streams have a test of their own; the first run is over. */
const inside = () => world.appliance.intranet.routes.filter(({ area, path }) => area !== "open" && path !== "/events")

describe("Every route, asked with another company's ids", () => {
  const crossings: [string, () => Company, () => Company][] = [
    ["Globex asks for what is Acme's", () => globex, () => acme],
    ["Acme asks for what is Globex's", () => acme, () => globex],
  ]

  test("there are routes with ids to walk, and their parameters are known", () => {
    const named = inside().flatMap(({ path }) => parameters(path))
    expect(named.length).toBeGreaterThan(5)
    expect([...new Set(named)].sort()).toEqual(["id", "message", "provider", "session", "template"])
  })

  test("every form is listed, so that the walk fills it in", () => {
    const changing = inside().flatMap(({ method, path }) => (method === "GET" ? [] : [path]))
    expect(changing.sort()).toEqual(Object.keys(FORMS).sort())
  })

  test("those ids are the right ones: their own people are answered by them", async () => {
    for (const { names, conversation } of [acme, globex]) {
      const anna = await sitDown(world, names[0] ?? "", { listening: false })
      expect((await anna.visitor.get(`/conversations/${conversation}`)).status).toBe(200)
      expect((await anna.visitor.get(`/conversations/${conversation}/thread`)).status).toBe(200)
    }
  })

  test.each(crossings)(
    "%s: the same «not found» as for what does not exist, and nothing happens",
    async (_w, us, them) => {
      const theirs = dump(world.database.path, them().tenant)
      for (const name of us().names) {
        for (const route of inside().filter(({ path }) => path.includes(":"))) {
          const nothing = await ask(await browserOf(name), route, filled(route.path, [NOBODYS, NOBODYS]))
          expect({ route: route.path, status: nothing.status }).toEqual({
            route: route.path,
            status: without(route, name),
          })
          for (const path of pathsWith(route.path, them())) {
            const answer = await ask(await browserOf(name), route, path)
            expect({ path, name, ...answer }).toEqual({ path, name, ...nothing })
          }
        }
      }
      await world.settle()
      expect(dump(world.database.path, them().tenant)).toEqual(theirs)
    },
    LIMIT_MS,
  )

  test.each(crossings)(
    "%s: pages and panels without an id show nothing of the others",
    async (_w, us, them) => {
      const theirs = dump(world.database.path, them().tenant)
      const seen: string[] = []
      for (const name of us().names) {
        for (const route of inside().filter(({ path }) => !path.includes(":"))) {
          const asked = ["", `?open=${them().conversation}`, `?before=9000000000000-${them().message}`]
          for (const query of route.method === "GET" ? asked : [""]) {
            const { status, body } = await ask(await browserOf(name), route, `${route.path}${query}`)
            expect([route.path, status < 500]).toEqual([route.path, true])
            expect(body).not.toContain(them().secret)
            seen.push(body)
          }
        }
      }
      expect(seen.some((body) => body.includes(us().secret))).toBe(true)
      await world.settle()
      expect(dump(world.database.path, them().tenant)).toEqual(theirs)
    },
    LIMIT_MS,
  )

  /** A browser that signed in a moment ago: one of the routes signs out. */
  const browserOf = async (name: string): Promise<Visitor> => (await sitDown(world, name, { listening: false })).visitor
})

describe("What rings at one company", () => {
  test("is heard by nobody at the other, now or when they come back", async () => {
    const desks: Record<"ours" | "theirs", Desk[]> = { ours: [], theirs: [] }
    for (const name of acme.names) desks.ours.push(await sitDown(world, name))
    for (const name of globex.names) desks.theirs.push(await sitDown(world, name))
    const [anna] = desks.ours
    await anna?.status("ready")
    await world.settle()
    const cursor = world.database.bell.cursor()
    const heardBefore = desks.theirs.map(({ heard }) => [...heard])
    const giulia = world.simulator.phones.of("Giulia Lombardi")
    giulia.say("Another question", { to: ACME.number.phoneNumberId })
    await world.settle()
    await anna?.reply(acme.conversation, "Another answer")
    await world.advance(seconds(4))
    expect(anna?.heard).toContain(`conversation-${acme.conversation}`)
    expect(desks.theirs.map(({ heard }) => heard)).toEqual(heardBefore)

    const later = { own: await sitDown(world, "anna", { listening: false }), theirs: [] as Desk[] }
    for (const name of globex.names) later.theirs.push(await sitDown(world, name, { listening: false }))
    for (const { visitor } of [later.own, ...later.theirs]) await visitor.listen(cursor)
    await world.settle()
    expect(later.own.heard).toContain(`conversation-${acme.conversation}`)
    for (const { heard } of later.theirs)
      expect(heard.filter((topic) => topic.includes(String(acme.conversation)))).toEqual([])
  })
})
