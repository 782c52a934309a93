/** A8: the fields that a tenant keeps of its customers beside what WhatsApp says. */
import type { PropertyLine } from "~/customer-property/queries/list.ts"
import type { PROPERTY_LIST } from "~/customer-property/rules/list.ts"
import type { CustomerProperty, PropertyKind } from "~/customer-property/rules.ts"
import type { AdminDeletionProps, AdminListProps, AdminSheetProps } from "~/web/admin-pages.tsx"
import { fieldOf } from "../admin/field.ts"
import { AdminListing } from "../admin/list.tsx"
import { ConfirmSheet, Sheet, SheetForm } from "../admin/sheet.tsx"
import { type ListColumn, panelLink } from "../list/list.tsx"
import type { PlainKey } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { AreaField, ChecksField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export const PROPERTIES_PATH = "/admin/properties"
const PANEL = "properties"
const KINDS = ["text", "number", "date", "choice", "yes_no"] as const

type ListProps = AdminListProps<PropertyLine> & { shape: typeof PROPERTY_LIST }

export const PropertyList = ({ screen, shape, ask, page, current, newPath, sheet }: ListProps) => {
  const { t } = screen
  return (
    <AdminListing
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={PANEL}
      path={PROPERTIES_PATH}
      title={t("properties_admin.title")}
      searchLabel={t("properties_admin.search")}
      columns={propertyColumns(screen)}
      filters={[
        {
          name: "kind",
          label: t("properties_admin.kind"),
          options: KINDS.map((value) => ({ value, label: kindName(screen, value) })),
        },
        {
          name: "standing",
          label: t("users.standing"),
          options: (["enabled", "disabled"] as const).map((value) => ({ value, label: t(`users.${value}`) })),
        },
      ]}
      isPale={({ enabled }) => !enabled}
      empty={{
        icon: "list-checks",
        title: t("properties_admin.empty"),
        text: t("properties_admin.empty_detail"),
      }}
      current={current}
      newPath={newPath}
      newLabel={t("properties_admin.new")}
      sheet={sheet}
    />
  )
}

const kindName = ({ t }: Screen, kind: PropertyKind): string => t(`properties_admin.kind_${kind}` as PlainKey)

export function propertyColumns(screen: Screen): ListColumn<PropertyLine>[] {
  const { t, format } = screen
  const channels = (row: PropertyLine) => row.channels.join(", ") || t("properties_admin.every_number")
  return [
    {
      key: "name",
      label: t("properties_admin.name"),
      cell: ({ name }) => name,
      draw: ({ name, enabled }) => (
        <span class="contents-name">
          <span dir="auto">{name}</span>
          {!enabled && <Chip>{t("users.disabled_mark")}</Chip>}
        </span>
      ),
    },
    {
      key: "position",
      label: t("properties_admin.position"),
      isNumber: true,
      draw: ({ position }) => position,
      cell: ({ position }) => position,
    },
    {
      key: "kind",
      label: t("properties_admin.kind"),
      draw: ({ kind }) => kindName(screen, kind),
      cell: ({ kind }) => kindName(screen, kind),
    },
    {
      key: "choices",
      label: t("properties_admin.choices"),
      draw: ({ choices }) => choices.join(", "),
      cell: ({ choices }) => choices.join(", "),
    },
    { key: "channels", label: t("properties_admin.channels"), draw: channels, cell: channels },
    {
      key: "values",
      label: t("properties_admin.values"),
      isNumber: true,
      draw: ({ values }) => format.number(values),
      cell: ({ values }) => values,
    },
  ]
}

type SheetProps = AdminSheetProps<CustomerProperty> & {
  numbers: readonly { id: number; name: string }[]
  values: number
}

export function PropertySheet(props: SheetProps) {
  const { screen, one, editing, action, closePath, pathTo, done, numbers } = props
  const { t } = screen
  const labels = {
    name: t("properties_admin.name"),
    kind: t("properties_admin.kind"),
    choices: t("properties_admin.choices"),
    channels: t("properties_admin.channels"),
    enabled: t("users.enabled"),
  }
  const foot = one && (
    <Button kind="danger" href={pathTo("deletion")} more={panelLink(PANEL, pathTo("deletion"))}>
      {t("admin.delete")}
    </Button>
  )
  return (
    <Sheet
      screen={screen}
      panel={PANEL}
      closePath={closePath}
      title={one?.name ?? t("properties_admin.new")}
      actions={one && <Moving screen={screen} action={pathTo("moving")} />}
    >
      <SheetForm
        screen={screen}
        panel={PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        foot={foot}
        submitLabel={t(one ? "admin.save" : "properties_admin.create")}
        say={(name, values) => sayValues(screen, numbers, name, values)}
      >
        <Fields {...props} labels={labels} />
      </SheetForm>
    </Sheet>
  )
}

function Fields({ screen, one, editing, numbers, values, labels }: SheetProps & { labels: Record<string, string> }) {
  const { t } = screen
  const { written } = editing
  const field = (name: string) => ({ ...fieldOf(t, editing)(name), label: labels[name] ?? name })
  const kinds = one ? KINDS.filter((kind) => kind === one.kind) : KINDS
  return (
    <>
      <TextField {...field("name")} autocomplete="off" more={{ maxlength: 60 }} />
      <SelectField
        {...field("kind")}
        hint={one ? t("properties_admin.kind_stays", { count: values }) : undefined}
        options={kinds.map((value) => ({ value, label: kindName(screen, value) }))}
        more={{ "data-kind": true }}
      />
      <div class="choices-field">
        <AreaField {...field("choices")} rows={5} hint={t("properties_admin.choices_hint")} />
      </div>
      <ChecksField
        {...field("channels")}
        chosen={written.channels ?? []}
        none={t("properties_admin.no_numbers")}
        hint={t("properties_admin.channels_hint")}
        options={numbers.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <Switch
        name="enabled"
        label={labels.enabled ?? ""}
        hint={t("properties_admin.enabled_hint")}
        isOn={written.enabled?.includes("on") ?? false}
      />
    </>
  )
}

/** Its place among the others. */
const Moving = ({ screen, action }: { screen: Screen; action: string }) => (
  <form class="moving" method="post" action={action} hx-post={action} hx-target={`#${PANEL}`} hx-swap="outerMorph">
    <input type="hidden" name="_csrf" value={screen.csrfToken} />
    <IconButton
      icon="chevron-up"
      label={screen.t("contents.move_up")}
      type="submit"
      more={{ name: "direction", value: "up" }}
    />
    <IconButton
      icon="chevron-down"
      label={screen.t("contents.move_down")}
      type="submit"
      more={{ name: "direction", value: "down" }}
    />
  </form>
)

function sayValues(screen: Screen, numbers: SheetProps["numbers"], name: string, values: readonly string[]): string {
  const { t } = screen
  if (name === "enabled") return t(values.length > 0 ? "list_page.yes" : "list_page.no")
  if (name === "kind") return values.map((kind) => kindName(screen, kind as PropertyKind)).join()
  if (name === "channels")
    return values.map((id) => numbers.find((one) => String(one.id) === id)?.name ?? id).join(", ")
  return values.join(", ").replaceAll("\n", ", ")
}

type DeletionProps = AdminDeletionProps<CustomerProperty> & { values: number }

export const PropertyDeletion = ({ screen, one, refusal, values, ...paths }: DeletionProps) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={PANEL}
    label={screen.t("admin.delete")}
    title={screen.t("contents.delete_title", { name: one.name })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t("properties_admin.delete_detail", { count: values })}</p>
    <p>{screen.t("properties_admin.delete_or_disable")}</p>
  </ConfirmSheet>
)
