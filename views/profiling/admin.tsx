/** A7: the trees of reasons, as the tenant's admin keeps them. */
import type { numbersWithTrees, Tree, TreeLine } from "~/profiling/queries/list.ts"
import type { PROFILING_LIST } from "~/profiling/rules/list.ts"
import type { AdminDeletionProps, AdminListProps, AdminSheetProps } from "~/web/admin-pages.tsx"
import { AdminListing } from "../admin/list.tsx"
import { ConfirmSheet, Sheet, SheetForm, UsedBy } from "../admin/sheet.tsx"
import { type ListColumn, panelLink } from "../list/list.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { TextField } from "../parts/field.tsx"
import { ChecksField } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { ReasonRows } from "./reason-rows.tsx"

export const PROFILING_PATH = "/admin/profiling"
const PANEL = "profiling-trees"

type ListProps = AdminListProps<TreeLine> & { shape: typeof PROFILING_LIST }

export const TreeList = ({ screen, shape, ask, page, current, newPath, sheet }: ListProps) => {
  const { t } = screen
  return (
    <AdminListing
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={PANEL}
      path={PROFILING_PATH}
      title={t("profiling_admin.title")}
      searchLabel={t("profiling_admin.search")}
      columns={treeColumns(screen)}
      filters={[
        {
          name: "use",
          label: t("profiling_admin.use"),
          options: (["used", "unused", "empty"] as const).map((value) => ({
            value,
            label: t(`profiling_admin.use_${value}`),
          })),
        },
      ]}
      empty={{
        icon: "list-checks",
        title: t("profiling_admin.empty"),
        text: t("profiling_admin.empty_detail"),
      }}
      current={current}
      newPath={newPath}
      newLabel={t("profiling_admin.new")}
      sheet={sheet}
    />
  )
}

export function treeColumns({ t, format }: Screen): ListColumn<TreeLine>[] {
  const channels = (row: TreeLine) => row.channels.join(", ")
  return [
    {
      key: "name",
      label: t("profiling_admin.name"),
      cell: ({ name }) => name,
      draw: (row) => (
        <span class="contents-name">
          <span dir="auto">{row.name}</span>
          {row.reasons === 0 && row.channels.length > 0 && (
            <Chip tone="warn" icon="triangle-alert">
              {t("profiling_admin.has_none")}
            </Chip>
          )}
        </span>
      ),
    },
    {
      key: "reasons",
      label: t("profiling_admin.reasons"),
      isNumber: true,
      draw: ({ reasons }) => format.number(reasons),
      cell: ({ reasons }) => reasons,
    },
    { key: "channels", label: t("profiling_admin.channels"), draw: channels, cell: channels },
    {
      key: "closings",
      label: t("profiling_admin.closings"),
      isNumber: true,
      draw: ({ closings }) => format.number(closings),
      cell: ({ closings }) => closings,
    },
  ]
}

type SheetProps = AdminSheetProps<Tree> & {
  numbers: ReturnType<typeof numbersWithTrees>
  /** The numbers that ask for a reason although there is none. */
  inVain: readonly string[]
}

export function TreeSheet({ screen, one, editing, action, closePath, pathTo, done, numbers, inVain }: SheetProps) {
  const { t } = screen
  const { written, errors } = editing
  const labels = {
    name: t("profiling_admin.name"),
    title: t("profiling_admin.reasons"),
    row: t("profiling_admin.reasons"),
    level: t("profiling_admin.level"),
    mayStop: t("profiling_admin.may_stop"),
    channels: t("profiling_admin.channels"),
  }
  const foot = one && (
    <Button kind="danger" href={pathTo("deletion")} more={panelLink(PANEL, pathTo("deletion"))}>
      {t("admin.delete")}
    </Button>
  )
  return (
    <Sheet screen={screen} panel={PANEL} closePath={closePath} title={one?.name ?? t("profiling_admin.new")}>
      <SheetForm
        screen={screen}
        panel={PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        foot={foot}
        submitLabel={t(one ? "admin.save" : "profiling_admin.create")}
        say={(name, values) => sayValues(numbers, name, values)}
      >
        {inVain.length > 0 && (
          <Banner tone="warn" title={t("profiling_admin.in_vain", { numbers: inVain.join(", ") })}>
            {t("profiling_admin.in_vain_detail")}
          </Banner>
        )}
        <TextField
          name="name"
          label={labels.name}
          value={written.name?.[0] ?? ""}
          autocomplete="off"
          error={errors.name && refusalLine(t, errors.name)}
          more={{ maxlength: 60 }}
        />
        <ReasonRows screen={screen} written={written} error={errors.title && refusalLine(t, errors.title)} />
        {one && one.retired.length > 0 && <Retired screen={screen} tree={one} />}
        <ChecksField
          name="channels"
          label={labels.channels}
          hint={t("profiling_admin.channels_hint")}
          chosen={written.channels ?? []}
          none={t("properties_admin.no_numbers")}
          options={numbers.map(({ id, name, treeName }) => ({
            value: String(id),
            label: name,
            aside:
              treeName === null || treeName === one?.name ? undefined : t("profiling_admin.has", { name: treeName }),
          }))}
        />
      </SheetForm>
    </Sheet>
  )
}

/** What is offered no more and stands in conversations still. */
const Retired = ({ screen: { t, format, now }, tree: { retired, live } }: { screen: Screen; tree: Tree }) => (
  <details class="retired">
    <summary>{t("profiling_admin.retired", { count: retired.length })}</summary>
    <p class="field-hint">{t("profiling_admin.retired_detail")}</p>
    <ul>
      {retired.map((reason) => (
        <li>
          <span dir="auto">{labelsTo([...live, ...retired], reason.id).join(" › ")}</span>
          <small>{format.moment(reason.retiredAt ?? now, now)}</small>
        </li>
      ))}
    </ul>
  </details>
)

function labelsTo(reasons: Tree["live"], id: number | null): string[] {
  const reason = reasons.find((one) => one.id === id)
  return reason ? [...labelsTo(reasons, reason.parent), reason.title] : []
}

function sayValues(numbers: SheetProps["numbers"], name: string, values: readonly string[]): string {
  if (name === "channels")
    return values.map((id) => numbers.find((one) => String(one.id) === id)?.name ?? id).join(", ")
  return values.join(", ")
}

export const TreeDeletion = ({ screen, one, refusal, ...paths }: AdminDeletionProps<Tree>) => {
  const { t } = screen
  return (
    <ConfirmSheet
      screen={screen}
      {...paths}
      panel={PANEL}
      label={t("admin.delete")}
      isBlocked={one.channels.length > 0}
      title={t("contents.delete_title", { name: one.name })}
      refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
    >
      {one.channels.length > 0 ? (
        <>
          <p>{t("profiling_admin.in_use")}</p>
          <UsedBy uses={[{ what: t("profiling_admin.channels"), names: one.channels }]} />
        </>
      ) : (
        <p>{t("profiling_admin.delete_detail", { count: one.closings })}</p>
      )}
    </ConfirmSheet>
  )
}
