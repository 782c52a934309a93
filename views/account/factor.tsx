/** The second factor of somebody who is signed in. */
import type { FactorInvitation } from "~/account/actions/steps.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { FactorSetUp, RecoveryCodes } from "./step.tsx"

type FactorPageProps = { screen: Screen; invitation: FactorInvitation; refusal: Refusal | null }

export const FactorPage = ({ screen: { t, csrfToken }, invitation, refusal }: FactorPageProps) => (
  <div class="page is-narrow">
    <h1>{t("factor.title")}</h1>
    <section class="card">
      {refusal && <Banner tone="bad" isAnnounced title={refusalLine(t, refusal)} />}
      <form class="stack" method="post" action="/profile/second-factor/confirmation">
        <FormToken csrfToken={csrfToken} />
        <FactorSetUp t={t} invitation={invitation} />
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("factor.turn_on")}
          </Button>
          <Button href="/profile">{t("account.cancel")}</Button>
        </div>
      </form>
    </section>
  </div>
)

export const FactorCodes = ({ screen, codes }: { screen: Screen; codes: readonly string[] }) => (
  <div class="page is-narrow">
    <section class="card">
      <RecoveryCodes t={screen.t} codes={codes} next="/profile" />
    </section>
  </div>
)
