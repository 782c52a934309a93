/** A forgotten password: asking for a link, and what became of one. */
import type { Refusal } from "~/kernel/step.ts"
import { Gate } from "../layout/gate.tsx"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"

type Props = { t: Translate; csrfToken: string; refusal: Refusal | null }

export const ForgottenPassword = ({ t, csrfToken, refusal }: Props) => (
  <Gate>
    <h1>{t("reset.title")}</h1>
    <p class="panel-intro">{t("reset.intro")}</p>
    {refusal && <Banner tone="warn" isAnnounced title={refusalLine(t, refusal)} />}
    <form class="stack" method="post" action="/password/forgotten">
      <FormToken csrfToken={csrfToken} />
      <TextField
        name="known"
        label={t("reset.known")}
        autocomplete="username"
        required
        isFocused
        more={{ autocapitalize: "none", spellcheck: "false", maxlength: 254 }}
      />
      <Button kind="primary" size="big" type="submit">
        {t("reset.ask")}
      </Button>
    </form>
    <p class="gate-links">
      <a href="/login">{t("step.back")}</a>
    </p>
  </Gate>
)

/** The same whoever was asked for. */
export const ResetAsked = ({ t }: Pick<Props, "t">) => (
  <Gate>
    <h1>{t("reset.title")}</h1>
    <Banner tone="info" icon="mail" isAnnounced title={t("reset.asked")}>
      {t("reset.asked_detail")}
    </Banner>
    <p class="gate-links">
      <a href="/login">{t("step.back")}</a>
    </p>
  </Gate>
)

export const ResetOver = ({ t }: Pick<Props, "t">) => (
  <Gate>
    <h1>{t("reset.title")}</h1>
    <Banner tone="bad" isAnnounced title={t("refused.password.reset_over")} />
    <p class="gate-links">
      <a href="/password/forgotten">{t("reset.ask_again")}</a>
      <a href="/login">{t("step.back")}</a>
    </p>
  </Gate>
)
