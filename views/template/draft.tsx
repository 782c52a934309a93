/** A6: a template as it is written: its parts, beside what a customer will see and what Meta demands of it. */
import type { oneTemplate } from "~/template/queries/admin.ts"
import type { CheckedDraft, DRAFTING } from "~/template/rules/drafting.ts"
import { fieldOf } from "../admin/field.ts"
import { type Editing, Sheet, SheetForm } from "../admin/sheet.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { AreaField, ChoiceField, FormGroup, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { TEMPLATES_PANEL, TEMPLATES_PATH, type TemplateAccount } from "./admin.tsx"
import { DraftButtons } from "./draft-buttons.tsx"
import { DraftCheck } from "./draft-check.tsx"
import { DraftExamples } from "./draft-examples.tsx"
import { categoryWords, languageWords, templateTitle } from "./words.ts"

export type DraftSheetProps = {
  screen: Screen
  /** Null: a new one. */
  template: ReturnType<typeof oneTemplate> | null
  known: typeof DRAFTING & { accounts: readonly TemplateAccount[]; languages: readonly string[] }
  checked: CheckedDraft
  /** Those of the text. */
  variables: readonly string[]
  /** The category is Meta's to change. */
  fixedCategory: string | null
  editing: Editing
  action: string
  closePath: string
}

export function DraftSheet({ screen, template, checked, editing, action, closePath, ...rest }: DraftSheetProps) {
  const { t } = screen
  const title = template
    ? t("templates_admin.change_title", { name: templateTitle(template.name) })
    : t("templates_admin.new")
  return (
    <div class="split" id={TEMPLATES_PANEL}>
      <h1 class="visually-hidden">{t("templates_admin.title")}</h1>
      <Sheet
        screen={screen}
        panel={TEMPLATES_PANEL}
        closePath={closePath}
        title={title}
        subtitle={template && languageWords(screen, template.language)}
      >
        <SheetForm
          screen={screen}
          panel={TEMPLATES_PANEL}
          action={action}
          closePath={closePath}
          editing={editing}
          submitLabel={t("templates_admin.hand_in")}
          labels={labelsOf(screen)}
        >
          <div class="template-draft">
            <div class="template-draft-fields">
              <Naming screen={screen} template={template} editing={editing} {...rest} />
              <Heading screen={screen} editing={editing} {...rest} />
              <Body screen={screen} editing={editing} {...rest} />
              <Ending screen={screen} editing={editing} {...rest} />
            </div>
            <DraftCheck screen={screen} checked={checked} />
          </div>
        </SheetForm>
      </Sheet>
    </div>
  )
}

type Fields = Pick<DraftSheetProps, "screen" | "editing" | "known">
const labelsOf = ({ t }: Screen) => ({
  category: t("template.category"),
  header: t("templates_admin.heading"),
  body: t("templates_admin.text"),
  headerText: t("templates_admin.heading"),
  headerExample: t("templates_admin.example"),
  example: t("templates_admin.example"),
  variable: t("templates_admin.variable"),
  footer: t("templates_admin.footer"),
  buttonText: t("templates_admin.buttons"),
  buttonKind: t("templates_admin.button_kind"),
  buttonValue: t("templates_admin.button_value"),
  buttonExample: t("templates_admin.example"),
})

type NamingProps = Fields & Pick<DraftSheetProps, "template" | "fixedCategory">

function Naming({ template, fixedCategory, ...props }: NamingProps) {
  const { screen, known } = props
  const { accounts, languages, limits, categories } = known
  const { t } = screen
  const field = fieldOf(props.screen.t, props.editing)
  const [first] = accounts
  return (
    <FormGroup legend={t("templates_sent.template")}>
      {template === null && (
        <TextField
          {...field("name")}
          label={t("templates_admin.name")}
          autocomplete="off"
          hint={t("templates_admin.name_hint")}
          more={{ autocapitalize: "none", spellcheck: "false", maxlength: limits.name }}
        />
      )}
      {template === null &&
        (accounts.length > 1 ? (
          <SelectField
            {...field("account")}
            label={t("templates_admin.account")}
            options={accounts.map(({ wabaId, numbers }) => ({ value: wabaId, label: numbers.join(", ") }))}
          />
        ) : (
          <input type="hidden" name="account" value={first?.wabaId ?? ""} />
        ))}
      {template === null && (
        <SelectField
          {...field("language")}
          value={props.editing.written.language?.[0] ?? screen.format.language}
          label={t("template.language")}
          options={languages
            .map((value) => ({ value, label: languageWords(screen, value) }))
            .sort((a, b) => a.label.localeCompare(b.label))}
        />
      )}
      {fixedCategory === null ? (
        <ChoiceField
          {...field("category")}
          label={t("template.category")}
          options={categories.map((value) => ({ value, label: categoryWords(screen, value) }))}
        />
      ) : (
        <input type="hidden" name="category" value={fixedCategory} />
      )}
      {template === null && (
        <Switch
          name="enabled"
          label={t("templates_admin.open")}
          hint={t("templates_admin.open_hint")}
          isOn={(props.editing.written.enabled?.length ?? 0) > 0}
        />
      )}
    </FormGroup>
  )
}

function Heading(props: Fields) {
  const { t } = props.screen
  const { headers, limits } = props.known
  const field = fieldOf(props.screen.t, props.editing)
  return (
    <FormGroup legend={t("templates_admin.heading")}>
      <ChoiceField
        {...field("header")}
        label={t("templates_admin.heading_kind")}
        hint={t("templates_admin.media_elsewhere")}
        options={headers.map((value) => ({ value, label: t(`templates_admin.heading_${value}`) }))}
      />
      <div class="columns template-draft-heading">
        <TextField
          {...field("headerText")}
          label={t("templates_admin.heading_words")}
          autocomplete="off"
          more={{ maxlength: limits.header, dir: "auto" }}
        />
        <TextField
          {...field("headerExample")}
          label={t("templates_admin.heading_example")}
          optional={t("admin.optional")}
          autocomplete="off"
          more={{ maxlength: limits.header, dir: "auto" }}
        />
      </div>
    </FormGroup>
  )
}

function Body({ variables, ...props }: Fields & Pick<DraftSheetProps, "variables">) {
  const { t } = props.screen
  const field = fieldOf(t, props.editing)
  return (
    <FormGroup legend={t("templates_admin.text")}>
      <AreaField
        {...field("body")}
        label={t("templates_admin.text_words")}
        rows={6}
        hint={t("templates_admin.text_hint", { braces: "{{first_name}}" })}
        more={{
          dir: "auto",
          "hx-post": `${TEMPLATES_PATH}/examples`,
          "hx-trigger": "input delay:300ms",
          "hx-target": "#template-examples",
          "hx-swap": "outerHTML",
          "hx-sync": "this:replace",
        }}
      />
      <DraftExamples
        screen={props.screen}
        written={props.editing.written}
        variables={variables}
        error={field("example").error}
      />
    </FormGroup>
  )
}

function Ending(props: Fields) {
  const { t } = props.screen
  const field = fieldOf(t, props.editing)
  return (
    <FormGroup legend={t("templates_admin.ending")}>
      <TextField
        {...field("footer")}
        label={t("templates_admin.footer")}
        optional={t("admin.optional")}
        autocomplete="off"
        more={{ maxlength: props.known.limits.footer, dir: "auto" }}
      />
      <DraftButtons {...props} error={field("buttonText").error} />
    </FormGroup>
  )
}
