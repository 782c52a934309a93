/** A11: everything that was decided of a company, to keep, to compare, to set up another appliance alike. */
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export const CONFIGURATION_PATH = "/admin/configuration"

export const ConfigurationPage = ({ screen: { t, csrfToken } }: { screen: Screen }) => (
  <div class="page settings-page">
    <h1>{t("configuration.title")}</h1>
    <p class="panel-intro">{t("configuration.intro")}</p>
    <section class="card">
      <h2>{t("configuration.in_it")}</h2>
      <p>{t("configuration.what")}</p>
      <p>{t("configuration.not")}</p>
      <form method="post" action={`${CONFIGURATION_PATH}/export`}>
        <FormToken csrfToken={csrfToken} />
        <Button kind="primary" icon="download" type="submit">
          {t("configuration.download")}
        </Button>
      </form>
    </section>
    <section class="card">
      <h2>{t("configuration.back")}</h2>
      <p>{t("configuration.back_how")}</p>
      <p>
        <code class="code">sportello apply company.json --dry-run</code>
      </p>
    </section>
  </div>
)
