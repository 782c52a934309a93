/** The buttons of a template that is written. Every row there can be is there; the style sheet shows the next free one. */
import type { DRAFTING } from "~/template/rules/drafting.ts"
import type { Editing } from "../admin/sheet.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type Known = typeof DRAFTING
type Props = { screen: Screen; editing: Editing; known: Known; error: string | undefined }

export const DraftButtons = ({ screen, editing: { written }, known, error }: Props) => (
  <fieldset class={`field template-draft-buttons${error ? " is-wrong" : ""}`}>
    <legend>{screen.t("templates_admin.buttons")}</legend>
    {Array.from({ length: known.limits.buttons }, (_, index) => (
      <ButtonRow screen={screen} known={known} place={index + 1} at={(name) => written[name]?.[index] ?? ""} />
    ))}
    <p class="field-hint">{screen.t("templates_admin.buttons_hint")}</p>
    {error && (
      <p class="field-error">
        <Icon name="circle-alert" size="small" />
        <span>{error}</span>
      </p>
    )}
  </fieldset>
)

type RowProps = { screen: Screen; known: Known; place: number; at: (name: string) => string }

function ButtonRow({ screen: { t }, known: { buttons, limits }, place, at }: RowProps) {
  const input = (name: string, label: string, most: number) => (
    <input
      class="input"
      name={name}
      value={at(name)}
      maxlength={most}
      autocomplete="off"
      dir="auto"
      placeholder={label}
      aria-label={t("templates_admin.button_field", { field: label, place })}
    />
  )
  const kind = at("buttonKind") || "quick_reply"
  return (
    <div class="template-draft-button">
      <select
        class="select"
        name="buttonKind"
        aria-label={t("templates_admin.button_field", { field: t("templates_admin.button_kind"), place })}
      >
        {buttons.map((value) => (
          <option value={value} selected={value === kind}>
            {t(`templates_admin.button_${value}`)}
          </option>
        ))}
      </select>
      <span class="is-words">{input("buttonText", t("templates_admin.button_words"), limits.buttonText)}</span>
      <span class="is-value">{input("buttonValue", t("templates_admin.button_value"), limits.url)}</span>
      <span class="is-example">{input("buttonExample", t("templates_admin.button_example"), limits.url)}</span>
    </div>
  )
}
