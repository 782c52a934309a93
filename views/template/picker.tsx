/** Choosing a template: search, category, language; then its variables beside what the customer will see. */
import type { FilledTemplate, TemplateField, TemplatePick } from "~/template/queries/picking.ts"
import type { AnatomyHeader } from "~/template/rules/anatomy.ts"
import type { Child } from "../jsx-runtime.ts"
import { Banner } from "../parts/banner.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { HeaderFrame, TemplateButtons, TemplateLook } from "./look.tsx"
import { categoryWords, languageMark } from "./words.ts"

export type PickerProps = {
  screen: Screen
  picks: readonly TemplatePick[]
  /** Where the form of one comes from, its id at the end; `query` goes along. */
  path: string
  query?: string
}

/** The list and, beside it, the form of the one that is chosen. */
export const TemplatePicker = ({ screen, picks, path, query = "" }: PickerProps) =>
  picks.length === 0 ? (
    <EmptyState icon="zap" title={screen.t("template.none_title")}>
      {screen.t("template.none")}
    </EmptyState>
  ) : (
    <div class="template-picker" data-template-picker>
      <div class="template-choosing">
        <Filters screen={screen} picks={picks} />
        <fieldset class="template-list" id="template-list">
          <legend class="visually-hidden">{screen.t("template.list")}</legend>
          {picks.map((pick) => (
            <Option screen={screen} pick={pick} from={`${path}/${pick.id}${query}`} />
          ))}
          <p class="is-quiet" id="template-nothing" role="status" hidden>
            {screen.t("template.nothing_fits")}
          </p>
        </fieldset>
      </div>
      <div class="template-filling" id="template-filling">
        <p class="is-quiet template-hint">{screen.t("template.choose_hint")}</p>
      </div>
    </div>
  )

const distinct = (words: readonly string[]): string[] => [...new Set(words)].sort()

function Filters({ screen, picks }: Pick<PickerProps, "screen" | "picks">) {
  const { t } = screen
  const [categories, languages] = [
    distinct(picks.map(({ category }) => category)),
    distinct(picks.map(({ language }) => language)),
  ]
  return (
    <div class="template-filters">
      <label class="search-frame">
        <span class="visually-hidden">{t("template.search")}</span>
        <Icon name="search" size="small" />
        <input
          {...{ class: "input", type: "search", maxlength: 100, autocomplete: "off", "data-template-search": true }}
          placeholder={t("template.search_count", { count: picks.length })}
        />
      </label>
      <label>
        <span class="visually-hidden">{t("template.category")}</span>
        <select class="select" data-template-category>
          <option value="">{t("template.all_categories")}</option>
          {categories.map((category) => (
            <option value={category}>{categoryWords(screen, category)}</option>
          ))}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{t("template.language")}</span>
        <select class="select" data-template-language>
          <option value="">{t("template.all_languages")}</option>
          {languages.map((language) => (
            <option value={language}>{languageMark(language)}</option>
          ))}
        </select>
      </label>
    </div>
  )
}

const Option = ({ screen, pick, from }: { screen: Screen; pick: TemplatePick; from: string }) => (
  <label
    class="template-option"
    data-words={`${pick.title} ${pick.name} ${pick.body}`}
    data-category={pick.category}
    data-language={pick.language}
  >
    <input
      {...{ type: "radio", name: "template", value: pick.id, required: true, "aria-label": optionName(pick) }}
      {...{ "hx-get": from, "hx-trigger": "change", "hx-target": "#template-filling", "hx-swap": "innerHTML" }}
      hx-sync="closest fieldset:replace"
    />
    <strong dir="auto">{pick.title}</strong>
    {pick.isForeign ? (
      <Chip tone="warn">{screen.t("template.only", { language: languageMark(pick.language) })}</Chip>
    ) : (
      <Chip>{languageMark(pick.language)}</Chip>
    )}
    <small>{[categoryWords(screen, pick.category), ...partsOf(screen, pick)].join(" · ")}</small>
  </label>
)

const optionName = ({ title, language }: TemplatePick): string => `${title}, ${languageMark(language)}`

function partsOf({ t }: Screen, { header, buttons }: TemplatePick): string[] {
  const head = header === null || header === "text" ? [] : [t(`template.header.${header}`)]
  return [...head, buttons === 0 ? t("template.no_buttons") : t("template.button_count", { count: buttons })]
}

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
      <h3>{screen.t("template.preview")}</h3>
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
      {...{ class: "input", id: `template-${field.slot}`, name: field.field, value: field.value, required: true }}
      {...{ maxlength: field.field === "button" ? 2_000 : 1_024, autocomplete: "off", dir: "auto" }}
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
          {...{ type: "file", id: "template-file", accept: ACCEPTED[header.kind], required: true }}
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
      {...{ class: "input", id: `template-${name}`, name, required: name !== "placeAddress", maxlength: 200 }}
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
