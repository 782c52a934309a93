/** Between somebody who is signed in and what an unlocked screen alone must not open. */
import type { LoginCompany } from "~/account/queries/ways-in.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { PROVIDER_NAMES } from "./elsewhere.tsx"

export const PROOF_PATH = "/proof"

/** What is done once they have proved it. */
export type Proof = {
  onward: string
  /** The page they come from. */
  back: string
  /** The form that was sent, which is sent on; null: `onward` is a page. */
  sent: ReadonlyMap<string, readonly string[]> | null
}
type ProofPageProps = { screen: Screen; proof: Proof; refusal?: Refusal | null }

export const ProofPage = ({ screen: { t, csrfToken }, proof, refusal = null }: ProofPageProps) => (
  <div class="page is-narrow">
    <h1>{t("proof.title")}</h1>
    <section class="card">
      {refusal && <Banner tone="bad" isAnnounced title={refusalLine(t, refusal)} />}
      <p>{t("proof.why")}</p>
      <form class="stack" method="post" action={PROOF_PATH}>
        <FormToken csrfToken={csrfToken} />
        <input type="hidden" name="_onward" value={proof.onward} />
        <input type="hidden" name="_back" value={proof.back} />
        <input type="hidden" name="_form" value={proof.sent === null ? "" : "yes"} />
        {[...(proof.sent ?? [])].flatMap(([name, values]) =>
          values.map((value) => <input type="hidden" name={name} value={value} />),
        )}
        <TextField
          name="_proof"
          type="password"
          label={t("factor.password")}
          required
          isFocused
          autocomplete="current-password"
        />
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("proof.go_on")}
          </Button>
          <Button href={proof.back}>{t("proof.back")}</Button>
        </div>
      </form>
    </section>
  </div>
)

type ElsewhereProps = { screen: Screen; next: string; company: Pick<LoginCompany, "providers"> }

/** Who signs in at a provider proves it there. */
export const ProofElsewhere = ({ screen: { t, csrfToken }, next, company }: ElsewhereProps) => (
  <div class="page is-narrow">
    <h1>{t("proof.title")}</h1>
    <section class="card">
      <p>{t("proof.why_elsewhere")}</p>
      <form class="stack" method="post" action={`${PROOF_PATH}/elsewhere`}>
        <FormToken csrfToken={csrfToken} />
        <input type="hidden" name="next" value={next} />
        {company.providers.map((provider) => (
          <Button size="big" type="submit" more={{ name: "provider", value: provider }}>
            <span class={`provider-mark is-${provider}`} aria-hidden="true" />
            {t("elsewhere.with", { provider: PROVIDER_NAMES[provider] })}
          </Button>
        ))}
      </form>
    </section>
  </div>
)
