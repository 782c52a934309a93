/** Shown for a moment, while the browser goes to a provider; with its way on for whoever is not taken there. */
import { Gate } from "../layout/gate.tsx"
import type { Translate } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"

export const Leaving = ({ t, name, to }: { t: Translate; name: string; to: string }) => (
  <Gate>
    <h1>{t("departure.title", { provider: name })}</h1>
    <p>{t("departure.detail")}</p>
    <Button kind="primary" size="big" href={to}>
      {t("departure.go", { provider: name })}
    </Button>
    <p class="gate-links">
      <a href="/login">{t("step.back")}</a>
    </p>
  </Gate>
)
