/** One provider of a company: what it is told about us, what we are told about it, and whether the two agree. */
import type { WaysIn } from "~/account/queries/ways-in.ts"
import type { Examination, ProviderName } from "~/account/rules/provider.ts"
import type { FieldErrors } from "~/web/form.ts"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { AreaField, FormGroup, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { PROVIDER_NAMES } from "./elsewhere.tsx"

export const PROVIDERS_IN_ORDER = [
  { provider: "entra", name: "Microsoft Entra ID" },
  { provider: "google", name: "Google" },
  { provider: "salesforce", name: "Salesforce" },
] as const satisfies readonly { provider: ProviderName; name: string }[]

export type ProviderPageProps = {
  screen: Screen
  provider: ProviderName
  /** Null: not set up. */
  kept: WaysIn["providers"][number] | null
  /** What was typed, when it could not be taken. */
  written: Readonly<Record<string, readonly string[]>> | null
  errors: FieldErrors
  outcome: Examination | null
  done: "saved" | "removed" | null
  /** Where the provider sends people back to. */
  backAddress: string
}

export function ProviderPage(props: ProviderPageProps) {
  const { screen, provider, kept, done, backAddress } = props
  const { t } = screen
  const name = PROVIDERS_IN_ORDER.find((one) => one.provider === provider)?.name ?? ""
  return (
    <div class="page is-narrow">
      <p class="gate-links">
        <a href="/admin/ways-in">{t("ways_in.title")}</a>
      </p>
      <h1>{name}</h1>
      {done && <Banner tone="ok" isAnnounced title={t(`ways_in.done_${done}`)} />}
      <section class="card" aria-labelledby="there-title">
        <h2 id="there-title">{t("provider.there", { provider: PROVIDER_NAMES[provider] })}</h2>
        <p>{t(`provider.how_${provider}`)}</p>
        <div class="copy-line">
          <div>
            <strong>{t("provider.redirect")}</strong>
            <code class="code">{backAddress}</code>
          </div>
          <IconButton
            icon="copy"
            label={t("provider.copy")}
            more={{ "data-action": "copy", "data-text": backAddress }}
          />
        </div>
      </section>
      <SettingsCard {...props} />
      {kept && <TestCard {...props} />}
    </div>
  )
}

function SettingsCard({ screen: { t, csrfToken }, provider, kept, written, errors }: ProviderPageProps) {
  const now: Readonly<Record<string, string>> = kept
    ? {
        clientId: kept.clientId,
        account: kept.account,
        allowedDomains: kept.allowedDomains.join("\n"),
        allowedGroups: kept.allowedGroups.join("\n"),
      }
    : {}
  const field = (name: string) => ({
    name,
    value: (written ? written[name]?.[0] : now[name]) ?? "",
    error: errors[name] && refusalLine(t, errors[name]),
  })
  const isOn = (name: "enabled" | "guests" | "linksByEmail" | "trustsFactor", fresh = false) =>
    written ? (written[name]?.length ?? 0) > 0 : (kept?.[name] ?? fresh)
  return (
    <section class="card" aria-labelledby="here-title">
      <h2 id="here-title">{t("provider.here")}</h2>
      {errors.form && <Banner tone="bad" isAnnounced title={refusalLine(t, errors.form)} />}
      <form class="stack" method="post" action={`/admin/ways-in/providers/${provider}`}>
        <FormToken csrfToken={csrfToken} />
        <Switch name="enabled" label={t("provider.enabled")} isOn={isOn("enabled", true)} />
        {provider === "google" ? (
          <input type="hidden" name="account" value="" />
        ) : (
          <TextField
            {...field("account")}
            required
            autocomplete="off"
            label={t(`provider.account_${provider}`)}
            hint={t(`provider.account_${provider}_hint`)}
          />
        )}
        <TextField {...field("clientId")} label={t("provider.client_id")} required autocomplete="off" />
        <TextField
          {...field("clientSecret")}
          type="password"
          label={t("provider.client_secret")}
          autocomplete="new-password"
          hint={kept ? t("provider.secret_kept") : undefined}
        />
        <FormGroup legend={t("provider.who")}>
          <AreaField
            {...field("allowedDomains")}
            label={t("provider.domains")}
            rows={2}
            hint={t("provider.domains_hint")}
          />
          <Groups t={t} provider={provider} hasOwn={Boolean(kept?.issuer)} field={field("allowedGroups")} />
          {provider === "entra" && (
            <Switch name="guests" label={t("provider.guests")} hint={t("provider.guests_hint")} isOn={isOn("guests")} />
          )}
          <Switch
            name="linksByEmail"
            label={t("provider.by_email")}
            isOn={isOn("linksByEmail")}
            hint={t(`provider.by_email_${provider}`)}
          />
          <Switch
            name="trustsFactor"
            label={t("provider.trusts_factor")}
            isOn={isOn("trustsFactor")}
            hint={t("provider.trusts_factor_hint")}
          />
        </FormGroup>
        {kept?.issuer && <p class="field-hint">{t("provider.issuer_set", { issuer: kept.issuer })}</p>}
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("admin.save")}
          </Button>
          {kept && (
            <Button
              kind="danger"
              type="submit"
              more={{ formaction: `/admin/ways-in/providers/${provider}/removing`, formnovalidate: true }}
            >
              {t("ways_in.remove")}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

type GroupsProps = {
  t: Translate
  provider: ProviderName
  /** A provider of the operator's own stands in for it. */
  hasOwn: boolean
  field: { name: string; value: string; error: string | undefined }
}

/** Who of them: by what the provider tells of groups, or why it tells none. */
function Groups({ t, provider, hasOwn, field }: GroupsProps) {
  if (provider === "google" && !hasOwn)
    return (
      <>
        <input type="hidden" name="allowedGroups" value="" />
        <p class="field-hint">{t("provider.groups_google")}</p>
      </>
    )
  const isSalesforce = provider === "salesforce"
  return (
    <AreaField
      {...field}
      rows={2}
      label={t(isSalesforce ? "provider.permissions" : "provider.groups")}
      hint={t(isSalesforce ? "provider.permissions_hint" : "provider.groups_hint")}
    />
  )
}

function TestCard({ screen: { t, csrfToken }, provider, outcome }: ProviderPageProps) {
  return (
    <section class="card" aria-labelledby="test-title">
      <h2 id="test-title">{t("ways_in.test")}</h2>
      <p>{t("provider.test_detail")}</p>
      {outcome && <Outcome t={t} outcome={outcome} provider={provider} />}
      <form method="post" action={`/admin/ways-in/providers/${provider}/test`}>
        <FormToken csrfToken={csrfToken} />
        <Button type="submit">{t("ways_in.test_start")}</Button>
      </form>
    </section>
  )
}

type OutcomeProps = { t: Translate; outcome: Examination; provider: ProviderName }

/** In plain words, and then the provider's own. */
function Outcome({ t, outcome, provider }: OutcomeProps) {
  const name = PROVIDER_NAMES[provider]
  const said = outcome.answer && <span class="code">{outcome.answer}</span>
  if ("trouble" in outcome)
    return (
      <Banner tone="bad" isAnnounced title={t(`provider.trouble_${outcome.trouble}`, { provider: name })}>
        {said}
      </Banner>
    )
  const tone = outcome.secret === "accepted" ? "ok" : outcome.secret === "refused" ? "bad" : "warn"
  return (
    <Banner tone={tone} isAnnounced title={t(`provider.secret_${outcome.secret}`, { provider: name })}>
      {said}
    </Banner>
  )
}
