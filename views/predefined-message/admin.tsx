/** A4: predefined messages: what agents pick instead of writing it, as the tenant's admin keeps it. */
import type { PREDEFINED_MESSAGE_LIST } from "~/predefined-message/rules/list.ts"
import type { PredefinedMessage } from "~/predefined-message/rules.ts"
import type { AdminDeletionProps, AdminListProps, AdminSheetProps } from "~/web/admin-pages.tsx"
import { ConfirmSheet, Sheet, SheetForm } from "../admin/sheet.tsx"
import { languageName } from "../layout/user-menu.tsx"
import { List, type ListColumn, panelLink } from "../list/list.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { TextField } from "../parts/field.tsx"
import { AreaField, ChoiceField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { CustomerGets } from "./preview.tsx"

export const PREDEFINED_PATH = "/admin/predefined-messages"
const PANEL = "predefined-messages"

type ListProps = AdminListProps<PredefinedMessage> & {
  shape: typeof PREDEFINED_MESSAGE_LIST
  categories: readonly string[]
}

export const PredefinedList = ({ screen, shape, ask, page, current, newPath, sheet, categories }: ListProps) => {
  const { t } = screen
  const add = (
    <Button kind="primary" icon="plus" href={newPath} more={panelLink(PANEL, newPath)}>
      {t("predefined_admin.new")}
    </Button>
  )
  return (
    <div class="split" id={PANEL}>
      <List
        screen={screen}
        shape={shape}
        ask={ask}
        page={page}
        panel={PANEL}
        path={PREDEFINED_PATH}
        exports
        actions={add}
        title={t("predefined.title")}
        searchLabel={t("predefined_admin.search")}
        columns={predefinedColumns(screen)}
        filters={filtersOf(screen, categories)}
        rowPath={({ id }) => `${PREDEFINED_PATH}/${id}`}
        isCurrent={({ id }) => id === current}
        isPale={({ enabled }) => !enabled}
        empty={{
          icon: "list-checks",
          title: t("predefined_admin.empty"),
          text: t("predefined_admin.empty_detail"),
          actions: add,
        }}
      />
      {sheet}
    </div>
  )
}

const filtersOf = ({ t }: Screen, categories: readonly string[]) => [
  {
    name: "category",
    label: t("predefined_admin.category"),
    options: categories.map((name) => ({ value: name, label: name })),
  },
  {
    name: "replies",
    label: t("predefined_admin.replies"),
    options: STYLES.map((value) => ({ value, label: t(`predefined_admin.style_${value}`) })),
  },
  {
    name: "standing",
    label: t("users.standing"),
    options: (["enabled", "disabled"] as const).map((value) => ({ value, label: t(`users.${value}`) })),
  },
]

const STYLES = ["none", "buttons", "list"] as const
const LANGUAGES = ["en", "it", "es", "fr", "de", "pt"]

const nameOfLanguage = ({ t }: Screen, language: string): string => {
  if (language === "") return t("predefined_admin.any_language")
  return LANGUAGES.includes(language) ? languageName(language) : language
}

/** What a list shows, and a file of it. */
export function predefinedColumns(screen: Screen): ListColumn<PredefinedMessage>[] {
  const { t } = screen
  const replies = ({ choices }: PredefinedMessage) => choices?.titles.join(" · ") ?? ""
  return [
    {
      key: "title",
      label: t("predefined_admin.name"),
      cell: ({ title }) => title,
      draw: ({ title, enabled }) => (
        <span class="contents-name">
          <span dir="auto">{title}</span>
          {!enabled && <Chip>{t("users.disabled_mark")}</Chip>}
        </span>
      ),
    },
    {
      key: "category",
      label: t("predefined_admin.category"),
      cell: ({ category }) => category,
      draw: ({ category }) => <span dir="auto">{category}</span>,
    },
    {
      key: "language",
      label: t("login.language"),
      draw: ({ language }) => nameOfLanguage(screen, language),
      cell: ({ language }) => language,
    },
    { key: "replies", label: t("predefined_admin.replies"), cell: replies, draw: (row) => replyMark(screen, row) },
    {
      key: "text",
      label: t("predefined_admin.text"),
      cell: ({ text }) => text,
      draw: ({ text }) => (
        <span class="contents-text" dir="auto">
          {text}
        </span>
      ),
    },
    {
      key: "enabled",
      label: t("users.enabled"),
      cell: ({ enabled }) => enabled,
      draw: ({ enabled }) => t(enabled ? "list_page.yes" : "list_page.no"),
    },
  ]
}

const replyMark = ({ t }: Screen, { choices }: PredefinedMessage) =>
  choices && (
    <Chip tone="info" icon="list-checks">
      {t(choices.style === "list" ? "predefined.list" : "predefined.buttons", { count: choices.titles.length })}
    </Chip>
  )

type SheetProps = AdminSheetProps<PredefinedMessage> & {
  categories: readonly string[]
  /** What is filled in by itself. */
  placeholders: readonly string[]
}

export function PredefinedSheet({ screen, one, editing, action, closePath, pathTo, ...rest }: SheetProps) {
  const { done, categories, placeholders } = rest
  const { t } = screen
  const labels = labelsOf(screen)
  const field = fieldsOf(screen, editing)
  const isOn = editing.written.enabled?.includes("on") ?? false
  return (
    <Sheet screen={screen} panel={PANEL} closePath={closePath} title={one?.title ?? t("predefined_admin.new")}>
      <SheetForm
        screen={screen}
        panel={PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        submitLabel={t(one ? "admin.save" : "predefined_admin.create")}
        foot={one && <Ways screen={screen} pathTo={pathTo} />}
      >
        <TextField
          {...field("category")}
          label={labels.category}
          autocomplete="off"
          more={{ maxlength: 60, list: "predefined-known" }}
        />
        <datalist id="predefined-known">
          {categories.map((name) => (
            <option value={name} />
          ))}
        </datalist>
        <div class="columns">
          <TextField {...field("title")} label={labels.title} autocomplete="off" more={{ maxlength: 80 }} />
          <TextField
            {...field("language")}
            label={labels.language}
            optional={t("admin.optional")}
            autocomplete="off"
            hint={t("predefined_admin.language_hint")}
            more={{ maxlength: 12, list: "predefined-languages", autocapitalize: "none" }}
          />
        </div>
        <datalist id="predefined-languages">
          {LANGUAGES.map((language) => (
            <option value={language}>{languageName(language)}</option>
          ))}
        </datalist>
        <MessageFields screen={screen} editing={editing} placeholders={placeholders} />
        <Switch name="enabled" label={labels.enabled} hint={t("predefined_admin.enabled_hint")} isOn={isOn} />
      </SheetForm>
    </Sheet>
  )
}

const labelsOf = ({ t }: Screen) => ({
  category: t("predefined_admin.category"),
  title: t("predefined_admin.name"),
  language: t("login.language"),
  text: t("predefined_admin.text"),
  style: t("predefined_admin.style"),
  replies: t("predefined_admin.replies"),
  opener: t("predefined_admin.opener"),
  enabled: t("users.enabled"),
})

const fieldsOf =
  ({ t }: Screen, { written, errors }: SheetProps["editing"]) =>
  (name: string) => ({ name, value: written[name]?.[0] ?? "", error: errors[name] && refusalLine(t, errors[name]) })

/** The text and what goes along under it, with what the customer will get. */
function MessageFields({ screen, editing, placeholders }: Pick<SheetProps, "screen" | "editing" | "placeholders">) {
  const { t } = screen
  const [labels, field] = [labelsOf(screen), fieldsOf(screen, editing)]
  const { written } = editing
  return (
    <div class="message-fields" data-message-preview>
      <AreaField
        {...field("text")}
        label={labels.text}
        rows={6}
        more={{ maxlength: 4096, "data-takes-placeholders": true }}
        hint={t("predefined_admin.text_hint")}
      />
      <div class="placeholders" data-placeholders="field-text">
        {placeholders.map((name) => (
          <button class="chip" type="button" data-placeholder={`{${name}}`}>{`{${name}}`}</button>
        ))}
      </div>
      <ChoiceField
        {...field("style")}
        label={labels.style}
        value={written.style?.[0] ?? "none"}
        options={STYLES.map((value) => ({ value, label: t(`predefined_admin.style_${value}`) }))}
      />
      <div class="reply-fields">
        <AreaField {...field("replies")} label={labels.replies} rows={3} hint={t("predefined_admin.replies_hint")} />
        <div class="opener-field">
          <TextField
            {...field("opener")}
            label={labels.opener}
            autocomplete="off"
            hint={t("predefined_admin.opener_hint")}
            more={{ maxlength: 20 }}
          />
        </div>
      </div>
      <CustomerGets screen={screen} written={written} />
    </div>
  )
}

const Ways = ({ screen: { t }, pathTo }: Pick<SheetProps, "screen" | "pathTo">) => (
  <>
    <Button href={pathTo("copy")} icon="copy" more={panelLink(PANEL, pathTo("copy"))}>
      {t("predefined_admin.copy")}
    </Button>
    <Button kind="danger" href={pathTo("deletion")} more={panelLink(PANEL, pathTo("deletion"))}>
      {t("admin.delete")}
    </Button>
  </>
)

export const PredefinedDeletion = ({ screen, one, refusal, ...paths }: AdminDeletionProps<PredefinedMessage>) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={PANEL}
    label={screen.t("admin.delete")}
    title={screen.t("contents.delete_title", { name: one.title })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t("predefined_admin.delete_detail")}</p>
    <p>{screen.t("predefined_admin.delete_or_disable")}</p>
  </ConfirmSheet>
)
