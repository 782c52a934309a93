/** A11: the settings of a tenant: each in a sentence, grouped, with what holds until somebody chooses. */
import type { SettingGroup, ShownSetting } from "~/tenant/rules/setting-groups.ts"
import { fieldOf } from "../admin/field.ts"
import { ConflictNotice, type Editing } from "../admin/sheet.tsx"
import { languageName } from "../layout/user-menu.tsx"
import { type PlainKey, refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { AreaField, NumberField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export const SETTINGS_PATH = "/admin/settings"
const PANEL = "settings"

export type SettingLine = {
  name: ShownSetting
  kind:
    | { standard: number; least: number; most: number }
    | { standard: string; longest: number }
    | { standard: string; isAddress: true }
    | { standard: string; words: readonly string[] }
    | { standard: boolean }
}
export type SettingsProps = {
  screen: Screen
  editing: Editing
  groups: readonly { group: SettingGroup; lines: readonly SettingLine[] }[]
  languages: readonly string[]
  timezones: readonly string[]
  isDone: boolean
}

export function Settings({ screen, editing, groups, languages, timezones, isDone }: SettingsProps) {
  const { t } = screen
  const { errors, conflict, before } = editing
  const wrong = Object.keys(errors).length
  return (
    <form
      class="page settings-page"
      id={PANEL}
      method="post"
      action={SETTINGS_PATH}
      novalidate
      hx-post={SETTINGS_PATH}
      hx-target="this"
      hx-swap="outerMorph"
    >
      <input type="hidden" name="_csrf" value={screen.csrfToken} />
      {before && <input type="hidden" name="before" value={JSON.stringify(before)} />}
      <h1>{t("settings.title")}</h1>
      {isDone && <Banner tone="ok" title={t("admin.done_saved")} isAnnounced />}
      {errors.form && <Banner tone="bad" title={refusalLine(t, errors.form)} isAnnounced />}
      {conflict && (
        <ConflictNotice
          screen={screen}
          panel={PANEL}
          action={SETTINGS_PATH}
          editing={editing}
          labels={labelsOf(t, groups)}
        />
      )}
      <section class="card">
        <h2>{t("settings.group_tenant")}</h2>
        <TenantFields screen={screen} editing={editing} languages={languages} timezones={timezones} />
      </section>
      {groups.map(({ group, lines }) => (
        <section class="card">
          <h2>{t(`settings.group_${group}`)}</h2>
          {lines.map((line) => (
            <Setting screen={screen} editing={editing} line={line} />
          ))}
        </section>
      ))}
      <footer class="settings-foot">
        <Button kind="primary" type="submit">
          {t("admin.save")}
        </Button>
        {wrong > 0 && <p class="sheet-wrong">{t("admin.to_correct", { count: wrong })}</p>}
      </footer>
    </form>
  )
}

type TenantFieldsProps = Pick<SettingsProps, "screen" | "editing" | "languages" | "timezones">

function TenantFields({ screen, editing, languages, timezones }: TenantFieldsProps) {
  const { t } = screen
  const field = fieldOf(t, editing)
  return (
    <div class="columns">
      <TextField {...field("name")} label={t("settings.tenant_name")} autocomplete="off" />
      <SelectField
        {...field("timezone")}
        label={t("settings.timezone")}
        hint={t("settings.timezone_hint")}
        options={timezones.map((zone) => ({ value: zone, label: zone }))}
      />
      <SelectField
        {...field("language")}
        label={t("login.language")}
        hint={t("settings.language_hint")}
        options={languages.map((one) => ({ value: one, label: languageName(one), language: one }))}
      />
    </div>
  )
}

type OneProps = Pick<SettingsProps, "screen" | "editing"> & { line: SettingLine }

function Setting({ screen, editing, line: { name, kind } }: OneProps) {
  const { t, format } = screen
  const label = t(`settings.name.${name}`)
  const sentence = t(`settings.hint.${name}`)
  const field = fieldOf(screen.t, editing)(name)
  if (typeof kind.standard === "boolean") {
    const hint = `${sentence} ${t("settings.standard", { value: t(kind.standard ? "list_page.yes" : "list_page.no") })}`
    return <Switch name={name} label={label} hint={hint} isOn={(editing.written[name]?.length ?? 0) > 0} />
  }
  if ("words" in kind)
    return (
      <SelectField
        {...field}
        label={label}
        hint={`${sentence} ${t("settings.standard", { value: wordOf(t, kind.standard) })}`}
        options={kind.words.map((word) => ({ value: word, label: wordOf(t, word) }))}
      />
    )
  if ("longest" in kind)
    return (
      <AreaField
        {...field}
        label={label}
        hint={`${sentence} ${t("settings.standard", { value: kind.standard })}`}
        rows={2}
      />
    )
  if ("isAddress" in kind) return <TextField {...field} label={label} hint={sentence} autocomplete="off" />
  const hint = `${sentence} ${t("settings.standard", { value: format.number(kind.standard) })}`
  return <NumberField {...field} label={label} hint={hint} unit={unitOf(t, name)} least={kind.least} most={kind.most} />
}

const wordOf = (t: Translate, word: string): string => t(`settings.word_${word}` as PlainKey)

/** Units are in the names. */
function unitOf(t: Translate, name: string): string {
  const unit = /(Seconds|Minutes|Hours|Days)$/.exec(name)?.[1]?.toLowerCase()
  return unit ? t(`settings.unit_${unit}` as PlainKey) : ""
}

function labelsOf(t: Translate, groups: SettingsProps["groups"]): Record<string, string> {
  const names = groups.flatMap(({ lines }) => lines.map(({ name }) => name))
  return {
    name: t("settings.tenant_name"),
    timezone: t("settings.timezone"),
    language: t("login.language"),
    ...Object.fromEntries(names.map((name) => [name, t(`settings.name.${name}`)])),
  }
}
