/** How a file is understood, with its first rows: letters, separator, and what each column is. */
import type { ImportField } from "~/customer/rules/import-columns.ts"
import type { ImportReading } from "~/customer/rules/importing.ts"
import type { Child } from "../jsx-runtime.ts"
import { type PlainKey, refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, SelectField } from "../parts/field.tsx"
import { Switch } from "../parts/form.tsx"
import type { ImportProps } from "./import.tsx"
import { IMPORTS_PATH } from "./imports.tsx"

const IMPORT_FIELDS = [
  "phone",
  "whatsappUserId",
  "name",
  "surname",
  "email",
  "language",
  "otherPhone",
  "tags",
  "consent",
] as const satisfies readonly ImportField[]

const PANEL = "import-work"
const ENCODINGS = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const
const ENCODING_WORDS: Readonly<Record<(typeof ENCODINGS)[number], PlainKey>> = {
  "utf-8": "imports.encoding_unicode",
  "windows-1252": "imports.encoding_western",
  "utf-16le": "imports.encoding_wide",
  "utf-16be": "imports.encoding_wide_big",
}
const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const

const intoPanel = (path: string) => ({
  method: "post",
  action: path,
  "hx-post": path,
  "hx-target": `#${PANEL}`,
  "hx-swap": "outerMorph",
})

export const ImportMapping = (props: ImportProps & { deeds: Child }) => {
  const { screen, one, refusal, deeds } = props
  const { t, csrfToken } = screen
  const path = `${IMPORTS_PATH}/${one.id}`
  return (
    <>
      <Understood {...props} />
      <form class="card" {...intoPanel(`${path}/checking`)} aria-labelledby="import-columns-title">
        <FormToken csrfToken={csrfToken} />
        <h2 id="import-columns-title">{t("imports.columns")}</h2>
        <p class="is-quiet">{t("imports.columns_detail")}</p>
        {refusal && <Banner tone="bad" title={refusalLine(t, refusal)} isAnnounced />}
        <Columns {...props} />
        <Options {...props} />
        <div class="import-deeds">
          <Button kind="primary" type="submit">
            {t("imports.do_check")}
          </Button>
          <span class="is-quiet">{t("imports.check_hint")}</span>
        </div>
      </form>
      {deeds}
    </>
  )
}

function Understood({ screen, one }: ImportProps) {
  const { t, csrfToken } = screen
  const { reading } = one
  if (reading === null) return <span hidden />
  return (
    <form class="card" {...intoPanel(`${IMPORTS_PATH}/${one.id}/reading`)} aria-labelledby="import-reading-title">
      <FormToken csrfToken={csrfToken} />
      <h2 id="import-reading-title">{t("imports.understood")}</h2>
      <div class="import-reading">
        {reading.format === "csv" ? <Letters t={t} reading={reading} /> : <Sheet t={t} reading={reading} />}
        <SelectField
          name="heading"
          label={t("imports.first_row")}
          value={reading.hasHeading === false ? "no" : "yes"}
          options={(["yes", "no"] as const).map((value) => ({ value, label: t(`imports.first_row_${value}`) }))}
        />
        <Button type="submit">{t("imports.read_again")}</Button>
      </div>
    </form>
  )
}

const Letters = ({ t, reading }: { t: Translate; reading: Extract<ImportReading, { format: "csv" }> }) => (
  <>
    <SelectField
      name="encoding"
      label={t("imports.encoding")}
      value={reading.encoding}
      options={ENCODINGS.map((value) => ({ value, label: t(ENCODING_WORDS[value]) }))}
    />
    <SelectField
      name="separator"
      label={t("imports.separator")}
      value={Object.entries(SEPARATORS).find(([, sign]) => sign === reading.separator)?.[0] ?? "comma"}
      options={(["comma", "semicolon", "tab"] as const).map((value) => ({
        value,
        label: t(`imports.separator_${value}`),
      }))}
    />
  </>
)

const Sheet = ({ t, reading }: { t: Translate; reading: Extract<ImportReading, { format: "xlsx" }> }) =>
  (reading.sheets ?? []).length > 1 ? (
    <SelectField
      name="sheet"
      label={t("imports.sheet")}
      value={String(reading.sheet ?? 0)}
      options={(reading.sheets ?? []).map((label, index) => ({ value: String(index), label }))}
    />
  ) : (
    <input type="hidden" name="sheet" value="0" />
  )

function Columns({ screen: { t }, one, properties }: ImportProps) {
  const { headings, samples } = one.preview ?? { headings: [], samples: [] }
  const options = [
    { value: "", label: t("imports.field_none") },
    ...IMPORT_FIELDS.map((value) => ({ value: value as string, label: t(`imports.field_${value}`) })),
    ...properties.map(({ id, name }) => ({ value: `property${id}`, label: name })),
  ]
  return (
    <section class="import-columns" tabindex="0" aria-labelledby="import-columns-title">
      <table>
        <thead>
          <tr>
            {headings.map((heading, index) => (
              <th scope="col">
                <label for={`field-column${index}`} dir="auto">
                  {heading || t("imports.no_heading", { number: index + 1 })}
                </label>
                <select class="select" id={`field-column${index}`} name={`column${index}`}>
                  {options.map(({ value, label }) => (
                    <option value={value} selected={value === (one.mapping[index] ?? "")}>
                      {label}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((cells) => (
            <tr>
              {cells.map((cell) => (
                <td dir="auto">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Options({ screen: { t, format }, one, countries }: ImportProps) {
  const named = countries
    .map((value) => ({ value, label: format.country(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, format.language))
  return (
    <div class="stack">
      <SelectField
        name="country"
        label={t("imports.country")}
        hint={t("imports.country_hint")}
        value={one.country ?? ""}
        options={[{ value: "", label: t("imports.country_none") }, ...named]}
      />
      <Switch
        name="overwrites"
        label={t("imports.overwrites")}
        hint={t("imports.overwrites_hint")}
        isOn={one.overwrites}
      />
      <Switch name="erases" label={t("imports.erases")} hint={t("imports.erases_hint")} isOn={one.erases} />
    </div>
  )
}
