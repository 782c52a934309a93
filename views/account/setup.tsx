import type { SetupProps as Setup_ } from "~/account/routes.tsx"
import { Gate } from "../layout/gate.tsx"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"

export type SetupProps = Omit<Setup_, "t"> & { t: Translate }

/** In the order of the page: the first that is wrong has the focus. */
const FIELDS = ["firstName", "lastName", "username", "password", "repeated"] as const

/** The first run: the administrator of an appliance that nobody can sign in to yet. */
export function Setup({ t, csrfToken, token, typed, errors }: SetupProps) {
  const wrong = (field: string) => {
    const refusal = errors[field]
    return refusal && refusalLine(t, refusal)
  }
  const first = FIELDS.find((name) => errors[name]) ?? FIELDS[0]
  const field = (name: (typeof FIELDS)[number]) => ({ name, error: wrong(name), isFocused: name === first })
  const formError = wrong("form")
  return (
    <Gate size="wide" footer={t("setup.closes")}>
      <h1>{t("setup.title")}</h1>
      <p class="panel-intro">{t("setup.intro")}</p>
      {formError && <Banner tone="bad" isAnnounced title={formError} />}
      <form class="stack" method="post" action={`/setup/${token}`}>
        <FormToken csrfToken={csrfToken} />
        <div class="columns">
          <TextField
            {...field("firstName")}
            label={t("setup.first_name")}
            value={typed.firstName}
            autocomplete="given-name"
            required
          />
          <TextField
            {...field("lastName")}
            label={t("setup.last_name")}
            value={typed.lastName}
            autocomplete="family-name"
          />
        </div>
        <TextField
          {...field("username")}
          label={t("login.username")}
          value={typed.username}
          autocomplete="username"
          required
          more={{ autocapitalize: "none", spellcheck: "false" }}
        />
        <div class="columns">
          <TextField
            {...field("password")}
            type="password"
            label={t("login.password")}
            autocomplete="new-password"
            required
            hint={wrong("password") ? undefined : t("setup.password_hint")}
          />
          <TextField
            {...field("repeated")}
            type="password"
            label={t("setup.repeated")}
            autocomplete="new-password"
            required
          />
        </div>
        <Button kind="primary" size="big" type="submit">
          {t("setup.submit")}
        </Button>
      </form>
    </Gate>
  )
}
