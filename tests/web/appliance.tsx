/** The web layer over a real file, with a plain look: every test drives it through its real router. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { createUser } from "~/account/actions.ts"
import { accountRoutes } from "~/account/routes.tsx"
import type { NewUser } from "~/account/rules.ts"
import { openDatabase } from "~/database/database.ts"
import { Secrets } from "~/database/secrets.ts"
import { inserting } from "~/database/statement.ts"
import { type Level, SYSTEM } from "~/facts.ts"
import { createDirectories } from "~/identity/directories.ts"
import { createProviders } from "~/identity/providers.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Log, LogFields } from "~/kernel/log.ts"
import { screenOf } from "~/look.tsx"
import { applianceTenant, createTenant } from "~/tenant/actions.ts"
import { type AreaParts, createAreas, type Route, routesOf } from "~/web/areas.ts"
import { loadAssets } from "~/web/assets.ts"
import { operationRoutes, storageCheck } from "~/web/health.ts"
import type { Look } from "~/web/look.ts"
import { createMetrics } from "~/web/metrics.ts"
import { intranetHandler } from "~/web/server.ts"
import { Streams, streamRoutes } from "~/web/stream.ts"

export const PASSWORD = "correct horse battery"
const MIGRATIONS = join(import.meta.dir, "../../migrations")
const migrations = readdirSync(MIGRATIONS)
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(MIGRATIONS, name), "utf8") }))

/** Says keys and blanks, so that tests read what was decided and not how it is worded. */
const plainLook: Look = {
  languages: ["en", "it"],
  phrases: (language) => (key, blanks) => `${language}:${key}${blanks ? ` ${JSON.stringify(blanks)}` : ""}`,
  inside: ({ me, title, panel, path, liveCursor }) => (
    <html lang={me.language}>
      <title>{title}</title>
      <meta name="live" content={liveCursor} />
      <body data-path={path} data-csrf={me.csrfToken}>
        {panel}
      </body>
    </html>
  ),
  outside: ({ title, panel, language, csrfToken }) => (
    <html lang={language}>
      <title>{title}</title>
      <body data-csrf={csrfToken}>{panel}</body>
    </html>
  ),
  error: ({ status, refusal, reference }) => (
    <main class="error">
      {status} {refusal.refused} {reference}
    </main>
  ),
  notice: (_, sentence) => <p class="notice">{sentence}</p>,
  noticesAt: "#notices",
}

const addSkillset = inserting("skillset", ["id", "name", "createdAt", "version"])
const addMember = inserting("skillsetMember", ["skillset", "user"])

export type Options = { url?: string; trustedProxies?: string[]; seed?: number; routes?: (areas: Areas) => Listed[] }
type Areas = ReturnType<typeof createAreas>
type Listed = { readonly list: readonly Route[] }
export type LogLine = { level: string; event: string; fields: LogFields }

/** An appliance with an empty file; `close` removes it. */
export async function openAppliance({
  url = "http://127.0.0.1:8080",
  trustedProxies = [],
  seed = 1,
  routes,
}: Options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "sportello-web-"))
  const clock = new VirtualClock()
  const chance = new SeededChance(seed)
  const lines: LogLine[] = []
  const log = recordingLog(lines)
  const secrets = new Secrets(chance.bytes(32), chance)
  const path = join(folder, "sportello.db")
  const database = openDatabase({ path, clock, log, migrations, bootId: "boot", secrets, followUp() {} })
  const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
  const presence: string[] = []
  const streams = new Streams({
    database,
    clock,
    chance,
    presence: {
      opened: (me) => void presence.push(`opened ${me.username}`),
      closed: (me) => void presence.push(`closed ${me.username}`),
    },
  })
  const parts: AreaParts = { database, chance, log, look: plainLook, url: new URL(url) }
  const areas = createAreas(parts)
  const metrics = createMetrics()
  const requests = metrics.counter("http_requests_total", "Requests answered.")
  const list = routesOf([
    ...accountRoutes(areas, {
      database,
      passwords,
      applianceTenant,
      chance,
      log,
      url: parts.url,
      languages: ["en", "it"],
      views,
      screenOf,
      directories: createDirectories(),
      providers: NO_PROVIDERS,
      mailing: { isPossible: () => false, sendNow: async () => ({ result: "sent", answer: "" }) },
    }),
    operationRoutes(areas, [storageCheck(database, clock)], metrics),
    streamRoutes(areas, streams, parts.url),
    ...(routes?.(areas) ?? []),
  ])
  const assets = loadAssets(mkdtempSync(join(folder, "assets-")))
  const intranet = { ...parts, routes: list, assets, trustedProxies, requests }
  return {
    database,
    clock,
    chance,
    passwords,
    presence,
    streams,
    parts,
    areas,
    metrics,
    list,
    lines,
    intranet,
    path,
    handle: intranetHandler(intranet),
    async close() {
      streams.end()
      await database.close()
      rmSync(folder, { recursive: true })
    },
    tenant: (slug: string): Promise<Id> =>
      database.appliance.act((tx) =>
        createTenant(tx, SYSTEM, { slug, name: "A company", timezone: "Europe/Rome", language: "en", settings: {} }),
      ),
    async user(tenant: Id, username: string, level: Level = "agent"): Promise<Id> {
      const passwordHash = await passwords.hash(PASSWORD)
      return database.tenant(tenant).act(SYSTEM, (tx) => createUser(tx, newUser({ username, level, passwordHash })))
    },
    platformTenant: (): Promise<Id> => database.appliance.act(applianceTenant),
    skillset(tenant: Id, name: string, members: Id[]): Promise<Id> {
      return database.tenant(tenant).act(SYSTEM, (tx) => {
        const id = tx.newId()
        tx.run(addSkillset, { id, name, createdAt: tx.now, version: 1 })
        for (const user of members) tx.run(addMember, { skillset: id, user })
        return id
      })
    },
  }
}
export type Appliance = Awaited<ReturnType<typeof openAppliance>>

export const newUser = (given: Partial<NewUser>): NewUser => ({
  username: "anna",
  email: null,
  firstName: "Anna",
  lastName: "Rossi",
  level: "agent",
  language: "en",
  maxConversations: 5,
  isolated: false,
  outbound: true,
  mayEditCustomers: true,
  passwordHash: null,
  ...given,
})

const views: Parameters<typeof accountRoutes>[1]["views"] = {
  Login: ({ username, language, next, refusal, csrfToken }) => (
    <form class="login" data-language={language} data-refusal={refusal?.refused}>
      <input name="username" value={username} />
      <input name="next" value={next} />
      <input name="_csrf" value={csrfToken} />
    </form>
  ),
  Setup: ({ token, typed, errors, csrfToken }) => (
    <form class="setup" action={`/setup/${token}`} data-errors={JSON.stringify(errors)}>
      <input name="username" value={typed.username} />
      <input name="_csrf" value={csrfToken} />
    </form>
  ),
}

function recordingLog(lines: LogLine[]): Log {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      void lines.push({ level, event, fields })
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }
}

/** A header given as "" is not sent. */
type Ask = { form?: Record<string, string>; headers?: Record<string, string>; peer?: string }

/** A browser without pictures: keeps cookies, sends what browsers send, posts forms with the token of its last page. */
export class Browser {
  cookies = new Map<string, string>()
  token: string | null = null

  constructor(
    private readonly appliance: Appliance,
    private readonly peer = "192.0.2.10",
  ) {}

  get(path: string, { headers = {} }: Ask = {}): Promise<Response> {
    return this.#send("GET", path, { accept: "text/html", "sec-fetch-mode": "navigate", ...headers })
  }

  post(path: string, { form = {}, headers = {} }: Ask = {}): Promise<Response> {
    const body = new URLSearchParams({ ...(this.token ? { _csrf: this.token } : {}), ...form })
    const origin = this.appliance.parts.url.origin
    const own = { accept: "text/html", origin, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" }
    return this.#send("POST", path, { ...own, ...headers }, body)
  }

  async signIn(username: string, password = PASSWORD): Promise<Response> {
    await this.get("/login")
    const answer = await this.post("/login", { form: { username, password, language: "" } })
    if (answer.status === 303) await this.get("/profile")
    return answer
  }

  async #send(method: string, path: string, given: Record<string, string>, body?: URLSearchParams): Promise<Response> {
    const { parts, handle } = this.appliance
    const headers = new Headers({ host: parts.url.host, ...given })
    for (const [name, value] of Object.entries(given)) if (value === "") headers.delete(name)
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "))
    const answer = await handle(
      new Request(new URL(path, parts.url).href, { method, headers, body: body ?? null }),
      this.peer,
    )
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    const text = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.clone().text() : ""
    this.token = /data-csrf="([^"]+)"/.exec(text)?.[1] ?? this.token
    return answer
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";")
    const [name = "", value = ""] = pair.split("=")
    if (/Max-Age=0\b/.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

/** Nobody is reached from here. */
const NO_PROVIDERS = createProviders({
  now: () => 0,
  doorTo: () => ({ send: async () => ({ result: "unreachable", reason: "no_route" }) }),
})
