/** A14: what the platform admin sees and does: tenants with their first admin, and nothing of what is in them. */
import type { Screen } from "views/parts/screen.ts"
import { Disabling, NewTenant, TENANTS_PATH, Tenants, type ToldOfTenant } from "views/tenant/tenants.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Invited } from "~/account/rules/entering.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { knownTimezones } from "~/kernel/timezones.ts"
import type { Areas } from "~/web/areas.ts"
import { errorsFor, refusalOf, type Written } from "~/web/editing.ts"
import { choice, type FieldErrors, line, optional, text } from "~/web/form.ts"
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
  /** The account's as well: by mail where mail can be sent, else to be handed over. */
  inviteFirst: (tenant: Id, actor: Visit["actor"], admin: Id) => Promise<Invited>
  /** How browsers reach the intranet listener. */
  url: URL
}

export const tenantRoutes = ({ platform }: Areas, parts: TenantParts) =>
  platform()
    .get(TENANTS_PATH, (visit) => {
      const created = visit.query.get("created")
      const made = tenantList(parts.database.appliance.read).find(({ slug }) => slug === created)
      return tenantsPage(visit, parts, made ? { name: made.name, signInAt: `${parts.url.origin}/login` } : null)
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
    .post(`${TENANTS_PATH}/:id/invitation`, (visit) => invited(visit, parts, visit.id("id"), false))

function tenantsPage({ me, read, page }: Visit, parts: TenantParts, told: ToldOfTenant | null): Response {
  const screen = parts.screenOf(me, read)
  const tenants = tenantList(parts.database.appliance.read)
  return page(screen.t("tenants.title"), <Tenants screen={screen} tenants={tenants} told={told} />)
}

/** Invites whoever is to administer it, as long as nobody who does has come in: later that is their own affair. */
async function invited(visit: Visit, parts: TenantParts, tenant: Id, isNew: boolean): Promise<Response> {
  const { name, awaitedAdmin } = found(
    tenantList(parts.database.appliance.read).find(({ id }) => id === tenant) ?? null,
  )
  const result = await parts.inviteFirst(tenant, visit.actor, found(awaitedAdmin))
  return tenantsPage(visit, parts, { name, isNew, invited: result })
}

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

const FIELDS = {
  "tenant.slug_": "slug",
  "username.": "username",
  "password.": "password",
  "user.name_": "firstName",
  "user.email_": "email",
}

async function create(visit: Visit, parts: TenantParts): Promise<Response> {
  const form = visit.checkForm({
    slug: line({ most: 63 }),
    name: line({ most: 120 }),
    timezone: choice(knownTimezones()),
    language: choice(parts.languages),
    firstName: line({ most: 100 }),
    lastName: text({ most: 100 }),
    username: line({ most: 64 }),
    email: optional(line({ most: 254 })),
    password: text({ most: 1_000 }),
  })
  const again = (errors: FieldErrors) => newTenant(visit, parts, { ...form.written, password: [] }, errors)
  if (!form.valid) return again(form.errors)
  const { slug, name, timezone, language, password, ...person } = form.values
  let created: Id = 0
  const make = async (): Promise<void> => {
    const passwordHash = password === "" ? null : await parts.hashFirst(password, person.username)
    const admin = { ...person, lastName: person.lastName.trim(), passwordHash, language }
    await parts.database.appliance.act((tx) => {
      created = createTenant(tx, visit.actor, { slug, name, timezone, language, settings: {} })
      tx.within(created, visit.actor, (inside) => inside.raise({ type: "tenant.admin_wanted", admin }))
    })
  }
  const refusal = await refusalOf(make())
  if (refusal) return again(errorsFor(refusal, FIELDS))
  if (password === "") return invited(visit, parts, created, true)
  return visit.redirect(`${TENANTS_PATH}?${new URLSearchParams({ created: slug })}`)
}
