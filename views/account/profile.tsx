import type { FactorStanding, OwnSession } from "~/account/queries/standing.ts"
import type { ProfileDone } from "~/account/routes/profile.tsx"
import type { LoginType } from "~/account/rules.ts"
import type { FieldErrors } from "~/web/form.ts"
import { languageName } from "../layout/user-menu.tsx"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { PasskeysCard } from "./passkeys.tsx"

export type ProfileProps = {
  screen: Screen
  user: {
    username: string
    email: string | null
    firstName: string
    lastName: string
    level: string
    language: string
    loginType: LoginType
  }
  languages: readonly string[]
  factor: FactorStanding
  sessions: readonly OwnSession[]
  least: number
  /** Browsers have passkeys for the configured address. */
  hasPasskeys: boolean
  address: string
  errors: FieldErrors
  done: ProfileDone | null
}

/** Whose way in is not ours has a password, and at a provider a second factor, where that is. */
const ElsewhereCard = ({ screen: { t }, user: { loginType } }: ProfileProps) => (
  <section class="card" aria-labelledby="elsewhere-title">
    <h2 id="elsewhere-title">{t("elsewhere.mine")}</h2>
    <p>{t(loginType === "ldap" ? "elsewhere.mine_ldap" : "elsewhere.mine_external")}</p>
  </section>
)

/** S8: the data of the signed-in user, and their way in. */
export function Profile(props: ProfileProps) {
  const { screen, user, languages, done } = props
  const { t, csrfToken } = screen
  const name = `${user.firstName} ${user.lastName}`.trim()
  return (
    <div class="page is-narrow">
      <h1>{t("profile.title")}</h1>
      {done && <Banner tone="ok" isAnnounced title={t(`profile.done_${done}`)} />}
      <section class="card">
        <div class="card-head">
          <Avatar name={name} size="large" />
          <h2>{name}</h2>
        </div>
        <Facts
          facts={[
            { name: t("login.username"), value: user.username },
            { name: t("profile.email"), value: user.email ?? "–" },
            { name: t("profile.level"), value: t(`level.${user.level}` as PlainKey) },
          ]}
        />
        <form class="line-form" method="post" action="/profile/language">
          <FormToken csrfToken={csrfToken} />
          <SelectField
            name="language"
            label={t("login.language")}
            value={user.language}
            options={languages.map((each) => ({ value: each, label: languageName(each), language: each }))}
          />
          <Button type="submit">{t("profile.save_language")}</Button>
        </form>
      </section>
      {user.loginType === "password" ? <PasswordCard {...props} /> : <ElsewhereCard {...props} />}
      {user.loginType !== "external" && <FactorCard {...props} />}
      {user.loginType !== "external" && <Passkeys {...props} />}
      <SessionsCard {...props} />
    </div>
  )
}

function PasswordCard({ screen: { t, csrfToken }, errors, least }: ProfileProps) {
  const wrong = (field: string) => errors[field] && refusalLine(t, errors[field])
  const isFirst = (field: string) => ["current", "password", "repeated"].find((one) => errors[one]) === field
  return (
    <section class="card" aria-labelledby="password-title">
      <h2 id="password-title">{t("password.change")}</h2>
      <form class="stack" method="post" action="/profile/password">
        <FormToken csrfToken={csrfToken} />
        <TextField
          name="current"
          type="password"
          label={t("password.current")}
          error={wrong("current")}
          autocomplete="current-password"
          required
          isFocused={isFirst("current")}
        />
        <div class="columns">
          <TextField
            name="password"
            type="password"
            label={t("password.new")}
            error={wrong("password")}
            autocomplete="new-password"
            required
            isFocused={isFirst("password")}
            hint={wrong("password") ? undefined : t("password.hint", { characters: least })}
          />
          <TextField
            name="repeated"
            type="password"
            label={t("password.repeated")}
            error={wrong("repeated")}
            autocomplete="new-password"
            required
            isFocused={isFirst("repeated")}
          />
        </div>
        <div class="row-of-buttons">
          <Button type="submit">{t("password.change")}</Button>
        </div>
      </form>
    </section>
  )
}

function Passkeys({ screen, factor: { passkeys, rule }, hasPasskeys, address, errors }: ProfileProps) {
  if (rule === "off" && passkeys.length === 0) return null
  const refusal = errors.passkey ?? null
  return (
    <PasskeysCard
      screen={screen}
      passkeys={passkeys}
      mayAdd={rule !== "off"}
      isPossible={hasPasskeys}
      address={address}
      refusal={refusal}
    />
  )
}

function FactorCard({ screen: { t, csrfToken }, factor, errors }: ProfileProps) {
  const { hasApp, passkeys, codesLeft, rule } = factor
  const isOn = hasApp || passkeys.length > 0
  if (rule === "off" && !isOn) return null
  const standing = isOn ? t("factor.is_on", { count: codesLeft }) : t("factor.is_off")
  return (
    <section class="card" aria-labelledby="factor-title">
      <h2 id="factor-title">{t("factor.title")}</h2>
      <p>{standing}</p>
      {isOn && !hasApp && <p>{t("factor.by_passkey")}</p>}
      {errors.factor && <Banner tone="bad" isAnnounced title={refusalLine(t, errors.factor)} />}
      <form class="stack" method="post" action="/profile/second-factor">
        <FormToken csrfToken={csrfToken} />
        <TextField name="proof" type="password" label={t("factor.password")} required autocomplete="current-password" />
        <div class="row-of-buttons">
          {!hasApp && rule !== "off" && <Button type="submit">{t("factor.set_up")}</Button>}
          {isOn && (
            <Button type="submit" more={{ formaction: "/profile/second-factor/codes" }}>
              {t("factor.renew")}
            </Button>
          )}
          {hasApp && (rule !== "required" || passkeys.length > 0) && (
            <Button kind="danger" type="submit" more={{ formaction: "/profile/second-factor/ending" }}>
              {t("factor.turn_off")}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

function SessionsCard({ screen: { t, format, now, csrfToken }, sessions }: ProfileProps) {
  return (
    <section class="card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("sessions.title")}</h2>
      <ul class="sessions">
        {sessions.map(({ name, browser, address, since, lastSeenAt, isThis }) => (
          <li class="session">
            <Icon name="monitor-smartphone" />
            <div class="session-words">
              <strong>
                {browser ?? t("sessions.unknown_browser")}
                {isThis && <span class="chip is-ok">{t("sessions.this")}</span>}
              </strong>
              <span>
                {t("sessions.since", { since: format.moment(since, now), seen: format.moment(lastSeenAt, now) })}
                {address && ` · ${address}`}
              </span>
            </div>
            {!isThis && (
              <form method="post" action={`/profile/sessions/${name}/ending`}>
                <FormToken csrfToken={csrfToken} />
                <Button size="small" type="submit">
                  {t("sessions.end")}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form class="row-of-buttons" method="post" action="/profile/sessions/ending">
          <FormToken csrfToken={csrfToken} />
          <Button kind="danger" type="submit">
            {t("sessions.end_others")}
          </Button>
        </form>
      )}
    </section>
  )
}
