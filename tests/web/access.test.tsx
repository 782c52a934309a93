import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { attempts, type ListedRoutes, unlisted } from "./access-matrix.ts"
import { type Appliance, openAppliance } from "./appliance.tsx"

/** Every route of the web layer and of accounts. */
const LISTED: ListedRoutes = {
  open: [
    "GET /login",
    "POST /login",
    "GET /setup/:token",
    "POST /setup/:token",
    "GET /health",
    "GET /metrics",
    ...["code", "password", "second-factor"].flatMap((step) => [`GET /login/${step}`, `POST /login/${step}`]),
    "GET /login/passkey",
    "POST /login/passkey",
    "POST /login/code/passkey",
    "POST /login/second-factor/passkey",
    "POST /login/with",
    "GET /login/with/:provider/:company",
    "GET /password/forgotten",
    "POST /password/forgotten",
    "GET /password/reset/:token",
    "POST /password/reset/:token",
  ],
  signedIn: [
    "POST /logout",
    "GET /profile",
    "POST /profile/language",
    "GET /events",
    "POST /profile/password",
    "POST /profile/sessions/:session/ending",
    "POST /profile/sessions/ending",
    "POST /profile/second-factor",
    "GET /profile/second-factor",
    "POST /profile/second-factor/confirmation",
    "POST /profile/second-factor/codes",
    "POST /profile/second-factor/ending",
    "GET /proof",
    "POST /proof",
    "POST /proof/elsewhere",
    "POST /profile/passkeys/new",
    "POST /profile/passkeys",
    "GET /profile/passkeys/:id/name",
    "POST /profile/passkeys/:id/name",
    "GET /profile/passkeys/:id",
    "POST /profile/passkeys/:id/removal",
  ],
  desk: ["GET /desk", "POST /desk/:id"],
  supervision: ["GET /supervision", "POST /supervision/:id"],
  administration: [
    "GET /administration",
    "POST /administration/:id",
    ...["invitation", "password-reset", "second-factor/reset", "sessions/ending"].map(
      (deed) => `POST /admin/users/:id/${deed}`,
    ),
    "GET /admin/ways-in",
    "POST /admin/users/:id/provider/unlinking",
    ...["directory", "providers/:provider"].flatMap((way) => [
      `GET /admin/ways-in/${way}`,
      `POST /admin/ways-in/${way}`,
      `POST /admin/ways-in/${way}/removing`,
      `POST /admin/ways-in/${way}/test`,
    ]),
  ],
  platform: ["GET /platform", "POST /platform/:id"],
}

let appliance: Appliance
beforeAll(async () => {
  appliance = await openAppliance({
    routes: (areas) =>
      (["desk", "supervision", "administration", "platform"] as const).map((area) =>
        areas[area]()
          .get(`/${area}`, ({ nothing }) => nothing())
          .post(`/${area}/:id`, ({ nothing }) => nothing()),
      ),
  })
})
afterAll(() => appliance.close())

test("every route is listed with its area, and nothing is listed that is not there", () => {
  expect(unlisted(appliance.list, LISTED)).toEqual([])
})

test("a new route, or one that moved to another area, is noticed", () => {
  const [first] = appliance.list
  expect(unlisted([...appliance.list, { ...first!, path: "/new" }], LISTED)).toEqual([
    `${first!.area} ${first!.method} /new`,
  ])
  const moved = appliance.list.map((route) =>
    route.path === "/platform" ? { ...route, area: "open" as const } : route,
  )
  expect(unlisted(moved, LISTED)).toEqual(["open GET /platform", "platform GET /platform"])
})

describe("every route, every visitor", () => {
  test("enters exactly where the area says so", async () => {
    const acme = await appliance.tenant("acme")
    const user = async (level: "agent" | "supervisor" | "campaign_manager" | "tenant_admin") => ({
      id: await appliance.user(acme, level, level),
      tenant: acme,
    })
    const tenant = await appliance.platformTenant()
    const root = await appliance.user(tenant, "root", "platform_admin")
    const users = {
      agent: await user("agent"),
      supervisor: await user("supervisor"),
      campaign_manager: await user("campaign_manager"),
      tenant_admin: await user("tenant_admin"),
      platform_admin: { id: root, tenant },
    }
    const { database, handle, parts } = appliance
    const all = attempts(appliance.list, { database, handle, url: parts.url, users })
    expect(all).toHaveLength(appliance.list.length * 6)
    const got = await Promise.all(all.map(async ({ route, visitor, got }) => `${line(route, visitor)} ${await got()}`))
    expect(got).toEqual(all.map(({ route, visitor, expected }) => `${line(route, visitor)} ${expected}`))
  })
})

const line = ({ method, path }: { method: string; path: string }, visitor: string) => `${visitor} ${method} ${path}:`
