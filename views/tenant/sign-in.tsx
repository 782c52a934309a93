/** A11, sign-in: passwords, second factor by level, sessions, networks. */
import type { FactorSetting, SignInNumber, SignInSetting } from "~/tenant/rules/sign-in-settings.ts"
import { fieldOf } from "../admin/field.ts"
import { ConflictNotice, type Editing } from "../admin/sheet.tsx"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import { AreaField, ChoiceField, NumberField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

const PANEL = "sign-in"
const RULES = ["off", "optional", "required"] as const

type Kind = { standard: number; least: number; most: number }
export type SignInSettingsProps = {
  screen: Screen
  /** Where the form is sent. */
  path: string
  editing: Editing
  factors: readonly FactorSetting[]
  choices: { readonly [Name in SignInNumber]: Kind }
  /** Where whoever sees the page comes from. */
  address: string
  isDone: boolean
}

export function SignInSettings(props: SignInSettingsProps) {
  const { screen, path, editing, isDone } = props
  const { t, csrfToken } = screen
  const { errors, conflict, before } = editing
  const wrong = Object.keys(errors).filter((name) => name !== "form").length
  return (
    <form
      class="page is-narrow"
      id={PANEL}
      method="post"
      action={path}
      novalidate
      hx-post={path}
      hx-target="this"
      hx-swap="outerMorph"
    >
      <FormToken csrfToken={csrfToken} />
      {before && <input type="hidden" name="before" value={JSON.stringify(before)} />}
      <h1>{t("sign_in_settings.title")}</h1>
      {isDone && <Banner tone="ok" title={t("admin.done_saved")} isAnnounced />}
      {errors.form && <Banner tone="bad" title={refusalLine(t, errors.form)} isAnnounced />}
      {conflict && (
        <ConflictNotice screen={screen} panel={PANEL} action={path} editing={editing} labels={labelsOf(t)} />
      )}
      <Passwords {...props} />
      <Factors {...props} />
      <Sessions {...props} />
      <Networks {...props} />
      <div class="row-of-buttons">
        <Button kind="primary" type="submit">
          {t("admin.save")}
        </Button>
        {wrong > 0 && <p class="sheet-wrong">{t("admin.to_correct", { count: wrong })}</p>}
      </div>
    </form>
  )
}

const field = ({ screen: { t }, editing }: SignInSettingsProps, name: SignInSetting) => ({
  ...fieldOf(t, editing)(name),
  label: t(`sign_in_settings.name.${name}`),
})

type OneNumberProps = SignInSettingsProps & { name: SignInNumber; unit: "characters" | "minutes" | "hours" }

const OneNumber = ({ name, unit, ...props }: OneNumberProps) => {
  const { t, format } = props.screen
  const { standard, least, most } = props.choices[name]
  const hint = `${t(`sign_in_settings.hint.${name}`)} ${t("sign_in_settings.standard", { value: format.number(standard) })}`
  return (
    <NumberField
      {...field(props, name)}
      hint={hint}
      least={least}
      most={most}
      unit={t(`sign_in_settings.unit_${unit}`)}
    />
  )
}

const Passwords = (props: SignInSettingsProps) => (
  <section class="card stack" aria-labelledby="passwords-title">
    <h2 id="passwords-title">{props.screen.t("sign_in_settings.passwords")}</h2>
    <div class="columns">
      <OneNumber {...props} name="passwordCharacters" unit="characters" />
      <OneNumber {...props} name="passwordCharactersWithFactor" unit="characters" />
    </div>
  </section>
)

const Factors = (props: SignInSettingsProps) => {
  const { t } = props.screen
  const options = RULES.map((value) => ({ value, label: t(`sign_in_settings.factor_${value}`) }))
  return (
    <section class="card stack" aria-labelledby="factors-title">
      <h2 id="factors-title">{t("sign_in_settings.factors")}</h2>
      <p class="is-quiet">{t("sign_in_settings.factors_hint")}</p>
      {props.factors.map((name) => (
        <ChoiceField {...field(props, name)} options={options} />
      ))}
    </section>
  )
}

const Sessions = (props: SignInSettingsProps) => {
  const { t } = props.screen
  const isOn = (props.editing.written.singleSession?.length ?? 0) > 0
  const single = { name: "singleSession", label: t("sign_in_settings.name.singleSession"), isOn }
  return (
    <section class="card stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("sign_in_settings.sessions")}</h2>
      <div class="columns">
        <OneNumber {...props} name="sessionIdleMinutes" unit="minutes" />
        <OneNumber {...props} name="sessionLifeHours" unit="hours" />
      </div>
      <Switch {...single} hint={t("sign_in_settings.hint.singleSession")} />
    </section>
  )
}

/** Leaving oneself out is asked about once more, beside the list that does it. */
const Networks = (props: SignInSettingsProps) => {
  const { t } = props.screen
  const isLeftOut = props.editing.errors.allowedNetworks?.refused === "networks.without_you"
  return (
    <section class="card stack" aria-labelledby="networks-title">
      <h2 id="networks-title">{t("sign_in_settings.networks")}</h2>
      <AreaField
        {...field(props, "allowedNetworks")}
        rows={3}
        more={{ spellcheck: "false" }}
        hint={t("sign_in_settings.hint.allowedNetworks", { address: props.address })}
      />
      {isLeftOut && <Switch name="confirmed" label={t("sign_in_settings.confirm_networks")} isOn={false} />}
    </section>
  )
}

const NAMES: readonly SignInSetting[] = [
  "passwordCharacters",
  "passwordCharactersWithFactor",
  "sessionIdleMinutes",
  "sessionLifeHours",
  "secondFactorAgent",
  "secondFactorSupervisor",
  "secondFactorCampaignManager",
  "secondFactorTenantAdmin",
  "secondFactorPlatformAdmin",
  "singleSession",
  "allowedNetworks",
]
const labelsOf = (t: Translate): Record<string, string> =>
  Object.fromEntries(NAMES.map((name) => [name, t(`sign_in_settings.name.${name}`)]))
