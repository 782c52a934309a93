/** A6: one template: how it stands at Meta, what it says, what agents may do with it. */
import type { oneTemplate } from "~/template/queries/admin.ts"
import { ConfirmSheet, type Done, type Editing, Sheet, SheetForm } from "../admin/sheet.tsx"
import { panelLink } from "../list/list.tsx"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormGroup, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { Quality, Status, TEMPLATES_PANEL, whyWords } from "./admin.tsx"
import { ExamplePreview } from "./example.tsx"
import { categoryWords, languageWords, templateTitle } from "./words.ts"

type OneTemplate = ReturnType<typeof oneTemplate>
export type TemplateSheetProps = {
  screen: Screen
  template: OneTemplate
  filling: { variables: readonly { name: string; suggested: string | null }[]; sources: readonly string[] }
  editing: Editing
  action: string
  closePath: string
  contentPath: string
  deletionPath: string
  done: Done | null
}

export function TemplateSheet({ screen, template, filling, editing, done, ...paths }: TemplateSheetProps) {
  const { t } = screen
  const { action, closePath, contentPath, deletionPath } = paths
  const { anatomy, status, task } = template
  const isMedia = anatomy?.header != null && ["image", "video", "document"].includes(anatomy.header.kind)
  const mayChange = anatomy !== null && !isMedia && status !== "PENDING" && task === null
  return (
    <Sheet
      screen={screen}
      panel={TEMPLATES_PANEL}
      closePath={closePath}
      title={templateTitle(template.name)}
      subtitle={`${languageWords(screen, template.language)} · ${categoryWords(screen, template.category)}`}
      actions={
        mayChange && (
          <Button icon="pencil-line" href={contentPath} more={panelLink(TEMPLATES_PANEL, contentPath)}>
            {t("templates_admin.change")}
          </Button>
        )
      }
    >
      <SheetForm
        screen={screen}
        panel={TEMPLATES_PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        done={done}
        submitLabel={t("admin.save")}
        labels={labelsOf(screen)}
        say={(name, values) =>
          name === "enabled" ? t(values.length > 0 ? "list_page.yes" : "list_page.no") : values.join(", ")
        }
        foot={
          task !== "delete" && (
            <Button kind="danger" href={deletionPath} more={panelLink(TEMPLATES_PANEL, deletionPath)}>
              {t("admin.delete")}
            </Button>
          )
        }
      >
        <AtMeta screen={screen} template={template} path={action} />
        {anatomy && (
          <ExamplePreview screen={screen} anatomy={anatomy} language={template.language} examples={anatomy.examples} />
        )}
        {isMedia && <p class="field-hint">{t("templates_admin.media_elsewhere")}</p>}
        <FormGroup legend={t("templates_admin.agents")}>
          <Switch
            name="enabled"
            label={t("templates_admin.open")}
            hint={t("templates_admin.hint")}
            isOn={(editing.written.enabled?.length ?? 0) > 0}
          />
        </FormGroup>
        <Fills screen={screen} filling={filling} editing={editing} />
      </SheetForm>
    </Sheet>
  )
}

const labelsOf = ({ t }: Screen) => ({
  enabled: t("templates_admin.open"),
  source: t("templates_admin.filled_from"),
  otherwise: t("templates_admin.otherwise"),
  variable: t("templates_admin.variable"),
})

/** Its standing, which follows Meta's news while the form under it is left alone. */
const AtMeta = ({ screen, template, path }: { screen: Screen; template: OneTemplate; path: string }) => {
  const standing = { ...template, isSupported: template.anatomy !== null || template.components.length === 0 }
  const isBad = template.problem !== null || template.status === "REJECTED"
  return (
    <div
      class="template-standing"
      id="template-standing"
      role="status"
      hx-get={path}
      hx-trigger="templates from:body throttle:1s, refetch from:body"
      hx-target="this"
      hx-select="#template-standing"
      hx-swap="outerMorph"
    >
      <p>
        <Status screen={screen} line={{ ...standing, rejectedReason: null, problem: null }} />
        {template.quality !== null && template.quality !== "UNKNOWN" && (
          <span>
            {screen.t("templates_admin.quality")} <Quality screen={screen} quality={template.quality} />
          </span>
        )}
        <code>{template.name}</code>
      </p>
      {isBad && <Banner tone="bad" title={whyWords(screen, standing)} />}
    </div>
  )
}

/** What stands in each variable before an agent types. */
function Fills({
  screen,
  filling: { variables, sources },
  editing,
}: Pick<TemplateSheetProps, "screen" | "filling" | "editing">) {
  const { t } = screen
  if (variables.length === 0) return <span />
  const { written, errors } = editing
  return (
    <FormGroup legend={t("templates_admin.variables")}>
      {errors.otherwise && <p class="field-error">{refusalLine(t, errors.otherwise)}</p>}
      <table class="template-fills">
        <thead>
          <tr>
            <th scope="col">{t("templates_admin.variable")}</th>
            <th scope="col">{t("templates_admin.filled_from")}</th>
            <th scope="col">{t("templates_admin.otherwise")}</th>
          </tr>
        </thead>
        <tbody>
          {variables.map((variable, index) => (
            <FillRow
              screen={screen}
              {...variable}
              sources={sources}
              source={written.source?.[index] ?? ""}
              otherwise={written.otherwise?.[index] ?? ""}
            />
          ))}
        </tbody>
      </table>
      <p class="field-hint">{t("templates_admin.otherwise_hint")}</p>
    </FormGroup>
  )
}

/** `customer.firstName`, as people say it. */
const sourceWords = (t: Screen["t"], source: string): string => {
  const name = source.replace(".", "_").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return t(`templates_admin.source_${name}` as PlainKey)
}

type FillRowProps = { screen: Screen; name: string; suggested: string | null; sources: readonly string[] } & Record<
  "source" | "otherwise",
  string
>

const FillRow = ({ screen: { t }, name, suggested, sources, source, otherwise }: FillRowProps) => {
  const variable =
    name === "header" ? t("templates_admin.heading") : /^\d+$/.test(name) ? `{{${name}}}` : name.replaceAll("_", " ")
  const nothing = suggested
    ? t("templates_admin.suggested", { source: sourceWords(t, suggested) })
    : t("templates_admin.asked")
  return (
    <tr>
      <th scope="row">
        {variable}
        <input type="hidden" name="variable" value={name} />
      </th>
      <td>
        <select class="select" name="source" aria-label={t("templates_admin.filled_from_of", { variable })}>
          <option value="">{nothing}</option>
          {sources.map((one) => (
            <option value={one} selected={one === source}>
              {sourceWords(t, one)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          class="input"
          name="otherwise"
          value={otherwise}
          maxlength={100}
          autocomplete="off"
          aria-label={t("templates_admin.otherwise_of", { variable })}
        />
      </td>
    </tr>
  )
}

type DeletionProps = { screen: Screen; template: OneTemplate; awaited: number; action: string; closePath: string }

/** What goes and what stays. */
export const TemplateDeletion = ({ screen, template, awaited, ...paths }: DeletionProps) => {
  const { t } = screen
  const title = templateTitle(template.name)
  return (
    <ConfirmSheet
      screen={screen}
      {...paths}
      panel={TEMPLATES_PANEL}
      title={t("templates_admin.delete_title", { name: title })}
      subtitle={languageWords(screen, template.language)}
      label={t("templates_admin.delete_now", { name: title })}
    >
      <p>{t(template.metaId === null ? "templates_admin.delete_here" : "templates_admin.delete_what")}</p>
      <ul class="consequences">
        {template.enabled && <li>{t("templates_admin.delete_agents")}</li>}
        {awaited > 0 && <li>{t("templates_admin.delete_awaited", { count: awaited })}</li>}
        <li>{t("templates_admin.delete_history")}</li>
        {template.metaId !== null && <li>{t("templates_admin.delete_name")}</li>}
      </ul>
    </ConfirmSheet>
  )
}
