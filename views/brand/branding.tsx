/** A11: the company's name as it is shown, its colour and its picture. */
import type { Look } from "~/brand/rules.ts"
import type { Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { ConflictNotice, type Editing } from "../admin/sheet.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { Switch } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { BrandMark } from "./mark.tsx"

export const BRANDING_PATH = "/admin/branding"

export type BrandingProps = {
  screen: Screen
  look: Look | null
  company: string
  before: Written
  written: Written
  errors: FieldErrors
  conflict: Editing["conflict"]
  isSaved: boolean
  limits: { kilobytes: number; characters: number }
  /** Where the login page looks so, whatever other companies there are. */
  loginAddress: string
}

export const BrandingPage = (props: BrandingProps) => {
  const { screen, isSaved } = props
  const { t } = screen
  return (
    <div class="page settings-page" id="branding">
      <h1>{t("brand.title")}</h1>
      <p class="panel-intro">{t("brand.intro")}</p>
      {isSaved && <Banner tone="ok" title={t("admin.done_saved")} isAnnounced />}
      <Words {...props} />
      <Picture {...props} />
      <Preview {...props} />
    </div>
  )
}

function Words({ screen, company, before, written, errors, conflict, limits }: BrandingProps) {
  const { t } = screen
  const wrong = (name: string) => errors[name] && refusalLine(t, errors[name])
  const labels = { name: t("brand.name"), accent: t("brand.accent"), ownAccent: t("brand.own_accent") }
  const editing = { written, errors, conflict, before }
  return (
    <form class="card" method="post" action={BRANDING_PATH} aria-labelledby="brand-words">
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="before" value={JSON.stringify(before)} />
      <h2 id="brand-words">{t("brand.words")}</h2>
      {conflict && (
        <ConflictNotice screen={screen} panel="branding" action={BRANDING_PATH} editing={editing} labels={labels} />
      )}
      <TextField
        name="name"
        label={labels.name}
        hint={t("brand.name_hint", { company })}
        error={wrong("name")}
        value={written.name?.[0] ?? ""}
        autocomplete="off"
        more={{ maxlength: limits.characters }}
      />
      <Switch name="ownAccent" label={labels.ownAccent} isOn={(written.ownAccent?.length ?? 0) > 0} />
      <div class={errors.accent ? "field brand-accent is-wrong" : "field brand-accent"}>
        <label for="field-accent">{labels.accent}</label>
        <input
          class="input brand-colour"
          id="field-accent"
          name="accent"
          type="color"
          value={written.accent?.[0] || USUAL}
          aria-invalid={errors.accent ? "true" : null}
          aria-describedby={errors.accent ? "field-accent-hint field-accent-error" : "field-accent-hint"}
        />
        <p class="field-hint" id="field-accent-hint">
          {t("brand.accent_hint")}
        </p>
        {errors.accent && (
          <p class="field-error" id="field-accent-error">
            <Icon name="circle-alert" size="small" />
            <span>{wrong("accent")}</span>
          </p>
        )}
      </div>
      <p>
        <Button kind="primary" type="submit">
          {t("admin.save")}
        </Button>
      </p>
    </form>
  )
}

/** Sportello's own, for whoever begins to choose. */
const USUAL = "#00684a"

const Picture = ({ screen: { t, csrfToken }, look, limits }: BrandingProps) => (
  <section class="card" aria-labelledby="brand-picture">
    <h2 id="brand-picture">{t("brand.picture")}</h2>
    {look?.logo && (
      <form class="brand-now" method="post" action={`${BRANDING_PATH}/logo/removing`}>
        <FormToken csrfToken={csrfToken} />
        <img
          class="brand-picture"
          src={`/brand/${look.logo.file}`}
          width={look.logo.width}
          height={look.logo.height}
          alt={t("brand.picture_now")}
        />
        <Button type="submit" icon="trash-2">
          {t("brand.remove_picture")}
        </Button>
      </form>
    )}
    <div class="field">
      <label for="brand-file">{t("brand.file")}</label>
      <input
        class="input"
        type="file"
        id="brand-file"
        accept="image/png,image/jpeg,image/webp"
        data-uploads={`${BRANDING_PATH}/logo`}
        data-then={`${BRANDING_PATH}?done=saved`}
        aria-describedby="brand-file-hint brand-file-error"
      />
      <p class="field-hint" id="brand-file-hint">
        {t("brand.file_hint", { kilobytes: limits.kilobytes })}
      </p>
      <p class="field-error" id="brand-file-error" role="alert" />
    </div>
  </section>
)

/** Where it is seen, as it is now. */
const Preview = ({ screen: { t }, look, loginAddress }: BrandingProps) => (
  <section class="card" aria-labelledby="brand-preview">
    <h2 id="brand-preview">{t("brand.seen")}</h2>
    <div class="brand-preview">
      <BrandMark look={look} />
      <span class="button is-primary" aria-hidden="true">
        {t("login.submit")}
      </span>
      <span class="chip is-ok">{t("status.ready")}</span>
    </div>
    <p class="field-hint">{t("brand.seen_where", { address: loginAddress })}</p>
  </section>
)
