/** A3: a number is connected: what Meta gave, step by step; what is wrong is said beside its field. */

import { fieldOf } from "../admin/field.ts"
import { type Editing, Sheet, SheetForm } from "../admin/sheet.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { FormGroup } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { CHANNELS_PANEL } from "./channels.tsx"
import { CHANNELS_PATH, troubleWords } from "./page.tsx"

export type NewChannelProps = {
  screen: Screen
  editing: Editing
  skillsets: readonly { id: number; name: string; memberCount: number }[]
  closePath: string
  /** Meta could not be asked, or said why not: its own words for whoever asks its support. */
  trouble: { why: string; code: number | null; words: string | null } | null
}

export function NewChannel({ screen, editing, skillsets, closePath, trouble }: NewChannelProps) {
  const { t } = screen
  if (skillsets.length === 0)
    return (
      <Sheet screen={screen} panel={CHANNELS_PANEL} closePath={closePath} title={t("channels.new")}>
        <div class="sheet-body">
          <Banner
            tone="info"
            title={t("channels.skillset_first")}
            actions={<Button href="/admin/skillsets/new">{t("channels.to_skillsets")}</Button>}
          >
            {t("channels.skillset_first_detail")}
          </Banner>
        </div>
      </Sheet>
    )
  const field = plainField(screen, editing)
  return (
    <Sheet
      screen={screen}
      panel={CHANNELS_PANEL}
      closePath={closePath}
      title={t("channels.new")}
      subtitle={t("channels.new_hint")}
    >
      <SheetForm
        screen={screen}
        panel={CHANNELS_PANEL}
        action={CHANNELS_PATH}
        closePath={closePath}
        editing={editing}
        submitLabel={t("channels.connect")}
        labels={{}}
      >
        {trouble && <MetaSays screen={screen} trouble={trouble} />}
        <FormGroup legend={t("channels.step_who")}>
          <TextField {...field("name")} label={t("channels.name")} hint={t("channels.name_hint")} />
          <SelectField
            {...field("skillset")}
            label={t("channels.first_skillset")}
            hint={t("channels.first_skillset_hint")}
            options={skillsets.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        </FormGroup>
        <FormGroup legend={t("channels.step_number")}>
          <p class="field-hint">{t("channels.step_number_where")}</p>
          <TextField {...field("phoneNumberId")} label={t("channels.phone_number_id")} autocomplete="off" />
          <TextField {...field("wabaId")} label={t("channels.waba_id")} autocomplete="off" />
        </FormGroup>
        <FormGroup legend={t("channels.step_access")}>
          <p class="field-hint">{t("channels.step_access_where")}</p>
          <TextField
            {...secretField(screen, editing, "accessToken")}
            label={t("channels.access_token")}
            hint={t("channels.access_token_hint")}
          />
          <TextField
            {...secretField(screen, editing, "appSecret")}
            label={t("channels.app_secret")}
            hint={t("channels.app_secret_hint")}
          />
        </FormGroup>
        <p class="field-hint">{t("channels.connect_hint")}</p>
      </SheetForm>
    </Sheet>
  )
}

const plainField =
  ({ t }: Screen, editing: Editing) =>
  (name: string) => ({
    ...fieldOf(t, editing)(name),
    autocomplete: "off",
  })

/** Never comes back from the server: it is typed again when something else is wrong. */
export const secretField = ({ t }: Screen, { errors }: Pick<Editing, "errors">, name: string) => ({
  name,
  type: "password" as const,
  autocomplete: "new-password",
  error: errors[name] && refusalLine(t, errors[name]),
})

/** Meta's answer in plain words, with its own behind them. */
export function MetaSays({ screen, trouble }: { screen: Screen; trouble: NonNullable<NewChannelProps["trouble"]> }) {
  const { t } = screen
  const { why, code, words } = trouble
  const own = [code === null ? null : `(#${code})`, words].filter(Boolean).join(" ")
  return (
    <div class="meta-says" role="alert">
      <strong>{troubleWords(t, why)}</strong>
      {own !== "" && (
        <details>
          <summary>{t("channels.meta_said")}</summary>
          <code>{own}</code>
        </details>
      )}
    </div>
  )
}
