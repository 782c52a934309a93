/** Where a choice of the menu leads, where it leads whoever wants a person, and whoever says nothing. */
import type { ChoiceRow } from "~/menu/rules/editing.ts"
import type { Editing } from "../admin/sheet.tsx"
import { refusalLine } from "../locales/index.ts"
import { SelectField, TextField } from "../parts/field.tsx"
import { AreaField, FormGroup, NumberField } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import type { MenuFormProps } from "./editing.tsx"

export const Wrong = ({ screen, error }: { screen: Screen; error: Editing["errors"][string] }) => (
  <p class="field-error">
    <Icon name="circle-alert" size="small" />
    <span>{refusalLine(screen.t, error)}</span>
  </p>
)

export const errorOf = ({ screen, editing: { errors } }: Pick<MenuFormProps, "screen" | "editing">, name: string) =>
  errors[name] && refusalLine(screen.t, errors[name])

type LeadingProps = Pick<MenuFormProps, "screen" | "skillsets"> & { row: ChoiceRow; prefix: "" | "person" }

/** Where it leads: the words it is known by, whose it is, and how urgent. */
export function Leading({ screen: { t }, row, skillsets, prefix }: LeadingProps) {
  const named = (name: string) => (prefix === "" ? name : `${prefix}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)
  return (
    <>
      <label>
        <span>{t("menu_admin.words")}</span>
        <input class="input" name={named("words")} value={row.words} placeholder={t("menu_admin.words_example")} />
      </label>
      <label>
        <span>{t("waiting.skillset")}</span>
        <select class="select" name={named("skillset")}>
          <option value="">{t("menu_admin.default_skillset")}</option>
          {skillsets.map(({ id, name }) => (
            <option value={id} selected={String(id) === row.skillset}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("menu_admin.priority")}</span>
        <input class="input" name={named("priority")} value={row.priority} inputmode="numeric" placeholder="–" />
      </label>
    </>
  )
}

export function Person({ screen, editing, draft, skillsets, limits }: MenuFormProps) {
  const { t } = screen
  const { person } = draft
  return (
    <FormGroup legend={t("menu_admin.person")}>
      <p class="field-hint">{t("menu_admin.person_hint")}</p>
      {editing.errors.person && <Wrong screen={screen} error={editing.errors.person} />}
      <TextField
        name="personTitle"
        label={t("menu_admin.title")}
        value={person.title}
        more={{ maxlength: limits[draft.style].title }}
      />
      <div class="menu-row-fields">
        <Leading screen={screen} prefix="person" row={person} skillsets={skillsets} />
      </div>
      <AreaField name="personAnswer" label={t("menu_admin.answer")} value={person.answer} rows={2} />
    </FormGroup>
  )
}

export function Silence({ screen, editing, draft, skillsets }: MenuFormProps) {
  const { t } = screen
  const error = (name: string) => errorOf({ screen, editing }, name)
  return (
    <FormGroup legend={t("menu_admin.otherwise")}>
      <AreaField
        name="wrongAnswer"
        label={t("menu_admin.wrong_answer")}
        value={draft.wrongAnswer}
        rows={2}
        error={error("wrongAnswer")}
      />
      <div class="columns">
        <NumberField
          name="wrongAnswersUntilPerson"
          label={t("menu_admin.wrong_until")}
          least={1}
          most={10}
          value={String(draft.wrongAnswersUntilPerson)}
          unit={t("menu_admin.times")}
          error={error("wrongAnswersUntilPerson")}
        />
        <NumberField
          name="timeoutMinutes"
          label={t("menu_admin.timeout")}
          least={1}
          most={1_440}
          value={String(draft.timeoutMinutes)}
          unit={t("settings.unit_minutes")}
          error={error("timeoutMinutes")}
        />
        <SelectField
          name="timeoutSkillset"
          label={t("menu_admin.timeout_to")}
          value={draft.timeoutSkillset}
          options={[
            { value: "", label: t("menu_admin.default_skillset") },
            ...skillsets.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      </div>
    </FormGroup>
  )
}
