/** Tags in the hands of the tenant's admin. */
import type { TagListed, TagUse } from "~/tag/queries/list.ts"
import type { TAG_LIST } from "~/tag/rules/list.ts"
import type { KeptTag, Tag, TagTone } from "~/tag/rules.ts"
import type { AdminDeletionProps, AdminListProps, AdminSheetProps } from "~/web/admin-pages.tsx"
import { AdminListing } from "../admin/list.tsx"
import { ConfirmSheet, Sheet, SheetForm } from "../admin/sheet.tsx"
import { type ListColumn, panelLink } from "../list/list.tsx"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { ChoiceField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { TagChips } from "./tags.tsx"

export const TAGS_PATH = "/admin/tags"
const PANEL = "tags"
const TONES = ["plain", "ok", "info", "warn", "bad"] as const

export const TagList = ({
  screen,
  shape,
  ask,
  page,
  current,
  newPath,
  sheet,
}: AdminListProps<TagListed> & { shape: typeof TAG_LIST }) => {
  const { t } = screen
  return (
    <AdminListing
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={PANEL}
      path={TAGS_PATH}
      title={t("tags_admin.title")}
      searchLabel={t("tags_admin.search")}
      columns={tagColumns(screen)}
      filters={[
        {
          name: "tone",
          label: t("tags_admin.tone"),
          options: TONES.map((value) => ({ value, label: toneName(screen, value) })),
        },
        {
          name: "standing",
          label: t("tags_admin.standing"),
          options: (["in_use", "retired"] as const).map((value) => ({ value, label: t(`contents.${value}`) })),
        },
      ]}
      isPale={({ retiredAt }) => retiredAt !== null}
      empty={{ icon: "tag", title: t("tags_admin.empty"), text: t("tags_admin.empty_detail") }}
      current={current}
      newPath={newPath}
      newLabel={t("tags_admin.new")}
      sheet={sheet}
    />
  )
}

const toneName = ({ t }: Screen, tone: TagTone): string => t(`tags_admin.tone_${tone}` as PlainKey)

export function tagColumns(screen: Screen): ListColumn<TagListed>[] {
  const { t, format } = screen
  const standing = ({ retiredAt }: TagListed) => t(retiredAt === null ? "contents.in_use" : "contents.retired")
  return [
    { key: "name", label: t("tags_admin.name"), cell: ({ name }) => name, draw: (tag) => <TagChips tags={[tag]} /> },
    {
      key: "tone",
      label: t("tags_admin.tone"),
      draw: ({ tone }) => toneName(screen, tone),
      cell: ({ tone }) => toneName(screen, tone),
    },
    ...(["conversations", "customers"] as const).map((key) => ({
      key,
      label: t(`tags_admin.${key}`),
      isNumber: true,
      draw: (row: TagListed) => format.number(row[key]),
      cell: (row: TagListed) => row[key],
    })),
    { key: "standing", label: t("tags_admin.standing"), draw: standing, cell: standing },
  ]
}

export function TagSheet(props: AdminSheetProps<KeptTag> & { use: TagUse | null }) {
  const { screen, one, editing, action, closePath, pathTo, done, use } = props
  const { t } = screen
  const { written, errors } = editing
  const labels = { name: t("tags_admin.name"), tone: t("tags_admin.tone"), isRetired: t("tags_admin.retired") }
  const foot = one && (
    <>
      <Button href={pathTo("merging")} more={panelLink(PANEL, pathTo("merging"))}>
        {t("tags_admin.merge")}
      </Button>
      <Button kind="danger" href={pathTo("deletion")} more={panelLink(PANEL, pathTo("deletion"))}>
        {t("admin.delete")}
      </Button>
    </>
  )
  return (
    <Sheet screen={screen} panel={PANEL} closePath={closePath} title={one?.name ?? t("tags_admin.new")}>
      <SheetForm
        screen={screen}
        panel={PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        foot={foot}
        submitLabel={t(one ? "admin.save" : "tags_admin.create")}
        say={(name, values) => sayValues(screen, name, values)}
      >
        {use && <p class="field-hint">{useLine(screen, use)}</p>}
        <TextField
          name="name"
          label={labels.name}
          value={written.name?.[0] ?? ""}
          autocomplete="off"
          error={errors.name && refusalLine(t, errors.name)}
          more={{ maxlength: 40 }}
        />
        <ChoiceField
          name="tone"
          label={labels.tone}
          value={written.tone?.[0] ?? "plain"}
          options={TONES.map((value) => ({ value, label: toneName(screen, value) }))}
        />
        <Switch
          name="isRetired"
          label={labels.isRetired}
          hint={t("tags_admin.retired_hint")}
          isOn={written.isRetired?.includes("on") ?? false}
        />
      </SheetForm>
    </Sheet>
  )
}

function sayValues(screen: Screen, name: string, values: readonly string[]): string {
  const { t } = screen
  if (name === "isRetired") return t(values.length > 0 ? "list_page.yes" : "list_page.no")
  return name === "tone" ? values.map((tone) => toneName(screen, tone as TagTone)).join() : values.join(", ")
}

const useLine = ({ t }: Screen, { conversations, customers }: TagUse): string =>
  `${t("tags_admin.on_conversations", { count: conversations })} · ${t("tags_admin.on_customers", { count: customers })}`

export const TagDeletion = ({ screen, one, refusal, use, ...paths }: AdminDeletionProps<KeptTag> & { use: TagUse }) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={PANEL}
    label={screen.t("admin.delete")}
    title={screen.t("contents.delete_title", { name: one.name })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t("tags_admin.delete_detail")}</p>
    <p>{useLine(screen, use)}</p>
    <p>{screen.t("tags_admin.delete_or_retire")}</p>
  </ConfirmSheet>
)

type MergingProps = {
  screen: Screen
  tag: KeptTag
  others: readonly Tag[]
  use: TagUse
  action: string
  closePath: string
  refusal: string | null
}

/** Two words for one thing become one. */
export const TagMerging = ({ screen, tag, others, use, refusal, ...paths }: MergingProps) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={PANEL}
    label={screen.t("tags_admin.merge_now")}
    isBlocked={others.length === 0}
    title={screen.t("tags_admin.merge_title", { name: tag.name })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t(others.length === 0 ? "tags_admin.merge_none" : "tags_admin.merge_detail", { name: tag.name })}</p>
    {others.length > 0 && (
      <SelectField
        name="into"
        label={screen.t("tags_admin.merge_into")}
        value=""
        options={others.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
    )}
    <p>{useLine(screen, use)}</p>
  </ConfirmSheet>
)
