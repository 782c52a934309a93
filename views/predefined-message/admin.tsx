/** A4: predefined messages: what agents pick instead of writing it, as the tenant's admin keeps it. */
import type { PREDEFINED_MESSAGE_LIST } from "~/predefined-message/rules/list.ts"
import type { PredefinedMessage } from "~/predefined-message/rules.ts"
import type { AdminListProps } from "~/web/admin-pages.tsx"
import { AdminListing } from "../admin/list.tsx"
import type { ListColumn } from "../list/list.tsx"
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { nameOfLanguage, STYLES } from "./words.ts"

export const PREDEFINED_PATH = "/admin/predefined-messages"
export const PREDEFINED_PANEL = "predefined-messages"

type ListProps = AdminListProps<PredefinedMessage> & {
  shape: typeof PREDEFINED_MESSAGE_LIST
  categories: readonly string[]
}

export const PredefinedList = ({ screen, shape, ask, page, current, newPath, sheet, categories }: ListProps) => {
  const { t } = screen
  return (
    <AdminListing
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={PREDEFINED_PANEL}
      path={PREDEFINED_PATH}
      title={t("predefined.title")}
      searchLabel={t("predefined_admin.search")}
      columns={predefinedColumns(screen)}
      filters={filtersOf(screen, categories)}
      isPale={({ enabled }) => !enabled}
      empty={{
        icon: "list-checks",
        title: t("predefined_admin.empty"),
        text: t("predefined_admin.empty_detail"),
      }}
      current={current}
      newPath={newPath}
      newLabel={t("predefined_admin.new")}
      sheet={sheet}
    />
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
