/** One template with its variables: what wants a value, beside what the customer will see. */
import type { FilledTemplate, TemplateField } from "~/template/queries/picking.ts"
import type { AnatomyHeader } from "~/template/rules/anatomy.ts"
import type { Child } from "../jsx-runtime.ts"
import { Banner } from "../parts/banner.tsx"
import type { Screen } from "../parts/screen.ts"
import { HeaderFrame, TemplateButtons, TemplateLook } from "./look.tsx"

type FormProps = { screen: Screen; template: FilledTemplate; warning?: Child }

/** What wants a value, and the message with what there is of it. */
export const TemplateForm = ({ screen, template, warning }: FormProps) => (
  <>
    <fieldset class="template-fields">
      <legend>{screen.t("template.fill_in")}</legend>
      {template.fields.length === 0 && <p class="is-quiet">{screen.t("template.nothing_to_fill")}</p>}
      {template.fields.map((field) => (
        <FieldLine screen={screen} field={field} />
      ))}
      <HeaderFields screen={screen} header={template.anatomy.header} />
    </fieldset>
    <div class="template-preview">
      <p class="template-caption">{screen.t("template.preview")}</p>
      <div class="template-paper" lang={template.language.replace("_", "-")}>
        <div class="bubble">
          <Preview screen={screen} template={template} />
        </div>
      </div>
      {warning}
    </div>
  </>
)

const FieldLine = ({ screen: { t }, field }: { screen: Screen; field: TemplateField }) => (
  <div class="template-field">
    <label for={`template-${field.slot}`}>{field.label}</label>
    <input
      class="input"
      id={`template-${field.slot}`}
      name={field.field}
      value={field.value}
      required
      maxlength={field.field === "button" ? 2_000 : 1_024}
      autocomplete="off"
      dir="auto"
      placeholder={field.example === "" ? null : t("template.example", { example: field.example })}
      data-fills={field.slot}
    />
  </div>
)

function HeaderFields({ screen: { t }, header }: { screen: Screen; header: AnatomyHeader | null }) {
  if (header === null || header.kind === "text") return <span />
  if (header.kind === "location")
    return (
      <>
        <PlaceField name="placeName" label={t("template.place_name")} />
        <PlaceField name="placeAddress" label={t("template.place_address")} />
        <PlaceField name="latitude" label={t("template.latitude")} />
        <PlaceField name="longitude" label={t("template.longitude")} />
      </>
    )
  return (
    <div class="template-field">
      <label for="template-file">{t(`template.header.${header.kind}`)}</label>
      <div class="template-file">
        <input
          type="file"
          id="template-file"
          accept={ACCEPTED[header.kind]}
          required
          data-template-file={header.kind}
        />
        <input type="hidden" name="file" value="" />
        <progress max="1" value="0" aria-label={t("attach.progress")} hidden />
        <small role="status" data-template-file-note />
      </div>
    </div>
  )
}

const ACCEPTED = { image: "image/jpeg,image/png", video: "video/mp4,video/3gpp", document: "application/pdf" } as const

const PlaceField = ({ name, label }: { name: string; label: string }) => (
  <div class="template-field">
    <label for={`template-${name}`}>{label}</label>
    <input
      class="input"
      id={`template-${name}`}
      name={name}
      required={name !== "placeAddress"}
      maxlength={200}
      inputmode={name === "latitude" || name === "longitude" ? "decimal" : null}
      autocomplete="off"
    />
  </div>
)

const Preview = ({ screen, template: { anatomy, fields } }: FormProps) => (
  <TemplateLook
    header={<PreviewHeader screen={screen} header={anatomy.header} fields={fields} />}
    body={<Filling text={anatomy.body} fields={fields} />}
    footer={anatomy.footer}
    buttons={<TemplateButtons screen={screen} buttons={anatomy.buttons.map(({ kind, text }) => ({ kind, text }))} />}
  />
)

type HeaderProps = { screen: Screen; header: AnatomyHeader | null; fields: readonly TemplateField[] }

const PreviewHeader = ({ screen: { t }, header, fields }: HeaderProps) => {
  if (header === null) return <span />
  if (header.kind !== "text") return <HeaderFrame kind={header.kind} words={t(`template.header.${header.kind}`)} />
  return (
    <strong class="template-heading" dir="auto">
      <Filling text={header.text} fields={fields} slot="header" />
    </strong>
  )
}

/** What is filled stands out, and what is missing more so; the script writes into it while one types. */
const Filling = ({ text, fields, slot }: { text: string; fields: readonly TemplateField[]; slot?: string }) => (
  <>
    {text.split(/\{\{\s*(\w+)\s*\}\}/).map((part, index) => {
      if (index % 2 === 0) return part
      const place = slot ?? `body-${part}`
      const field = fields.find((one) => one.slot === place)
      const value = field?.value ?? ""
      return (
        <span
          class={value === "" ? "template-slot is-missing" : "template-slot"}
          data-slot={place}
          data-name={field?.label ?? part}
        >
          {value === "" ? (field?.label ?? part) : value}
        </span>
      )
    })}
  </>
)

/** It was paused, deleted or closed to agents after the list was drawn. */
export const TemplateGone = ({ screen: { t } }: { screen: Screen }) => (
  <Banner tone="warn" title={t("template.gone_title")} isAnnounced>
    {t("refused.template.gone")}
  </Banner>
)

/** The customer has not answered the last one. */
export function SilenceWarning({ screen, last }: { screen: Screen; last: { name: string; at: number } | null }) {
  const { t, format, now } = screen
  return last === null ? (
    <span />
  ) : (
    <Banner tone="warn" icon="hourglass" title={t("template.second_title")}>
      {t("template.second", { name: last.name, time: format.moment(last.at, now) })}
    </Banner>
  )
}
