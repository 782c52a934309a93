import { EmptyState } from "../parts/empty-state.tsx"
import { Facts } from "../parts/facts.tsx"
import type { Screen } from "../parts/screen.ts"

export type TenantLine = { slug: string; name: string; userCount: number; channelCount: number }
export type TenantsProps = { screen: Screen; tenants: readonly TenantLine[] }

/** A14: the companies of the appliance, and how one is made. */
export const Tenants = ({ screen: { t }, tenants }: TenantsProps) => (
  <div class="page">
    <h1>{t("tenants.title")}</h1>
    {tenants.length === 0 && (
      <section class="card">
        <EmptyState icon="building-2" title={t("tenants.none")}>
          {t("tenants.none_detail")}
        </EmptyState>
      </section>
    )}
    {tenants.map(({ slug, name, userCount, channelCount }) => (
      <section class="card">
        <h2>{name}</h2>
        <Facts
          facts={[
            { name: t("tenants.slug"), value: slug },
            { name: t("tenants.users"), value: userCount },
            { name: t("tenants.channels"), value: channelCount },
          ]}
        />
      </section>
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
