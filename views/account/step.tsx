/** The way in after a right password: a code, a password of one's own, a second factor that one has to have. */
import type { PasskeyAsk } from "~/account/actions/passkeys.ts"
import type { FactorInvitation } from "~/account/actions/steps.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { FieldErrors } from "~/web/form.ts"
import { Gate } from "../layout/gate.tsx"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { PasskeyForm } from "./passkey-form.tsx"

type StepProps = { t: Translate; csrfToken: string; refusal: Refusal | null }
/** What a passkey would be asked; null where there is none, or can be none. */
type WithPasskey = StepProps & { asked: PasskeyAsk | null }

const Refused = ({ t, refusal }: Pick<StepProps, "t" | "refusal">) =>
  refusal && (
    <Banner tone={refusal.refused === "login.throttled" ? "warn" : "bad"} isAnnounced title={refusalLine(t, refusal)} />
  )

const BackToLogin = ({ t }: Pick<StepProps, "t">) => (
  <p class="gate-links">
    <a href="/login">{t("step.back")}</a>
  </p>
)

const CODE = { inputmode: "numeric", maxlength: 40, spellcheck: "false", autocapitalize: "none" }

export const CodeStep = ({ t, csrfToken, refusal, asked }: WithPasskey) => (
  <Gate>
    <h1>{t("step.code_title")}</h1>
    <Refused t={t} refusal={refusal} />
    {asked && (
      <PasskeyForm
        t={t}
        csrfToken={csrfToken}
        asked={asked}
        action="/login/code/passkey"
        deed="get"
        kind="primary"
        label={t("passkey.use")}
      />
    )}
    <form class="stack" method="post" action="/login/code">
      <FormToken csrfToken={csrfToken} />
      <TextField
        name="code"
        label={t("step.code")}
        hint={t("step.code_hint")}
        autocomplete="one-time-code"
        required
        isFocused
        more={CODE}
      />
      <Button kind={asked ? "plain" : "primary"} size="big" type="submit">
        {t("step.go_on")}
      </Button>
    </form>
    <BackToLogin t={t} />
  </Gate>
)

export type NewPasswordProps = {
  t: Translate
  csrfToken: string
  title: string
  intro: string
  action: string
  least: number
  errors: FieldErrors
  children?: unknown
}

/** A new password twice: at the first login, and behind a link of a mail. */
export function NewPassword({ t, csrfToken, title, intro, action, least, errors }: NewPasswordProps) {
  const wrong = (field: string) => errors[field] && refusalLine(t, errors[field])
  const formError = wrong("form")
  return (
    <Gate>
      <h1>{title}</h1>
      <p class="panel-intro">{intro}</p>
      {formError && <Banner tone="bad" isAnnounced title={formError} />}
      <form class="stack" method="post" action={action}>
        <FormToken csrfToken={csrfToken} />
        <TextField
          name="password"
          type="password"
          label={t("password.new")}
          error={wrong("password")}
          autocomplete="new-password"
          required
          isFocused
          more={{ maxlength: 1_000 }}
          hint={wrong("password") ? undefined : t("password.hint", { characters: least })}
        />
        <TextField
          name="repeated"
          type="password"
          label={t("password.repeated")}
          error={wrong("repeated")}
          autocomplete="new-password"
          required
          more={{ maxlength: 1_000 }}
        />
        <Button kind="primary" size="big" type="submit">
          {t("password.save")}
        </Button>
      </form>
      <BackToLogin t={t} />
    </Gate>
  )
}

export const FactorStep = ({
  t,
  csrfToken,
  refusal,
  invitation,
  asked,
}: WithPasskey & { invitation: FactorInvitation }) => (
  <Gate>
    <h1>{t("factor.title")}</h1>
    <p class="panel-intro">{t("factor.demanded")}</p>
    <Refused t={t} refusal={refusal} />
    {asked && (
      <PasskeyForm
        t={t}
        csrfToken={csrfToken}
        asked={asked}
        action="/login/second-factor/passkey"
        deed="create"
        label={t("passkey.make")}
      >
        <p>{t("passkey.instead")}</p>
      </PasskeyForm>
    )}
    <form class="stack" method="post" action="/login/second-factor">
      <FormToken csrfToken={csrfToken} />
      <FactorSetUp t={t} invitation={invitation} />
      <Button kind="primary" size="big" type="submit">
        {t("factor.turn_on")}
      </Button>
    </form>
    <BackToLogin t={t} />
  </Gate>
)

/** The picture for the app, the same in letters, and the field for the first code. */
export const FactorSetUp = ({ t, invitation }: { t: Translate; invitation: FactorInvitation }) => (
  <>
    <p>{t("factor.scan")}</p>
    <svg class="qr" viewBox={`0 0 ${invitation.qr.size} ${invitation.qr.size}`} role="img" aria-label={t("factor.qr")}>
      <path d={invitation.qr.path} />
    </svg>
    <p class="field-hint">
      {t("factor.by_hand")} <code class="code">{invitation.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
    </p>
    <TextField name="code" label={t("factor.first_code")} autocomplete="one-time-code" required more={CODE} />
  </>
)

type CodesProps = { t: Translate; codes: readonly string[]; next: string }

/** Shown once: whoever leaves the page cannot read them again. */
export const RecoveryCodes = ({ t, codes, next }: CodesProps) => (
  <>
    <h1>{t("factor.codes_title")}</h1>
    <p class="panel-intro">{t("factor.codes_intro")}</p>
    <ul class="codes">
      {codes.map((code) => (
        <li>
          <code class="code">{code}</code>
        </li>
      ))}
    </ul>
    <div class="row-of-buttons">
      <Button icon="copy" more={{ "data-action": "copy", "data-text": codes.join("\n") }}>
        {t("account.copy")}
      </Button>
      <Button kind="primary" href={next}>
        {t("factor.codes_kept")}
      </Button>
    </div>
  </>
)
