/** What the login page offers beside a password: the providers of a company, and which company. */
import type { LoginCompany } from "~/account/queries/ways-in.ts"
import type { ProviderName } from "~/account/rules/provider.ts"
import type { Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { TextField } from "../parts/field.tsx"

export const PROVIDER_NAMES: Readonly<Record<ProviderName, string>> = {
  entra: "Microsoft",
  google: "Google",
  salesforce: "Salesforce",
}

/** In the form of the login page, whose language they take along. */
export const ProviderButtons = ({ t, company }: { t: Translate; company: LoginCompany }) =>
  company.slug === null ? null : (
    <fieldset class="providers">
      <legend class="visually-hidden">{t("elsewhere.title")}</legend>
      <p class="providers-or">{t("elsewhere.or")}</p>
      <input type="hidden" name="company" value={company.slug} />
      {company.providers.map((provider) => (
        <Button
          size="big"
          type="submit"
          more={{ name: "provider", value: provider, formaction: "/login/with", formnovalidate: true }}
        >
          <span class={`provider-mark is-${provider}`} aria-hidden="true" />
          {t("elsewhere.with", { provider: PROVIDER_NAMES[provider] })}
        </Button>
      ))}
    </fieldset>
  )

/** Where the appliance serves several companies: whose way in is meant. */
export const CompanyChoice = ({ t, company, next }: { t: Translate; company: LoginCompany; next: string }) =>
  !company.mayChoose ? null : company.slug === null || company.isUnknown ? (
    <details class="company-choice" open={company.isUnknown}>
      <summary>{t("elsewhere.company_ask")}</summary>
      {company.isUnknown && <Banner tone="warn" isAnnounced title={t("elsewhere.company_unknown")} />}
      <form class="line-form" method="get" action="/login">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="company"
          label={t("elsewhere.company")}
          hint={t("elsewhere.company_hint")}
          required
          more={{ autocapitalize: "none", spellcheck: "false", maxlength: 63 }}
        />
        <Button type="submit">{t("step.go_on")}</Button>
      </form>
    </details>
  ) : (
    <p class="gate-links">
      <a href="/login?company=">{t("elsewhere.another")}</a>
    </p>
  )
