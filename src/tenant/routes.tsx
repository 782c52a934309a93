/** A14: what the platform admin sees and does: tenants with their first admin, and nothing of what is in them. */
import type { Screen } from "views/parts/screen.ts"
import { Disabling, NewTenant, TENANTS_PATH, Tenants } from "views/tenant/tenants.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import { found } from "~/kernel/step.ts"
import { knownTimezones } from "~/kernel/timezones.ts"
import type { Areas } from "~/web/areas.ts"
import { errorsFor, refusalOf, type Written } from "~/web/editing.ts"
import { choice, type FieldErrors, line, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { enableTenant } from "./actions/disabling.ts"
import { createTenant } from "./actions.ts"
import { tenantList } from "./queries.ts"

/** The account's, handed in by whoever composes: weighs a password, and hashes it. */
export type FirstPassword = (password: string, username: string) => Promise<string>
export type TenantParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  database: AppDatabase
  languages: readonly string[]
  hashFirst: FirstPassword
  /** How browsers reach the intranet listener. */
  url: URL
}

export const tenantRoutes = ({ platform }: Areas, parts: TenantParts) =>
  platform()
    .get(TENANTS_PATH, ({ me, read, page, query }) => {
      const screen = parts.screenOf(me, read)
      const tenants = tenantList(parts.database.appliance.read)
      const made = tenants.find(({ slug }) => slug === query.get("created"))
      const created = made
        ? { name: made.name, username: query.get("username") ?? "", signInAt: `${parts.url.origin}/login` }
        : null
      return page(screen.t("tenants.title"), <Tenants screen={screen} tenants={tenants} created={created} />)
    })
    .get(`${TENANTS_PATH}/new`, (visit) => newTenant(visit, parts, { ...BLANK, language: [visit.me.language] }, {}))
    .post(TENANTS_PATH, (visit) => create(visit, parts))
    .get(`${TENANTS_PATH}/:id/disabling`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const tenant = found(tenantList(parts.database.appliance.read).find(({ id }) => id === visit.id("id")) ?? null)
      return visit.page(screen.t("tenants.title"), <Disabling screen={screen} tenant={tenant} />)
    })
    .post(`${TENANTS_PATH}/:id/disabling`, (visit) => enable(visit, parts, false))
    .post(`${TENANTS_PATH}/:id/enabling`, (visit) => enable(visit, parts, true))

async function enable(visit: Visit<"id">, parts: TenantParts, enabled: boolean): Promise<Response> {
  await parts.database.appliance.act((tx) => enableTenant(tx, visit.actor, visit.id("id"), enabled))
  return visit.redirect(TENANTS_PATH)
}

const BLANK: Written = { timezone: ["Europe/Rome"] }

function newTenant({ me, read, page }: Visit, parts: TenantParts, written: Written, errors: FieldErrors): Response {
  const screen = parts.screenOf(me, read)
  const choices = { languages: parts.languages, timezones: knownTimezones() }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return page(
    screen.t("tenants.new"),
    <NewTenant screen={screen} written={written} errors={errors} {...choices} />,
    status,
  )
}

const FIELDS = { "tenant.slug_": "slug", "username.": "username", "password.": "password", "user.name_": "firstName" }

async function create(visit: Visit, parts: TenantParts): Promise<Response> {
  const form = visit.checkForm({
    slug: line({ most: 63 }),
    name: line({ most: 120 }),
    timezone: choice(knownTimezones()),
    language: choice(parts.languages),
    firstName: line({ most: 100 }),
    lastName: text({ most: 100 }),
    username: line({ most: 64 }),
    password: text({ most: 1_000 }),
  })
  const again = (errors: FieldErrors, written: Written) => newTenant(visit, parts, { ...written, password: [] }, errors)
  if (!form.valid) return again(form.errors, form.written)
  const { slug, name, timezone, language, firstName, lastName, username, password } = form.values
  const refusal = await refusalOf(
    parts.hashFirst(password, username).then((passwordHash) =>
      parts.database.appliance.act((tx) => {
        const tenant = createTenant(tx, visit.actor, { slug, name, timezone, language, settings: {} })
        const admin = { username, passwordHash, firstName, lastName: lastName.trim(), language }
        tx.within(tenant, visit.actor, (inside) => inside.raise({ type: "tenant.admin_wanted", admin }))
      }),
    ),
  )
  if (refusal) return again(errorsFor(refusal, FIELDS), form.written)
  return visit.redirect(`${TENANTS_PATH}?${new URLSearchParams({ created: slug, username })}`)
}
