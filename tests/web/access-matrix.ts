/** Every route × every kind of visitor, from the route table: a route that is not listed fails. */
import { addSession } from "~/account/store.ts"
import type { AppDatabase } from "~/database/database.ts"
import { type Level, SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { digestOf } from "~/kernel/token.ts"
import type { AreaName, Route } from "~/web/areas.ts"

/** The routes of an appliance by area: what a new route must be added to. */
export type ListedRoutes = Readonly<Record<AreaName, readonly string[]>>

export const visitors = ["nobody", "agent", "supervisor", "campaign_manager", "tenant_admin", "platform_admin"] as const
export type Visitor = (typeof visitors)[number]

const ENTER: Readonly<Record<AreaName, readonly Visitor[]>> = {
  open: visitors,
  signedIn: ["agent", "supervisor", "campaign_manager", "tenant_admin", "platform_admin"],
  desk: ["agent", "supervisor", "campaign_manager", "tenant_admin"],
  supervision: ["supervisor", "tenant_admin"],
  administration: ["tenant_admin"],
  platform: ["platform_admin"],
}

/** What of `routes` is not listed, is listed but gone, or is listed in another area. */
export function unlisted(routes: readonly Route[], listed: ListedRoutes): string[] {
  const real = new Set(routes.map(({ area, method, path }) => `${area} ${method} ${path}`))
  const known = new Set(Object.entries(listed).flatMap(([area, lines]) => lines.map((line) => `${area} ${line}`)))
  return [...real.symmetricDifference(known)]
}

export type Access = "enters" | "is sent to the login" | "may not"
export type Attempt = { route: Route; visitor: Visitor; expected: Access; got: () => Promise<Access> }
type Subject = {
  database: AppDatabase
  handle(request: Request): Promise<Response>
  url: URL
  /** One user of each level; platform admins live in their own tenant. */
  users: Readonly<Record<Level, { id: Id; tenant: Id }>>
}

/** Every attempt there is. Path parameters are filled with ids that belong to nobody. */
export function attempts(routes: readonly Route[], subject: Subject): Attempt[] {
  return routes.flatMap((route) =>
    visitors.map((visitor) => ({
      route,
      visitor,
      expected: expectedAccess(route.area, visitor),
      got: () => attempt(route, visitor, subject),
    })),
  )
}

const expectedAccess = (area: AreaName, visitor: Visitor): Access => {
  if (ENTER[area].includes(visitor)) return "enters"
  return visitor === "nobody" ? "is sent to the login" : "may not"
}

const CSRF = "token-of-the-matrix"

async function attempt({ method, path }: Route, visitor: Visitor, subject: Subject): Promise<Access> {
  const { database, handle, url, users } = subject
  const headers = new Headers({ host: url.host, "hx-request": "true" })
  if (visitor !== "nobody") {
    const { id, tenant } = users[visitor]
    const token = Buffer.from(`${visitor} ${method} ${path}`).toString("base64url")
    await database
      .tenant(tenant)
      .act(SYSTEM, (tx) => addSession(tx, { tokenHash: digestOf(token), user: id, csrfToken: CSRF }))
    headers.set("cookie", `session=${token}`)
    headers.set("x-csrf-token", CSRF)
  }
  const real = new URL(path.replaceAll(/:\w+/g, "1"), url)
  const answer = await handle(new Request(real.href, { method, headers }))
  await answer.body?.cancel()
  if (answer.status === 401 && answer.headers.get("hx-redirect")?.startsWith("/login")) return "is sent to the login"
  return answer.status === 403 ? "may not" : "enters"
}
