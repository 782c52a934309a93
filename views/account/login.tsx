import type { LoginProps as Login_ } from "~/account/routes.tsx"
import { Gate } from "../layout/gate.tsx"
import { languageName } from "../layout/user-menu.tsx"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import { CompanyChoice, ProviderButtons } from "./elsewhere.tsx"
import { PasskeyForm } from "./passkey-form.tsx"

export type LoginProps = Omit<Login_, "t"> & { t: Translate }

export const Login = ({
  t,
  csrfToken,
  username,
  language,
  shownLanguage,
  languages,
  next,
  refusal,
  notice,
  company,
  hasPasskeys,
  look = null,
}: LoginProps) => (
  <Gate look={look}>
    <h1>{t("login.title")}</h1>
    {refusal && <Refused t={t} refusal={refusal} />}
    {notice && <Banner tone="ok" isAnnounced title={t(`login.notice_${notice}`)} />}
    <form class="stack" method="post" action="/login">
      <FormToken csrfToken={csrfToken} />
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="shownLanguage" value={shownLanguage} />
      <TextField
        name="username"
        label={t("login.username")}
        value={username}
        autocomplete="username"
        required
        isFocused={username === ""}
        more={{ autocapitalize: "none", spellcheck: "false", maxlength: 200 }}
      />
      <TextField
        name="password"
        type="password"
        label={t("login.password")}
        autocomplete="current-password"
        required
        isFocused={username !== ""}
        more={{ maxlength: 1_000 }}
        inside={<Reveal label={t("login.show_password")} />}
      />
      <a class="field-link" href="/password/forgotten">
        {t("reset.title")}
      </a>
      <SelectField
        name="language"
        label={t("login.language")}
        value={language}
        options={languages.map((each) => ({ value: each, label: languageName(each), language: each }))}
      />
      <Button kind="primary" size="big" type="submit">
        {t("login.submit")}
      </Button>
      {ProviderButtons({ t, company })}
    </form>
    {hasPasskeys && (
      <PasskeyForm
        t={t}
        csrfToken={csrfToken}
        action="/login/passkey"
        deed="get"
        asked={null}
        label={t("passkey.sign_in")}
      >
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="language" value={language} />
        <input type="hidden" name="shownLanguage" value={shownLanguage} />
      </PasskeyForm>
    )}
    {CompanyChoice({ t, company, next })}
  </Gate>
)

/** Shown by the script only: without it the button could do nothing. */
const Reveal = ({ label }: { label: string }) => (
  <IconButton icon="eye" label={label} more={{ "data-action": "reveal", "aria-pressed": "false", hidden: true }} />
)

type RefusedProps = Pick<LoginProps, "t"> & { refusal: NonNullable<LoginProps["refusal"]> }

function Refused({ t, refusal: { refused, detail } }: RefusedProps) {
  switch (refused) {
    case "login.throttled":
      return (
        <Banner
          tone="warn"
          icon="hourglass"
          isAnnounced
          title={t("refused.login.throttled", { seconds: detail?.seconds ?? 1 })}
        >
          {t("login.throttled_detail")}
        </Banner>
      )
    case "passkey.over":
    case "passkey.wrong":
    case "passkey.unknown":
    case "passkey.stopped":
    case "passkey.second_only":
    case "login.network_refused":
    case "login.one_time_over":
    case "login.step_over":
      return <Banner tone="bad" isAnnounced title={refusalLine(t, { refused })} />
    case "login.directory_down":
    case "login.directory_group":
      return <Banner tone="bad" isAnnounced title={refusalLine(t, { refused })} />
    case "busy":
      return <Banner tone="warn" icon="hourglass" isAnnounced title={t("refused.busy")} />
    default:
      if (detail?.provider !== undefined)
        return <Banner tone="bad" isAnnounced title={refusalLine(t, { refused, detail })} />
      return (
        <Banner tone="bad" isAnnounced title={t("refused.login.wrong")}>
          {t("login.wrong_detail")}
        </Banner>
      )
  }
}
