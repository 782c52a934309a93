/** Passkeys of somebody who is signed in: the list, a new one, and taking one away. */
import type { PasskeyAsk } from "~/account/actions/passkeys.ts"
import type { OwnPasskey } from "~/account/queries/standing.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { PasskeyForm } from "./passkey-form.tsx"

export type PasskeysCardProps = {
  screen: Screen
  passkeys: readonly OwnPasskey[]
  /** New ones may be added. */
  mayAdd: boolean
  /** Browsers have passkeys for the configured address. */
  isPossible: boolean
  address: string
  refusal: Refusal | null
}

export function PasskeysCard({ screen, passkeys, mayAdd, isPossible, address, refusal }: PasskeysCardProps) {
  const { t, csrfToken } = screen
  return (
    <section class="card" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t("passkey.title")}</h2>
      <p>{t("passkey.intro")}</p>
      {refusal && <Banner tone="bad" isAnnounced title={refusalLine(t, refusal)} />}
      {passkeys.length > 0 && (
        <ul class="sessions">
          {passkeys.map((one) => (
            <PasskeyLine screen={screen} one={one} />
          ))}
        </ul>
      )}
      {!isPossible && <Banner tone="info" title={t("passkey.not_here", { address })} />}
      {isPossible && mayAdd && (
        <form class="stack" method="post" action="/profile/passkeys/new">
          <FormToken csrfToken={csrfToken} />
          <TextField
            name="passkeyProof"
            type="password"
            label={t("factor.password")}
            required
            autocomplete="current-password"
          />
          <div class="row-of-buttons">
            <Button type="submit">{t("passkey.add")}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

const PasskeyLine = ({ screen: { t, format, now }, one }: { screen: Screen; one: OwnPasskey }) => (
  <li class="session">
    <Icon name="shield-check" />
    <div class="session-words">
      <strong>
        {one.name}
        {one.stoppedAt !== null && <span class="chip is-bad">{t("passkey.stopped")}</span>}
      </strong>
      <span>
        {one.lastUsedAt === null
          ? t("passkey.unused", { added: format.moment(one.addedAt, now) })
          : t("passkey.used", { added: format.moment(one.addedAt, now), used: format.moment(one.lastUsedAt, now) })}
      </span>
      {one.stoppedAt !== null && <span>{t("passkey.stopped_detail")}</span>}
    </div>
    <Button
      size="small"
      href={`/profile/passkeys/${one.id}/name`}
      more={{ "aria-label": t("passkey.rename_named", { name: one.name }) }}
    >
      {t("passkey.rename")}
    </Button>
    <Button
      size="small"
      href={`/profile/passkeys/${one.id}`}
      more={{ "aria-label": t("passkey.remove_named", { name: one.name }) }}
    >
      {t("passkey.remove")}
    </Button>
  </li>
)

type NewPasskeyProps = { screen: Screen; asked: PasskeyAsk; name: string; refusal: Refusal | null }

export const NewPasskey = ({ screen: { t, csrfToken }, asked, name, refusal }: NewPasskeyProps) => (
  <div class="page is-narrow">
    <h1>{t("passkey.new_title")}</h1>
    <section class="card">
      {refusal && <Banner tone="bad" isAnnounced title={refusalLine(t, refusal)} />}
      <p>{t("passkey.new_intro")}</p>
      <PasskeyForm
        t={t}
        csrfToken={csrfToken}
        asked={asked}
        action="/profile/passkeys"
        deed="create"
        kind="primary"
        label={t("passkey.make")}
      >
        <TextField
          name="name"
          label={t("passkey.name")}
          hint={t("passkey.name_hint")}
          value={name}
          required
          autocomplete="off"
          isFocused
          more={{ maxlength: 60 }}
        />
      </PasskeyForm>
      <p class="field-hint passkey-missing">{t("passkey.no_browser")}</p>
      <div class="row-of-buttons">
        <Button href="/profile">{t("account.cancel")}</Button>
      </div>
    </section>
  </div>
)

type OneProps = { screen: Screen; passkey: OwnPasskey; refusal: Refusal | null }

export const PasskeyNaming = ({ screen: { t, csrfToken }, passkey, refusal }: OneProps) => (
  <div class="page is-narrow">
    <h1>{t("passkey.naming_title")}</h1>
    <section class="card">
      <form class="stack" method="post" action={`/profile/passkeys/${passkey.id}/name`}>
        <FormToken csrfToken={csrfToken} />
        <TextField
          name="name"
          label={t("passkey.name")}
          hint={t("passkey.name_hint")}
          value={passkey.name}
          required
          autocomplete="off"
          isFocused
          more={{ maxlength: 60 }}
          error={refusal ? refusalLine(t, refusal) : undefined}
        />
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("passkey.rename")}
          </Button>
          <Button href="/profile">{t("account.cancel")}</Button>
        </div>
      </form>
    </section>
  </div>
)

export const PasskeyRemoval = ({ screen: { t, csrfToken }, passkey, refusal }: OneProps) => (
  <div class="page is-narrow">
    <h1>{t("passkey.removal_title")}</h1>
    <section class="card">
      {refusal && <Banner tone="bad" isAnnounced title={refusalLine(t, refusal)} />}
      <p>{t("passkey.removal", { name: passkey.name })}</p>
      <form class="stack" method="post" action={`/profile/passkeys/${passkey.id}/removal`}>
        <FormToken csrfToken={csrfToken} />
        <TextField
          name="proof"
          type="password"
          label={t("factor.password")}
          required
          isFocused
          autocomplete="current-password"
        />
        <div class="row-of-buttons">
          <Button kind="danger" type="submit">
            {t("passkey.remove")}
          </Button>
          <Button href="/profile">{t("account.cancel")}</Button>
        </div>
      </form>
    </section>
  </div>
)
