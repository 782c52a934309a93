/** A14: the companies of the appliance, and how one is made. */
import type { Invited } from "~/account/rules/entering.ts"
import type { Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { Handed } from "../account/handed.tsx"
import { fieldOf } from "../admin/field.ts"
import { languageName } from "../layout/user-menu.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import { FormGroup } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export const TENANTS_PATH = "/admin/tenants"

export type TenantLine = {
  id: number
  disabledAt: number | null
  slug: string
  name: string
  userCount: number
  channelCount: number
  createdAt: number
  /** Invited to administer it; nobody who does has come in yet. */
  awaitedAdmin: number | null
}
/** Where who is to administer it signs in with the password that was chosen, or what became of their invitation. */
export type ToldOfTenant = { name: string } & ({ signInAt: string } | { isNew: boolean; invited: Invited })
export type TenantsProps = { screen: Screen; tenants: readonly TenantLine[]; told: ToldOfTenant | null }

export const Tenants = ({ screen, tenants, told }: TenantsProps) => {
  const { t } = screen
  return (
    <div class="page">
      <header class="list-head">
        <h1>{t("tenants.title")}</h1>
        <span class="list-actions">
          <Button kind="primary" icon="plus" href={`${TENANTS_PATH}/new`}>
            {t("tenants.new")}
          </Button>
        </span>
      </header>
      {told && <Told screen={screen} told={told} />}
      {tenants.length === 0 && (
        <section class="card">
          <EmptyState
            icon="building-2"
            title={t("tenants.none")}
            actions={
              <Button kind="primary" href={`${TENANTS_PATH}/new`}>
                {t("tenants.new")}
              </Button>
            }
          >
            {t("tenants.none_detail")}
          </EmptyState>
        </section>
      )}
      {tenants.map((tenant) => (
        <Company screen={screen} tenant={tenant} />
      ))}
      <section class="card">
        <h2>{t("tenants.next")}</h2>
        <ol class="steps">
          <li>
            {t("tenants.next_describe")} <code>sportello help apply</code>
          </li>
          <li>
            {t("tenants.next_try")} <code>sportello apply company.json --dry-run</code>
          </li>
          <li>
            {t("tenants.next_apply")} <code>sportello apply company.json</code>
          </li>
          <li>{t("tenants.next_sign_in")}</li>
        </ol>
      </section>
    </div>
  )
}

function Told({ screen, told }: { screen: Screen; told: ToldOfTenant }) {
  const { t } = screen
  const created = t("tenants.created", { name: told.name })
  if ("signInAt" in told)
    return (
      <Banner tone="ok" title={created} isAnnounced>
        {t("tenants.created_next")} <code>{told.signInAt}</code>
      </Banner>
    )
  return (
    <>
      {told.isNew && (
        <Banner tone="ok" title={created} isAnnounced>
          {t("tenants.created_invited")}
        </Banner>
      )}
      <Handed screen={screen} what={{ kind: "invitation", ...told.invited }} />
    </>
  )
}

type CompanyProps = { screen: Screen; tenant: TenantLine }

function Company({ screen: { t, format, csrfToken }, tenant }: CompanyProps) {
  const { id, disabledAt, slug, name, userCount, channelCount, createdAt, awaitedAdmin } = tenant
  const isAwaited = disabledAt === null && awaitedAdmin !== null
  return (
    <section class="card">
      <header class="list-head">
        <h2>{name}</h2>
        {disabledAt !== null && (
          <Chip tone="bad">{t("tenants.disabled_since", { date: format.dateTime(disabledAt) })}</Chip>
        )}
        {isAwaited && <Chip tone="warn">{t("tenants.admin_awaited")}</Chip>}
        <span class="list-actions">
          {isAwaited && (
            <form method="post" action={`${TENANTS_PATH}/${id}/invitation`}>
              <FormToken csrfToken={csrfToken} />
              <Button size="small" type="submit" more={{ "aria-label": t("tenants.invite_again_named", { name }) }}>
                {t("tenants.invite_again")}
              </Button>
            </form>
          )}
          {disabledAt === null ? (
            <Button
              size="small"
              href={`${TENANTS_PATH}/${id}/disabling`}
              more={{ "aria-label": t("tenants.disable_named", { name }) }}
            >
              {t("tenants.disable")}
            </Button>
          ) : (
            <form method="post" action={`${TENANTS_PATH}/${id}/enabling`}>
              <FormToken csrfToken={csrfToken} />
              <Button size="small" type="submit" more={{ "aria-label": t("tenants.enable_named", { name }) }}>
                {t("tenants.enable")}
              </Button>
            </form>
          )}
        </span>
      </header>
      {disabledAt !== null && <p>{t("tenants.disabled_means")}</p>}
      <Facts
        facts={[
          { name: t("tenants.slug"), value: slug },
          { name: t("tenants.users"), value: userCount },
          { name: t("tenants.channels"), value: channelCount },
          { name: t("tenants.since"), value: format.date(createdAt) },
        ]}
      />
    </section>
  )
}

/** What it means, before a whole company is shut out. */
export const Disabling = ({ screen: { t, csrfToken }, tenant }: { screen: Screen; tenant: TenantLine }) => (
  <div class="page settings-page">
    <h1>{t("tenants.disable_title", { name: tenant.name })}</h1>
    <section class="card">
      <ul class="consequences">
        <li>{t("tenants.disable_people", { count: tenant.userCount })}</li>
        <li>{t("tenants.disable_numbers")}</li>
        <li>{t("tenants.disable_kept")}</li>
      </ul>
      <form class="leaving-actions" method="post" action={`${TENANTS_PATH}/${tenant.id}/disabling`}>
        <FormToken csrfToken={csrfToken} />
        <Button kind="solid-danger" type="submit">
          {t("tenants.disable_named", { name: tenant.name })}
        </Button>
        <Button href={TENANTS_PATH}>{t("admin.cancel")}</Button>
      </form>
    </section>
  </div>
)

export type NewTenantProps = {
  screen: Screen
  written: Written
  errors: FieldErrors
  languages: readonly string[]
  timezones: readonly string[]
}

/** A company and the one who will administer it: the rest is theirs to do. */
export function NewTenant({ screen: { t, csrfToken }, written, errors, languages, timezones }: NewTenantProps) {
  const field = fieldOf(t, { written, errors })
  return (
    <div class="page settings-page">
      <h1>{t("tenants.new")}</h1>
      <p class="panel-intro">{t("tenants.new_intro")}</p>
      {errors.form && <Banner tone="bad" title={refusalLine(t, errors.form)} isAnnounced />}
      <form class="card" method="post" action={TENANTS_PATH}>
        <FormToken csrfToken={csrfToken} />
        <FormGroup legend={t("settings.group_tenant")}>
          <div class="columns">
            <TextField {...field("name")} label={t("settings.tenant_name")} autocomplete="off" />
            <TextField {...field("slug")} label={t("tenants.slug")} hint={t("tenants.slug_hint")} autocomplete="off" />
          </div>
          <div class="columns">
            <SelectField
              {...field("timezone")}
              label={t("settings.timezone")}
              options={timezones.map((zone) => ({ value: zone, label: zone }))}
            />
            <SelectField
              {...field("language")}
              label={t("login.language")}
              options={languages.map((one) => ({ value: one, label: languageName(one), language: one }))}
            />
          </div>
        </FormGroup>
        <FormGroup legend={t("tenants.first_admin")}>
          <div class="columns">
            <TextField {...field("firstName")} label={t("setup.first_name")} autocomplete="off" />
            <TextField {...field("lastName")} label={t("setup.last_name")} autocomplete="off" />
          </div>
          <div class="columns">
            <TextField {...field("username")} label={t("login.username")} autocomplete="off" />
            <TextField
              {...field("email")}
              type="email"
              label={t("profile.email")}
              optional={t("admin.optional")}
              autocomplete="off"
              hint={errors.email ? undefined : t("tenants.admin_email_hint")}
            />
          </div>
          <TextField
            {...field("password")}
            type="password"
            label={t("login.password")}
            autocomplete="new-password"
            hint={errors.password ? undefined : t("tenants.password_hint")}
          />
        </FormGroup>
        <div class="leaving-actions">
          <Button kind="primary" type="submit">
            {t("tenants.create")}
          </Button>
          <Button href={TENANTS_PATH}>{t("admin.cancel")}</Button>
        </div>
      </form>
    </div>
  )
}
